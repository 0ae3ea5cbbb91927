package dev.ostiary.server.signin.factors;

import dev.ostiary.platform.event.Actor;
import dev.ostiary.platform.event.AuthenticationContext;
import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Outcome;
import dev.ostiary.platform.event.RequestContext;
import dev.ostiary.platform.event.Severity;
import dev.ostiary.platform.event.Target;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.directory.users.UserEvents;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The events of factors: each has the user as its first target and the enrolment as its second,
 * with the method in its detail (System Log, {@code AuthenticatorEnrollmentResourceDetails}).
 * Thread-safe.
 */
final class FactorEvents {

    private final UserEvents users;

    FactorEvents(EventCatalogue catalogue) {
        this.users = new UserEvents(catalogue);
    }

    Event activated(User user, Enrolment enrolment) {
        return of("user.mfa.factor.activate", user, enrolment)
                .outcome(done("User set up " + enrolment.kind().logName() + " factor"));
    }

    Event deactivated(User user, Enrolment enrolment) {
        return of("user.mfa.factor.deactivate", user, enrolment)
                .outcome(done("User reset " + enrolment.kind().logName() + " factor"));
    }

    Event updated(User user, Enrolment enrolment) {
        return of("user.mfa.factor.update", user, enrolment);
    }

    /** The user proved the factor. */
    Event proven(User user, Enrolment enrolment) {
        FactorKind kind = enrolment.kind();
        return by(user, of("user.authentication.auth_via_mfa", user, enrolment))
                .authentication(
                        AuthenticationContext.ofFactor(
                                kind.credentialProvider(), kind.credentialType().orElse(null)))
                .debug("factorIntent", "LOGIN");
    }

    /** The user did not. */
    Event failed(User user, Enrolment enrolment) {
        return proven(user, enrolment).outcome(Outcome.failure("INVALID_CREDENTIALS"));
    }

    /**
     * With what the device said (event types, {@code UserFactorDebugData}).
     *
     * @param yes whether it approved
     * @param number whether the number that it was to choose was the right one; empty for none
     */
    static Event saying(Event event, boolean yes, Optional<Boolean> number) {
        return event.debug("pushOnlyResponseType", yes ? "OV_RESPONSE_APPROVE" : "OV_RESPONSE_DENY")
                .debug(
                        "pushWithNumberChallengeResponseType",
                        "OV_WITH_CHALLENGE_RESPONSE_"
                                + number.map(right -> right ? "VALID" : "INVALID")
                                        .orElse("NOT_APPLICABLE"));
    }

    /** Somebody goes on after too many failures. */
    Event refused(User user, Enrolment enrolment) {
        return by(user, of("user.mfa.attempt_bypass", user, enrolment))
                .severity(Severity.WARN)
                .outcome(Outcome.failure("TOO_MANY_ATTEMPTS"));
    }

    /** A code by mail came back, or a wrong one. */
    Event redeemed(User user, Enrolment enrolment, boolean right) {
        return of("system.email.challenge_factor_redeemed", user, enrolment)
                .debug("action", "code_entered")
                .outcome(right ? Outcome.success() : Outcome.failure("INVALID_CREDENTIALS"));
    }

    /** Something was sent to prove the factor, or, the first time, that it is the user's. */
    Event sent(User user, Enrolment enrolment, boolean first, Duration lifetime) {
        String type =
                switch (enrolment.kind()) {
                    case SMS ->
                            first
                                    ? "system.sms.send_phone_verification_message"
                                    : "system.sms.send_factor_verify_message";
                    case CALL ->
                            first
                                    ? "system.voice.send_phone_verification_call"
                                    : "system.voice.send_mfa_challenge_call";
                    case EMAIL -> "system.email.send_factor_verify_message";
                    case PUSH -> "system.push.send_factor_verify_push";
                    case QUESTION, TOTP, GOOGLE, HOTP, WEBAUTHN, YUBIKEY ->
                            throw new IllegalStateException(
                                    "nothing is sent for " + enrolment.kind());
                };
        Event event = of(type, user, enrolment);
        return enrolment.kind() == FactorKind.EMAIL
                ? event.debug("tokenLifetimeSeconds", lifetime.toSeconds())
                : event;
    }

    /** A device came, with the code that its user was given. */
    Event arrived(User user, Enrolment enrolment) {
        return by(user, activated(user, enrolment));
    }

    /** What a device said: yes or no. */
    Event answered(User user, Enrolment enrolment, boolean yes) {
        return yes
                ? by(user, of("user.mfa.okta_verify", user, enrolment))
                : by(user, of("user.mfa.okta_verify.deny_push", user, enrolment))
                        .outcome(Outcome.failure("INVALID_CREDENTIALS"));
    }

    private Event of(String type, User user, Enrolment enrolment) {
        Map<String, @Nullable Object> detail = new HashMap<>();
        detail.put("methodTypeUsed", enrolment.kind().method().toUpperCase(Locale.ROOT));
        Event event =
                users.of(type, user)
                        .target(
                                new Target(
                                        enrolment.id(),
                                        "AuthenticatorEnrollment",
                                        "unknown",
                                        enrolment.kind().displayName(),
                                        detail))
                        .debug("factor", enrolment.kind().logName());
        return isNobody() ? by(user, event) : event;
    }

    /** Somebody signs in, whose request does not say who it is: that is the user. */
    private static boolean isNobody() {
        return RequestContext.current().actor().equals(Actor.unknown());
    }

    /** It is the user who proves, whoever passes it on. */
    private static Event by(User user, Event event) {
        return event.actor(
                new Actor(user.id(), "User", user.login(), UserEvents.displayName(user)));
    }

    private static Outcome done(String words) {
        return new Outcome(Outcome.Result.SUCCESS, words);
    }
}
