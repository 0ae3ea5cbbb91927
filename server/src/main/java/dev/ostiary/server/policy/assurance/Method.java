package dev.ostiary.server.policy.assurance;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A way in which a user proves itself: a method of an authenticator, with the characteristics that
 * the documentation gives it (concept "Multifactor authentication"; guide "Claims sharing", which
 * says what {@code hwk}, {@code otp} and {@code swk} stand for). A mail and a phone are no devices
 * that a secret is bound to, and a code can be phished wherever it comes from.
 */
public enum Method {
    PASSWORD("okta_password", "password", "PASSWORD", Trait.KNOWLEDGE),
    QUESTION("security_question", "security_question", "SECURITY_QUESTION", Trait.KNOWLEDGE),
    SMS("phone_number", "sms", "PHONE"),
    CALL("phone_number", "voice", "PHONE"),
    EMAIL("okta_email", "email", "EMAIL"),
    TOTP("okta_verify", "totp", "APP", Trait.BOUND),
    PUSH("okta_verify", "push", "APP", Trait.BOUND),
    GOOGLE("google_otp", "otp", "APP", Trait.BOUND),
    HOTP("custom_otp", "otp", "SECURITY_KEY", Trait.BOUND),
    WEBAUTHN(
            "webauthn",
            "webauthn",
            "SECURITY_KEY",
            Trait.BOUND,
            Trait.HARDWARE,
            Trait.PHISHING_RESISTANT),
    /** The same by a key that has verified who holds it (Web Authentication, level 2, 6.1: UV). */
    WEBAUTHN_VERIFIED(
            "webauthn",
            "webauthn",
            "SECURITY_KEY",
            Trait.BOUND,
            Trait.HARDWARE,
            Trait.PHISHING_RESISTANT,
            Trait.VERIFYING),
    YUBIKEY("yubikey_token", "otp", "SECURITY_KEY", Trait.BOUND, Trait.HARDWARE);

    /** What there is to say of a method. */
    enum Trait {
        /** Something that the user knows; else it is something that the user has. */
        KNOWLEDGE,
        /** Bound to a device. */
        BOUND,
        /** Withstands a thief of files. */
        HARDWARE,
        /** Proves nothing to another site. */
        PHISHING_RESISTANT,
        /** The device has verified its user, by a PIN or a finger. */
        VERIFYING
    }

    private final String authenticator;
    private final String method;
    private final String type;
    private final Set<Trait> traits;

    Method(String authenticator, String method, String type, Trait... traits) {
        this.authenticator = authenticator;
        this.method = method;
        this.type = type;
        this.traits = EnumSet.noneOf(Trait.class);
        this.traits.addAll(Arrays.asList(traits));
    }

    /** All for which something holds. */
    static Set<Method> all(Predicate<Method> which) {
        Set<Method> all = EnumSet.noneOf(Method.class);
        Arrays.stream(values()).filter(which).forEach(all::add);
        return all;
    }

    /** The method of a name that was kept; nothing for one that no version knows any more. */
    public static Optional<Method> named(String name) {
        return Arrays.stream(values()).filter(each -> each.name().equals(name)).findFirst();
    }

    /** The methods that are shown by one and the same thing: a proof by each is one proof. */
    Set<Method> together() {
        return this == WEBAUTHN || this == WEBAUTHN_VERIFIED
                ? EnumSet.of(WEBAUTHN, WEBAUTHN_VERIFIED)
                : EnumSet.of(this);
    }

    boolean isKnowledge() {
        return traits.contains(Trait.KNOWLEDGE);
    }

    boolean is(Trait trait) {
        return traits.contains(trait);
    }

    /** Whether it is one of an authenticator; a method that is empty is any. */
    boolean isOf(String key, String name) {
        return authenticator.equals(key) && (name.isEmpty() || method.equalsIgnoreCase(name));
    }

    /** Whether a constraint calls its method so. */
    boolean isCalled(String name) {
        return method.equals(name.toLowerCase(Locale.ROOT));
    }

    /** Whether a constraint calls its authenticator's type so. */
    boolean isOfType(String name) {
        return type.equals(name.toUpperCase(Locale.ROOT));
    }
}
