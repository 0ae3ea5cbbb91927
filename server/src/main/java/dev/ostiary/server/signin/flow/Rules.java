package dev.ostiary.server.signin.flow;

import dev.ostiary.server.directory.users.password.PasswordPolicy;
import dev.ostiary.server.policy.AppSignOn;
import dev.ostiary.server.policy.PasswordDecision;
import dev.ostiary.server.policy.SignOnDecision;
import dev.ostiary.server.signin.sessions.SessionLimits;
import java.time.Duration;
import java.util.Optional;

/**
 * What an org's policies say of one sign-in, and on what. Immutable.
 *
 * @param signOn whether the user comes in, with what, for how long, and which policy says so
 * @param password what holds of the user's password
 * @param own what users do with passwords and locks by themselves
 * @param enrolling which factors are enrolled on the way
 * @param observation what is seen of the sign-in
 * @param remembered what is remembered of the device
 * @param access what the app on the way asks; empty where none is led into
 * @param lockout whom failed attempts from this device lock out
 */
public record Rules(
        SignOnDecision signOn,
        PasswordPolicy password,
        PasswordDecision own,
        Enrolling enrolling,
        Observation observation,
        Remembered remembered,
        Optional<AppSignOn.Asked> access,
        Lockout lockout) {

    /** On the way into no app. */
    public Rules(
            SignOnDecision signOn,
            PasswordPolicy password,
            PasswordDecision own,
            Enrolling enrolling,
            Observation observation,
            Remembered remembered,
            Lockout lockout) {
        this(signOn, password, own, enrolling, observation, remembered, Optional.empty(), lockout);
    }

    /** The same into an app that asks this. */
    Rules into(AppSignOn.Asked app) {
        return new Rules(
                signOn,
                password,
                own,
                enrolling,
                observation,
                remembered,
                Optional.of(app),
                lockout);
    }

    /** Whom failed attempts lock out. */
    public enum Lockout {
        /** Everybody who wants to sign in as the user. */
        ACCOUNT,
        /** The same, from a device of the user's own, while others are counted apart. */
        OWN_DEVICES,
        /** Devices that the user never came from. */
        UNKNOWN_DEVICES
    }

    /** What is remembered of a device. */
    public enum Remembered {
        /** Nothing. */
        NOT,
        /** A factor was proven on it, too long ago. */
        LONG_AGO,
        /** A factor was proven on it, and that still counts. */
        STILL
    }

    /** Whether the user may come in at all, from there and now. */
    public boolean admitted() {
        return signOn.allowed();
    }

    /** Whether a further factor has to be verified. */
    public boolean factor() {
        return signOn.factor().isPresent() && remembered != Remembered.STILL;
    }

    /** How many days before a password expires its owner is told; 0 for none. */
    int warnDays() {
        return own.changes() ? password.expireWarnDays() : 0;
    }

    /** How long a session lasts. */
    SessionLimits session() {
        SignOnDecision.Session session = signOn.session();
        return new SessionLimits(session.idle(), session.lifetime(), session.persistent());
    }

    /** Whether a device can be remembered (Authentication API, "Remember device policy object"). */
    public boolean mayRemember() {
        return signOn.factor()
                .filter(factor -> factor.prompt() != SignOnDecision.Prompt.ALWAYS)
                .isPresent();
    }

    /** For how long a proof is remembered; zero where the device is remembered for good. */
    public Duration rememberedFor() {
        return signOn.factor()
                .filter(factor -> factor.prompt() == SignOnDecision.Prompt.SESSION)
                .map(SignOnDecision.Factor::lifetime)
                .orElse(Duration.ZERO);
    }

    /** Whether a device is remembered where nobody says otherwise. */
    public boolean remembersByDefault() {
        return mayRemember()
                && signOn.factor().map(SignOnDecision.Factor::rememberByDefault).orElse(false);
    }
}
