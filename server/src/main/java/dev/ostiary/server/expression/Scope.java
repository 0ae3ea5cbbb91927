package dev.ostiary.server.expression;

import dev.ostiary.server.expression.Function.Family;
import dev.ostiary.server.expression.Type.ArrayOf;
import dev.ostiary.server.expression.Type.Simple;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What an expression can name where it stands, and which functions it can call there. Immutable.
 *
 * @param place how messages call where it stands, such as {@code group rules}
 * @param variables types of what names stand for
 */
public record Scope(String place, Map<String, Type> variables, Set<Family> families) {

    private static final Set<Family> IN_GROUP_RULES =
            EnumSet.of(Family.STRING, Family.ARRAY, Family.GROUP, Family.USER);

    private static final Set<Family> IN_REALM_ASSIGNMENTS =
            EnumSet.of(Family.STRING, Family.ARRAY, Family.CONVERSION, Family.COUNTRY, Family.TIME);

    private static final Set<Family> IN_MAPPINGS =
            EnumSet.complementOf(EnumSet.of(Family.GROUP_CLAIM));

    private static final Set<Family> IN_IDENTITY_ENGINE =
            EnumSet.complementOf(EnumSet.of(Family.GROUP_CLAIM, Family.RELATIVE, Family.DIRECTORY));

    /** Canonical: kept as copies. */
    public Scope {
        variables = Map.copyOf(variables);
        families = Set.copyOf(families);
    }

    /**
     * Conditions of group rules: {@code user} alone, and of the functions those of texts, lists,
     * groups and the user ("Expressions in group rules"). What a linked user has is not among them:
     * a change of another user decides nothing about this one.
     *
     * @param profile types of the attributes of a profile
     */
    public static Scope ofGroupRules(Map<String, Type> profile) {
        return new Scope("group rules", Map.of("user", user(profile, Map.of())), IN_GROUP_RULES);
    }

    /**
     * Conditions of realm assignments: {@code user} alone, and no function that asks for anything
     * beside its profile ("Realm assignments" excludes groups; who is yet to be made has no more).
     *
     * @param profile types of the attributes of a profile
     */
    public static Scope ofRealmAssignments(Map<String, Type> profile) {
        return new Scope(
                "realm assignments", Map.of("user", user(profile, Map.of())), IN_REALM_ASSIGNMENTS);
    }

    /**
     * Profile mappings: whatever profiles and names the mapping has, and every function but those
     * of group claims.
     */
    public static Scope ofMappings(Map<String, Type> variables) {
        return new Scope("profile mappings", variables, IN_MAPPINGS);
    }

    /**
     * Claims of tokens: the user, what it is to the app, the app, the org and what is being
     * granted. A token of no user has neither {@code user} nor {@code appuser}.
     *
     * @param profile types of the attributes of a profile
     * @param access whether it is for access tokens, whose scopes are known as {@code access.scope}
     */
    public static Scope ofTokenClaims(Map<String, Type> profile, boolean access) {
        Map<String, Type> variables = new HashMap<>();
        variables.put("user", user(profile, Map.of("id", Simple.TEXT)));
        variables.put("appuser", new Type.Thing("app user", Map.of("userName", Simple.TEXT), true));
        variables.put(
                "app",
                new Type.Thing(
                        "app",
                        Map.of(
                                "id", Simple.TEXT,
                                "clientId", Simple.TEXT,
                                "name", Simple.TEXT,
                                "label", Simple.TEXT,
                                "profile", new Type.Thing("app profile", Map.of(), true)),
                        false));
        variables.put(
                "org",
                new Type.Thing(
                        "org",
                        Map.of(
                                "name", Simple.TEXT,
                                "subDomain", Simple.TEXT,
                                "domain", Simple.TEXT),
                        false));
        variables.put(
                "session",
                new Type.Thing("session", Map.of("amr", new ArrayOf(Simple.TEXT)), false));
        if (access) {
            variables.put(
                    "access",
                    new Type.Thing("access", Map.of("scope", new ArrayOf(Simple.TEXT)), false));
        }
        return new Scope("token claims", variables, EnumSet.allOf(Family.class));
    }

    /**
     * Names and attributes in assertions: as in {@linkplain #ofTokenClaims claims} of a user, who
     * is also the {@code source} of the app's name for it.
     *
     * @param profile types of the attributes of a profile
     */
    public static Scope ofAssertions(Map<String, Type> profile) {
        Map<String, Type> variables = new HashMap<>(ofTokenClaims(profile, false).variables());
        Type user = user(profile, Map.of("id", Simple.TEXT, "userName", Simple.TEXT));
        variables.put("user", user);
        variables.put("source", user);
        return new Scope("assertions", variables, EnumSet.allOf(Family.class));
    }

    /**
     * Where expressions are those of Identity Engine: {@code user} with its profile and its own
     * properties.
     */
    public static Scope ofIdentityEngine(String place, Map<String, Type> profile) {
        Map<String, Type> own = new HashMap<>();
        own.put("id", Simple.TEXT);
        own.put("status", Simple.TEXT);
        for (String date : Set.of("created", "lastUpdated", "passwordChanged", "lastLogin")) {
            own.put(date, Simple.MOMENT);
        }
        return new Scope(place, Map.of("user", user(profile, own)), IN_IDENTITY_ENGINE);
    }

    /**
     * Conditions on a password, which they know as {@code password.value}, and on nobody ("Password
     * policy", {@code oelStatement}).
     */
    public static Scope ofPasswords() {
        return new Scope(
                "password policies",
                Map.of("password", new Type.Thing("password", Map.of("value", Simple.TEXT), false)),
                EnumSet.of(Family.STRING));
    }

    /**
     * A user: its attributes by their names, or behind {@code profile} where no attribute is called
     * so.
     *
     * @param own what else the user has
     */
    public static Type.Thing user(Map<String, Type> profile, Map<String, Type> own) {
        Map<String, Type> attributes = new HashMap<>(own);
        attributes.put("profile", new Type.Thing("user profile", profile, false));
        attributes.putAll(profile);
        return new Type.Thing("User", attributes, false);
    }
}
