package dev.ostiary.server.signin.flow;

import dev.ostiary.server.policy.EnrolmentDecision;
import dev.ostiary.server.policy.EnrolmentDecision.Self;
import dev.ostiary.server.policy.EnrolmentDecision.When;
import dev.ostiary.server.policy.Grace;
import dev.ostiary.server.signin.factors.FactorKind;
import java.util.Collection;
import java.util.Optional;

/**
 * Which factors are enrolled at sign-in, and when, as the enrolment policy says. Immutable.
 *
 * @param decision what the policy says
 */
public record Enrolling(EnrolmentDecision decision) {

    /**
     * Whether a sign-in stops for what is still to be enrolled.
     *
     * @param factor whether it asks for a factor
     */
    boolean stops(boolean factor) {
        return switch (decision.when()) {
            case LOGIN -> true;
            case CHALLENGE -> factor;
            case NEVER -> false;
        };
    }

    /** Whether enrolment is possible at sign-in at all. */
    boolean isOpen() {
        return decision.when() != When.NEVER;
    }

    /**
     * What a user may do with a kind of factor. An authenticator that is required is one with any
     * of its methods.
     *
     * @param active kinds that the user has
     */
    public Self of(FactorKind kind, Collection<FactorKind> active) {
        Self self = decision.of(name(kind));
        boolean there =
                decision.by() == EnrolmentDecision.By.AUTHENTICATORS
                        && active.stream()
                                .anyMatch(
                                        each -> each.authenticator().equals(kind.authenticator()));
        return self == Self.REQUIRED && there ? Self.OPTIONAL : self;
    }

    /** How long a kind that has to be enrolled may be put off; empty for not at all. */
    Optional<Grace> grace(FactorKind kind) {
        return Optional.ofNullable(decision.graces().get(name(kind)));
    }

    /** Whether it matters what was put off before. */
    boolean countsSkips() {
        return decision.graces().values().stream().anyMatch(Grace.Skips.class::isInstance);
    }

    /** Whether the address in the profile is enrolled without being asked for. */
    boolean enrolsMail() {
        return decision.enrolsMail() && isOpen();
    }

    /** What the policy calls a kind. */
    String name(FactorKind kind) {
        return switch (decision.by()) {
            case AUTHENTICATORS -> kind.authenticator();
            case FACTORS -> factorName(kind);
        };
    }

    /** Schema {@code PolicyMFAEnrollmentFactors}. */
    private static String factorName(FactorKind kind) {
        return switch (kind) {
            case QUESTION -> "okta_question";
            case SMS -> "okta_sms";
            case CALL -> "okta_call";
            case EMAIL -> "okta_email";
            case TOTP -> "okta_otp";
            case PUSH -> "okta_push";
            case GOOGLE -> "google_otp";
            case HOTP -> "hotp";
            case WEBAUTHN -> "fido_webauthn";
            case YUBIKEY -> "yubikey_token";
        };
    }
}
