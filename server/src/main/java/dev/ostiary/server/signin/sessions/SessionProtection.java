package dev.ostiary.server.signin.sessions;

import dev.ostiary.platform.access.SessionWatch;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.RequestContext;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.secret.TokenHash;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.policy.AppSignOn;
import dev.ostiary.server.policy.PolicyDecisions;
import dev.ostiary.server.policy.SignOnDecision;
import dev.ostiary.server.policy.engine.PolicyDecision;
import dev.ostiary.server.policy.engine.Situation;
import dev.ostiary.server.policy.kind.PolicyType;
import dev.ostiary.server.signin.devices.DeviceCookie;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The session protection policies (Policies, "Identity Threat Protection policies"). A session that
 * is used from another address than before has changed its context; where the policy of the type
 * SESSION_VIOLATION_DETECTION says so, the global session policy is asked again as if the user
 * signed in there; and where that lets nobody in, the policy of the type POST_AUTH_SESSION says
 * whether the session ends. Thread-safe.
 *
 * <p>The address is all of a context that a browser shows by itself. Orgs that have not touched
 * POST_AUTH_SESSION end no session, so nobody looks and nothing is read there.
 */
public final class SessionProtection implements SessionWatch {

    private final Database database;
    private final OrgClock clock;
    private final PolicyDecisions policies;
    private final AppSignOn.SituationOf situations;
    private final SessionStore store = new SessionStore();
    private final SessionProtectionLog log;

    /** By these policies, of users as these circumstances find them. */
    public SessionProtection(
            Database database,
            OrgClock clock,
            EventCatalogue events,
            PolicyDecisions policies,
            AppSignOn.SituationOf situations) {
        this.database = database;
        this.clock = clock;
        this.policies = policies;
        this.situations = situations;
        this.log = new SessionProtectionLog(events);
    }

    /** A session that is shown, and from where it was last used. */
    private record Shown(Session session, Optional<String> address) {}

    @Override
    public boolean ends(Org org, List<String> sessions, String cookies) {
        @Nullable String here = RequestContext.current().client().ipAddress();
        if (here == null || policies.isUntouched(org, PolicyType.POST_AUTH_SESSION)) {
            return false;
        }
        for (String cookie : sessions) {
            Optional<Shown> shown = shown(org, cookie);
            if (shown.isPresent()) {
                return !shown.get().address().equals(Optional.of(here))
                        && moved(org, shown.get(), here, DeviceCookie.in(cookies));
            }
        }
        return false;
    }

    private Optional<Shown> shown(Org org, String cookie) {
        TokenHash hash = SignedIn.hash(cookie);
        return database.lookUp(
                org.number(),
                reader ->
                        store.byCookie(reader, hash, clock.now(org))
                                .map(session -> new Shown(session, store.address(reader, hash))));
    }

    /** Whether a session ends that was used elsewhere before, if that is known. */
    private boolean moved(Org org, Shown shown, String here, Optional<String> device) {
        Instant now = clock.now(org);
        Session session = shown.session();
        if (shown.address().isEmpty()) {
            return database.write(
                    org.number(),
                    tx -> {
                        store.move(tx, session.id(), null, here);
                        return false;
                    });
        }
        String before = shown.address().get();
        Situation situation = situations.find(org, session.userId(), device, now);
        Optional<SessionProtectionLog.Violation> violation = violation(org, session, situation);
        return database.write(
                org.number(),
                tx -> {
                    if (!store.move(tx, session.id(), before, here)) {
                        return store.find(tx, session.id(), now).isEmpty();
                    }
                    tx.emit(log.changed(session, before, here, situation));
                    return violation.isPresent() && enforce(tx, session, violation.get());
                });
    }

    private Optional<SessionProtectionLog.Violation> violation(
            Org org, Session session, Situation situation) {
        if (!isEvaluated(policies.decide(org, PolicyType.SESSION_VIOLATION_DETECTION, situation))) {
            return Optional.empty();
        }
        SignOnDecision signOn = policies.signOn(org, situation);
        if (signOn.allowed() && provesEnough(session, signOn)) {
            return Optional.empty();
        }
        return switch (policies.decide(org, PolicyType.POST_AUTH_SESSION, situation)) {
            case PolicyDecision.Applied applied ->
                    Optional.of(new SessionProtectionLog.Violation(signOn, applied));
            case PolicyDecision.NoneApplies none -> Optional.empty();
        };
    }

    private static boolean isEvaluated(PolicyDecision decision) {
        return switch (decision) {
            case PolicyDecision.Applied applied ->
                    applied.actions()
                            .at("/sessionViolationDetection/policyEvaluation/enabled")
                            .asBoolean(false);
            case PolicyDecision.NoneApplies none -> false;
        };
    }

    /**
     * A factor that is asked for at every sign-in has to have been proven; of others nobody knows
     * whether this device was remembered.
     */
    private static boolean provesEnough(Session session, SignOnDecision signOn) {
        return session.proofs().factor().isPresent()
                || signOn.factor()
                        .filter(factor -> factor.prompt() == SignOnDecision.Prompt.ALWAYS)
                        .isEmpty();
    }

    /** Whether the session ends. */
    private boolean enforce(Tx tx, Session session, SessionProtectionLog.Violation violation) {
        log.violated(session, violation).forEach(tx::emit);
        if (!violation.endsSession()) {
            return false;
        }
        store.delete(tx, session.id());
        log.ended(session, violation).forEach(tx::emit);
        return true;
    }
}
