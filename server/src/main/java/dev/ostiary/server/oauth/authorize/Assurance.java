package dev.ostiary.server.oauth.authorize;

import java.util.List;

/**
 * How surely a client wants to know who somebody is (OpenID Connect API, {@code acr_values}). One
 * of the values has to be met; a value that is not known is not.
 */
final class Assurance {

    private static final String ANY = "urn:okta:loa:1fa:any";
    private static final String PASSWORD = "urn:okta:loa:1fa:pwd";
    private static final String TWO = "urn:okta:loa:2fa:any";

    private Assurance() {}

    /**
     * Whether one is met.
     *
     * @param amr the methods by which the user proved itself (RFC 8176)
     */
    static boolean isMet(List<String> wanted, List<String> amr) {
        return wanted.isEmpty()
                || wanted.stream()
                        .anyMatch(
                                value ->
                                        value.equals(ANY)
                                                || (value.equals(PASSWORD) && amr.contains("pwd"))
                                                || (value.equals(TWO) && amr.contains("mfa")));
    }
}
