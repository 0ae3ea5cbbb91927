package dev.ostiary.server.policy;

import dev.ostiary.platform.event.Actor;
import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Outcome;
import dev.ostiary.platform.event.Outcome.Result;
import dev.ostiary.platform.event.Severity;
import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.policy.assurance.Lack;
import dev.ostiary.server.policy.assurance.Proven;
import dev.ostiary.server.policy.engine.Situation;
import dev.ostiary.server.policy.kind.PolicyType;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Judges by an app's access policy whether a session is enough to come into the app (Policy API,
 * "Authentication policies"). An org whose access policies nobody has touched is asked nothing, and
 * costs no query. Asks the database: not to be called in a transaction. Thread-safe.
 */
public final class AppSignOn {

    private final Database database;
    private final PolicyDecisions policies;
    private final SituationOf situations;
    private final AppPolicyOf apps;
    private final EventCatalogue catalogue;

    /** Which access policy an app was given. */
    @FunctionalInterface
    public interface AppPolicyOf {
        /** The id of the policy; nothing for the one that every org is born with. */
        Optional<String> find(Reader reader, Org org, String appId);
    }

    /** Finds all that is known of a user who is there. Asks the database. */
    @FunctionalInterface
    public interface SituationOf {
        /**
         * The situation of a user.
         *
         * @param device what names the user's device; empty for nothing
         */
        Situation find(Org org, String userId, Optional<String> device, Instant now);
    }

    /** By these policies. */
    public AppSignOn(
            Database database,
            PolicyDecisions policies,
            SituationOf situations,
            AppPolicyOf apps,
            EventCatalogue catalogue) {
        this.database = database;
        this.policies = policies;
        this.situations = situations;
        this.apps = apps;
        this.catalogue = catalogue;
    }

    /**
     * Who wants into what.
     *
     * @param app as events name it; its id is the app's
     * @param user as events name the user; its id is the user's
     * @param proven what the user has proven itself by
     * @param since whatever was proven after this counts as proven for this very request
     * @param active when the user was last seen at work; empty for now
     * @param device what names the user's device; empty for nothing
     */
    public record Comer(
            Target app,
            Actor user,
            Proven proven,
            Instant since,
            Optional<Instant> active,
            Optional<String> device,
            Instant now) {

        private Comer proving(Proven more, Instant then) {
            return new Comer(app, user, more, since, active, device, then);
        }

        /** What counts of the proofs of somebody who may have been away for a while. */
        Proven proven(Optional<Duration> inactivity) {
            boolean away =
                    inactivity
                            .flatMap(most -> active.filter(seen -> seen.plus(most).isBefore(now)))
                            .isPresent();
            return away ? proven.since(since) : proven;
        }
    }

    /** What is decided, and what the log is told of it. */
    public sealed interface Verdict {

        /** The session is enough; nothing is told where no policy was asked. */
        record Admitted(Optional<Event> event) implements Verdict {}

        /** The user has to prove more, or again. */
        record Challenged(Event event, Lack lack) implements Verdict {}

        /**
         * The user does not come in.
         *
         * @param event what was decided, and by which rule
         * @param refusal that the app stays closed to the user
         */
        record Denied(Event event, Event refusal) implements Verdict {}
    }

    /** What an app asks of somebody who is still at proving things. Asks no database. */
    @FunctionalInterface
    public interface Asked {
        /** Judges by what has been proven meanwhile. */
        Verdict judge(Proven proven, Instant now);
    }

    /** Judges. */
    public Verdict judge(Org org, Comer comer) {
        return asked(org, comer).judge(comer.proven(), comer.now());
    }

    /** What is to be asked of somebody, whatever that one proves. */
    public Asked asked(Org org, Comer comer) {
        Optional<AppAccessDecision> decision =
                policies.isUntouched(org, PolicyType.ACCESS_POLICY)
                        ? Optional.empty()
                        : decision(org, comer);
        return (proven, now) ->
                decision.map(found -> verdict(found, comer.proving(proven, now)))
                        .orElseGet(() -> new Verdict.Admitted(Optional.empty()));
    }

    /**
     * Whether a rule denies a user who came in before and cannot be asked for anything now,
     * whatever that one has proven.
     *
     * @return what the log is told then
     */
    public Optional<Event> denied(Org org, Comer comer) {
        return policies.isUntouched(org, PolicyType.ACCESS_POLICY)
                ? Optional.empty()
                : decision(org, comer)
                        .filter(decision -> !decision.allowed())
                        .map(decision -> event(decision, comer, Result.DENY));
    }

    private Optional<AppAccessDecision> decision(Org org, Comer comer) {
        Optional<String> policy =
                database.read(org.number(), reader -> apps.find(reader, org, comer.app().id()));
        return policies.access(
                org, policy, situations.find(org, comer.user().id(), comer.device(), comer.now()));
    }

    private Verdict verdict(AppAccessDecision decision, Comer comer) {
        if (!decision.allowed()) {
            return denied(decision, comer);
        }
        return decision.requirement()
                .lacking(comer.proven(decision.inactivity()), comer.now(), comer.since())
                .map(lack -> challenged(decision, comer, lack))
                .orElseGet(
                        () ->
                                new Verdict.Admitted(
                                        Optional.of(event(decision, comer, Result.ALLOW))));
    }

    private Verdict challenged(AppAccessDecision decision, Comer comer, Lack lack) {
        return switch (lack) {
            case Lack.Impossible none -> denied(decision, comer);
            case Lack.Password password ->
                    new Verdict.Challenged(event(decision, comer, Result.CHALLENGE), lack);
            case Lack.Factor factor ->
                    new Verdict.Challenged(event(decision, comer, Result.CHALLENGE), lack);
        };
    }

    private Verdict denied(AppAccessDecision decision, Comer comer) {
        return new Verdict.Denied(
                event(decision, comer, Result.DENY),
                catalogue
                        .event("application.policy.sign_on.deny_access")
                        .severity(Severity.WARN)
                        .actor(comer.user())
                        .outcome(
                                new Outcome(
                                        Result.DENY, "Sign-on policy evaluation resulted in DENY"))
                        .target(comer.app()));
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
