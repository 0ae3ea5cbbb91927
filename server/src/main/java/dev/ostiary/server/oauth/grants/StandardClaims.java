package dev.ostiary.server.oauth.grants;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * The claims of OpenID Connect about a user (OpenID Connect Core 1.0, 5.1), by the attributes of
 * the profile that the original maps them to. One that the profile lacks is left out.
 */
final class StandardClaims {

    private static final Map<String, String> OF_PROFILE =
            Map.ofEntries(
                    Map.entry("name", "displayName"),
                    Map.entry("nickname", "nickName"),
                    Map.entry("given_name", "firstName"),
                    Map.entry("middle_name", "middleName"),
                    Map.entry("family_name", "lastName"),
                    Map.entry("profile", "profileUrl"),
                    Map.entry("zoneinfo", "timezone"),
                    Map.entry("locale", "locale"),
                    Map.entry("birthdate", "birthdate"),
                    Map.entry("gender", "gender"),
                    Map.entry("website", "website"),
                    Map.entry("picture", "picture"),
                    Map.entry("email", "email"),
                    Map.entry("phone_number", "primaryPhone"));

    /** What the scopes bring (OpenID Connect API, "Scope-dependent claims"). */
    private static final Map<String, List<String>> BY_SCOPE =
            Map.of(
                    "profile",
                    List.of(
                            "name",
                            "nickname",
                            "preferred_username",
                            "given_name",
                            "middle_name",
                            "family_name",
                            "profile",
                            "zoneinfo",
                            "locale",
                            "updated_at",
                            "birthdate",
                            "gender",
                            "website",
                            "picture"),
                    "email",
                    List.of("email", "email_verified"),
                    "address",
                    List.of("address"),
                    "phone",
                    List.of("phone_number"));

    /** What of it an ID token has beside an access token. */
    private static final Set<String> ALWAYS = Set.of("email", "name", "preferred_username");

    private static final Map<String, String> OF_ADDRESS =
            Map.of(
                    "street_address", "streetAddress",
                    "locality", "city",
                    "region", "state",
                    "postal_code", "zipCode",
                    "country", "countryCode");

    private StandardClaims() {}

    /**
     * The claims that a scope brings.
     *
     * @param less only those that an ID token has beside an access token
     */
    static List<String> of(String scope, boolean less) {
        return BY_SCOPE.getOrDefault(scope, List.of()).stream()
                .filter(claim -> !less || ALWAYS.contains(claim))
                .toList();
    }

    /** Adds a claim of a user. */
    static void add(ObjectNode token, String claim, Subject user) {
        switch (claim) {
            case "preferred_username" -> token.put(claim, user.login());
            case "name" -> token.put(claim, name(user));
            case "updated_at" -> updated(token, user);
            case "email_verified" -> token.put(claim, true);
            case "address" -> address(token, user);
            default -> copy(token, claim, user, OF_PROFILE.getOrDefault(claim, claim));
        }
    }

    private static void updated(ObjectNode token, Subject user) {
        Instant updated = user.lastUpdated();
        token.put("updated_at", updated.getEpochSecond());
    }

    private static String name(Subject user) {
        String shown = user.profile().path("displayName").asString("");
        if (!shown.isBlank()) {
            return shown;
        }
        return (user.profile().path("firstName").asString("")
                        + " "
                        + user.profile().path("lastName").asString(""))
                .strip();
    }

    private static void address(ObjectNode token, Subject user) {
        ObjectNode address = token.objectNode();
        OF_ADDRESS.forEach((claim, attribute) -> copy(address, claim, user, attribute));
        if (!address.isEmpty()) {
            token.set("address", address);
        }
    }

    private static void copy(ObjectNode into, String claim, Subject user, String attribute) {
        String value = user.profile().path(attribute).asString("");
        if (!value.isEmpty()) {
            into.put(claim, value);
        }
    }
}
