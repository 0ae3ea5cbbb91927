package dev.ostiary.server.signin.flow;

import dev.ostiary.platform.event.Target;
import dev.ostiary.server.policy.engine.Situation;
import java.time.Instant;
import java.util.Map;

/**
 * The app that a sign-in by the Authentication API leads into ("Step-up authentication"), as it was
 * when that began. Immutable.
 *
 * @param app the app, as policies know it
 * @param label what people call it
 * @param mode its sign-on mode
 * @param protocol what it speaks, in the words of the documentation
 * @param issuer by which name it knows this server
 * @param logo the path of its picture
 * @param way where the browser goes at the end: a path of the own host, with its query
 * @param begun since when a proof is one for this
 */
public record Destination(
        Situation.App app,
        String label,
        String mode,
        String protocol,
        String issuer,
        String logo,
        String way,
        Instant begun) {

    /** The same by another way. */
    public Destination by(String other) {
        return new Destination(app, label, mode, protocol, issuer, logo, other, begun);
    }

    /** The app as events name it. */
    public Target target() {
        return new Target(app.id(), "AppInstance", label, label, Map.of("signOnModeType", mode));
    }
}
