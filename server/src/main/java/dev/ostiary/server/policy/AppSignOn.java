package dev.ostiary.server.policy;

import dev.ostiary.platform.event.Actor;
import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Outcome;
import dev.ostiary.platform.event.Outcome.Result;
import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.policy.engine.Person;
import dev.ostiary.server.policy.engine.Situation;
import dev.ostiary.server.policy.kind.PolicyType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Judges by an app's access policy whether a session is enough to come into the app (Policy API,
 * "Authentication policies"). An org whose access policies nobody has touched is asked nothing, and
 * costs no query. Asks the database: not to be called in a transaction. Thread-safe.
 */
public final class AppSignOn {

    /** No device is enrolled with this server, and none is managed. */
    private static final Situation.Device UNKNOWN_DEVICE =
            new Situation.Device(false, Optional.of(false), Optional.of(Set.of()));

    private final Database database;
    private final PolicyDecisions policies;
    private final AppPolicyOf apps;
    private final EventCatalogue catalogue;

    /** Which access policy an app was given. */
    @FunctionalInterface
    public interface AppPolicyOf {
        /** The id of the policy; nothing for the one that every org is born with. */
        Optional<String> find(Reader reader, Org org, String appId);
    }

    /** By these policies. */
    public AppSignOn(
            Database database,
            PolicyDecisions policies,
            AppPolicyOf apps,
            EventCatalogue catalogue) {
        this.database = database;
        this.policies = policies;
        this.apps = apps;
        this.catalogue = catalogue;
    }

    /**
     * Who wants into what.
     *
     * @param app as events name it; its id is the app's
     * @param user as events name the user; its id is the user's
     * @param proven when the user last proved itself
     * @param amr by which methods
     * @param anew whether that was for this very request
     */
    public record Comer(
            Target app, Actor user, Instant proven, List<String> amr, boolean anew, Instant now) {}

    /** What is decided, and what the log is told of it. */
    public sealed interface Verdict {

        /** The session is enough; nothing is told where no policy was asked. */
        record Admitted(Optional<Event> event) implements Verdict {}

        /** The user has to sign in again, or by more. */
        record Challenged(Event event) implements Verdict {}

        /** The user does not come in. */
        record Denied(Event event) implements Verdict {}
    }

    /** Judges. */
    public Verdict judge(Org org, Comer comer) {
        if (policies.isUntouched(org, PolicyType.ACCESS_POLICY)) {
            return new Verdict.Admitted(Optional.empty());
        }
        return decision(org, comer)
                .map(decision -> verdict(decision, comer))
                .orElseGet(() -> new Verdict.Admitted(Optional.empty()));
    }

    private Optional<AppAccessDecision> decision(Org org, Comer comer) {
        String user = comer.user().id();
        record Known(Optional<String> policy, Set<String> groups) {}
        Known known =
                database.read(
                        org.number(),
                        reader ->
                                new Known(
                                        apps.find(reader, org, comer.app().id()),
                                        policies.groups(reader, org, user)));
        Situation situation =
                policies.here(org, Person.of(user, known.groups())).on(UNKNOWN_DEVICE);
        return policies.access(org, known.policy(), situation);
    }

    private Verdict verdict(AppAccessDecision decision, Comer comer) {
        if (!decision.allowed()) {
            return new Verdict.Denied(event(decision, comer, Result.DENY));
        }
        boolean young = comer.anew() || decision.isYoung(comer.proven(), comer.now());
        return young && decision.isMetBy(comer.amr())
                ? new Verdict.Admitted(Optional.of(event(decision, comer, Result.ALLOW)))
                : new Verdict.Challenged(event(decision, comer, Result.CHALLENGE));
    }

    private Event event(AppAccessDecision decision, Comer comer, Result result) {
        Event event =
                catalogue
                        .event("policy.evaluate_sign_on")
                        .actor(comer.user())
                        .outcome(
                                new Outcome(
                                        result, "Sign-on policy evaluation resulted in " + result));
        for (Target target : decision.targets()) {
            event = event.target(target);
        }
        return event.target(comer.app());
    }
}
