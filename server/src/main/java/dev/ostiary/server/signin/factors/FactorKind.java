package dev.ostiary.server.signin.factors;

import java.util.Arrays;
import java.util.Optional;

/**
 * The kinds of factors: a type of the wire and who provides it (Factors, "Supported Factors for
 * providers"). Kinds of other companies' services are not there.
 */
public enum FactorKind {
    QUESTION(
            "question",
            "OKTA",
            "ufs",
            "SECURITY_QUESTION",
            "security_question",
            "security_question",
            "Security Question"),
    SMS("sms", "OKTA", "mbl", "SMS_FACTOR", "phone_number", "sms", "Phone"),
    CALL("call", "OKTA", "clf", "CALL_FACTOR", "phone_number", "voice", "Phone"),
    EMAIL("email", "OKTA", "emf", "EMAIL_FACTOR", "okta_email", "email", "Email"),
    TOTP(
            "token:software:totp",
            "OKTA",
            "ost",
            "OKTA_SOFT_TOKEN",
            "okta_verify",
            "totp",
            "Okta Verify"),
    PUSH("push", "OKTA", "opf", "OKTA_VERIFY_PUSH", "okta_verify", "push", "Okta Verify"),
    GOOGLE(
            "token:software:totp",
            "GOOGLE",
            "uft",
            "GOOGLE_AUTH",
            "google_otp",
            "otp",
            "Google Authenticator"),
    HOTP("token:hotp", "CUSTOM", "chf", "CUSTOM_OTP", "custom_otp", "otp", "Custom OTP"),
    WEBAUTHN(
            "webauthn",
            "FIDO",
            "fwf",
            "FIDO_WEBAUTHN",
            "webauthn",
            "webauthn",
            "Security Key or Biometric Authenticator"),
    YUBIKEY(
            "token:hardware",
            "YUBICO",
            "ykf",
            "YUBIKEY_OTP_TOKEN",
            "yubikey_token",
            "otp",
            "YubiKey Authenticator");

    private final String type;
    private final String provider;
    private final String prefix;
    private final String logName;
    private final String authenticator;
    private final String method;
    private final String displayName;

    FactorKind(
            String type,
            String provider,
            String prefix,
            String logName,
            String authenticator,
            String method,
            String displayName) {
        this.type = type;
        this.provider = provider;
        this.prefix = prefix;
        this.logName = logName;
        this.authenticator = authenticator;
        this.method = method;
        this.displayName = displayName;
    }

    /** The kind of a type and a provider. */
    public static Optional<FactorKind> of(String type, String provider) {
        return Arrays.stream(values())
                .filter(kind -> kind.type.equals(type) && kind.provider.equals(provider))
                .findFirst();
    }

    /** {@code factorType} of the wire. */
    public String type() {
        return type;
    }

    /** {@code provider} of the wire. */
    public String provider() {
        return provider;
    }

    /** What its ids begin with. */
    String prefix() {
        return prefix;
    }

    /** Whether an id is that of a factor of the kind. */
    public boolean names(String factorId) {
        return factorId.startsWith(prefix);
    }

    /** What the System Log calls it. */
    String logName() {
        return logName;
    }

    /** Who the System Log says to have made it (AuthenticationContext object). */
    String credentialProvider() {
        return switch (this) {
            case GOOGLE -> "GOOGLE";
            case YUBIKEY -> "YUBIKEY";
            case QUESTION, SMS, CALL, EMAIL, TOTP, PUSH, HOTP, WEBAUTHN ->
                    "OKTA_CREDENTIAL_PROVIDER";
        };
    }

    /** What the System Log calls its technology; empty where its list has no word for it. */
    Optional<String> credentialType() {
        return switch (this) {
            case SMS -> Optional.of("SMS");
            case EMAIL -> Optional.of("EMAIL");
            case TOTP, GOOGLE, HOTP, YUBIKEY -> Optional.of("OTP");
            case QUESTION, CALL, PUSH, WEBAUTHN -> Optional.empty();
        };
    }

    /** The key of the authenticator that it belongs to. */
    public String authenticator() {
        return authenticator;
    }

    /** The method of that authenticator. */
    public String method() {
        return method;
    }

    /** What people call the authenticator. */
    String displayName() {
        return displayName;
    }

    /** Whether a code is sent to prove it. */
    public boolean sendsCode() {
        return this == SMS || this == CALL || this == EMAIL;
    }

    /** Whether users can set it up themselves: what they need for the others is their admins'. */
    public boolean isSelfEnrolled() {
        return this != HOTP;
    }

    /** Whether something has to be asked for before it can be proven. */
    public boolean isChallenged() {
        return sendsCode() || this == WEBAUTHN || this == PUSH;
    }
}
