package dev.ostiary.server.signin.flow;

import dev.ostiary.server.policy.assurance.Method;
import dev.ostiary.server.policy.assurance.Proven;
import dev.ostiary.server.policy.engine.Situation;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What somebody is asked for on the way to an app beside what a session shows, or what signing in
 * asks of everybody (guide "Step-up authentication"). Immutable.
 *
 * @param sessionId the session that knows of it afterwards; empty where there is none yet
 * @param begun since when a proof is one for this
 * @param methods of which one has to be proven
 * @param app the app
 */
public record StepUp(
        Optional<String> sessionId, Instant begun, Set<Method> methods, Situation.App app) {

    public StepUp {
        methods = Set.copyOf(methods);
    }

    /** Whether one of the methods has been proven. */
    boolean isMetBy(Proven proven) {
        return methods.stream().anyMatch(method -> isSince(proven.by(method)));
    }

    /** Whether any factor has been proven on the way, wanted or not. */
    boolean hasFactor(Optional<Instant> factor) {
        return isSince(factor);
    }

    private boolean isSince(Optional<Instant> moment) {
        return moment.filter(when -> !when.isBefore(begun)).isPresent();
    }
}
