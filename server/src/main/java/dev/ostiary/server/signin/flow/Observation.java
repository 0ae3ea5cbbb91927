package dev.ostiary.server.signin.flow;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.secret.TokenHash;
import dev.ostiary.server.security.behaviours.Findings;
import dev.ostiary.server.security.behaviours.Risk;
import dev.ostiary.server.security.behaviours.SignIn;
import java.util.HexFormat;

/**
 * What is seen of a sign-in beside what is proven. Immutable.
 *
 * @param signIn from where it comes
 * @param findings what the org's behaviours have to say of that
 * @param risk how risky it is
 */
public record Observation(SignIn signIn, Findings findings, Risk risk) {

    /** The same event, which tells it (event types, {@code UserAuthenticationDebugData}). */
    public Event told(Event event) {
        Event risky = onDevice(event.debug("risk", risk.text()));
        return findings.all().isEmpty() ? risky : risky.debug("behaviors", findings.text());
    }

    /** A device is told by a hash of what names it: the same for all that it does. */
    private Event onDevice(Event event) {
        TokenHash device = signIn.device();
        return device == null
                ? event
                : event.debug("dtHash", HexFormat.of().formatHex(device.bytes()));
    }
}
