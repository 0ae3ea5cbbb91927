package dev.ostiary.server.hooks.inline;

import java.util.Arrays;
import java.util.Optional;

/** What a hook is asked about. */
public enum HookType {
    IMPORT("com.okta.import.transform", true),
    TOKENS("com.okta.oauth2.tokens.transform", false),
    SAML("com.okta.saml.tokens.transform", true),
    TELEPHONY("com.okta.telephony.provider", false),
    PASSWORD_IMPORT("com.okta.user.credential.password.import", true),
    REGISTRATION("com.okta.user.pre-registration", true);

    private final String wire;
    private final boolean retried;

    HookType(String wire, boolean retried) {
        this.wire = wire;
        this.retried = retried;
    }

    /** As the API calls it. */
    public String wire() {
        return wire;
    }

    /** Whether a question that got no answer is asked once more ("Time out and retry"). */
    boolean retried() {
        return retried;
    }

    static Optional<HookType> of(String wire) {
        return Arrays.stream(values()).filter(each -> each.wire.equals(wire)).findFirst();
    }
}
