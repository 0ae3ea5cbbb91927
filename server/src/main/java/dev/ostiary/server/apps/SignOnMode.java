package dev.ostiary.server.apps;

import java.util.Arrays;
import java.util.Optional;

/** How users get from here into an app (Apps API, "Sign-on modes"). */
public enum SignOnMode {
    /** Secure Web Authentication, an app of the org's own. */
    AUTO_LOGIN,
    /** HTTP Basic. */
    BASIC_AUTH,
    /** No authentication at all. */
    BOOKMARK,
    /** Secure Web Authentication by the browser plugin. */
    BROWSER_PLUGIN,
    /** OpenID Connect and OAuth 2.0. */
    OPENID_CONNECT,
    SAML_1_1,
    SAML_2_0,
    /** Secure Web Authentication by POST. */
    SECURE_PASSWORD_STORE,
    WS_FEDERATION;

    /** The mode that the wire calls so. */
    static Optional<SignOnMode> of(String wire) {
        return Arrays.stream(values()).filter(mode -> mode.name().equals(wire)).findFirst();
    }

    /** Whether what it sends to the app is signed with a key of the app's. */
    public boolean signs() {
        return switch (this) {
            case OPENID_CONNECT, SAML_1_1, SAML_2_0, WS_FEDERATION -> true;
            case AUTO_LOGIN, BASIC_AUTH, BOOKMARK, BROWSER_PLUGIN, SECURE_PASSWORD_STORE -> false;
        };
    }

    /** Whether it keeps names and passwords for users, by an authentication scheme. */
    public boolean keepsPasswords() {
        return switch (this) {
            case AUTO_LOGIN, BASIC_AUTH, BROWSER_PLUGIN, SECURE_PASSWORD_STORE -> true;
            case BOOKMARK, OPENID_CONNECT, SAML_1_1, SAML_2_0, WS_FEDERATION -> false;
        };
    }

    /** Whether there is SAML metadata to be read. */
    public boolean hasMetadata() {
        return this == SAML_2_0 || this == SAML_1_1 || this == WS_FEDERATION;
    }
}
