package dev.ostiary.server.signin.authenticators;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The keys of authenticators, in the order in which a fresh org lists its own. */
enum AuthenticatorKey {
    OKTA_EMAIL(
            "email",
            "Email",
            true,
            "{\"allowedFor\":\"recovery\",\"tokenLifetimeInMinutes\":5}",
            "email"),
    OKTA_PASSWORD("password", "Password", true, "", "password"),
    PHONE_NUMBER("phone", "Phone", true, "{\"allowedFor\":\"any\"}", "sms", "voice"),
    SECURITY_QUESTION(
            "security_question",
            "Security Question",
            true,
            "{\"allowedFor\":\"recovery\"}",
            "security_question"),
    OKTA_VERIFY(
            "app",
            "Okta Verify",
            true,
            "{\"compliance\":{\"fips\":\"OPTIONAL\"},\"channelBinding\":{\"style\":\"NUMBER_CHALLENGE\","
                    + "\"required\":\"HIGH_RISK_ONLY\"},\"userVerification\":\"PREFERRED\"}",
            "push",
            "totp"),
    WEBAUTHN("security_key", "Security Key or Biometric", false, "", "webauthn"),
    GOOGLE_OTP("app", "Google Authenticator", false, "", "otp"),
    YUBIKEY_TOKEN("security_key", "YubiKey Authenticator", false, "", "otp"),
    CUSTOM_OTP("security_key", "Custom OTP", false, "", "otp");

    private final String type;
    private final String displayName;
    private final boolean initial;
    private final String settings;
    private final List<String> methods;

    AuthenticatorKey(
            String type, String displayName, boolean initial, String settings, String... methods) {
        this.type = type;
        this.displayName = displayName;
        this.initial = initial;
        this.settings = settings;
        this.methods = List.of(methods);
    }

    /** The key of a text of the wire. */
    static Optional<AuthenticatorKey> of(String text) {
        return Arrays.stream(values()).filter(key -> key.wire().equals(text)).findFirst();
    }

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    String type() {
        return type;
    }

    String displayName() {
        return displayName;
    }

    /** Whether every org has it from the beginning. */
    boolean initial() {
        return initial;
    }

    /** Whether an org may have several, told apart by their names. */
    boolean several() {
        return this == CUSTOM_OTP;
    }

    /** What its settings are until somebody changes them; empty where it has none. */
    String settings() {
        return settings;
    }

    List<String> methods() {
        return methods;
    }
}
