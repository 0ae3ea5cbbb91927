package dev.ostiary.server.oauth.servers;

import dev.ostiary.platform.org.Org;
import dev.ostiary.server.oauth.keys.KeySchedule;
import dev.ostiary.server.oauth.servers.ServerTerms.IssuerMode;
import dev.ostiary.server.oauth.servers.TokenClaim.ClaimType;
import dev.ostiary.server.oauth.servers.TokenClaim.ValueType;
import dev.ostiary.server.oauth.servers.TokenScope.Consent;
import dev.ostiary.server.oauth.servers.TokenScope.Publish;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What every server has from the beginning (WIRE, "What an org holds before anyone touches it"),
 * and the server that every org begins with. Ids in the latter follow from the org's, so that it
 * needs no row to be the same tomorrow.
 */
final class ServerTemplate {

    /** Gives ids to parts. */
    @FunctionalInterface
    interface PartIds {

        /**
         * @param prefix of the type
         * @param number of the part within its type
         */
        String id(String prefix, int number);
    }

    private record SystemScope(String name, String description) {}

    private static final List<SystemScope> SCOPES =
            List.of(
                    new SystemScope("openid", "Marks a request of OpenID Connect"),
                    new SystemScope("profile", "Tells the profile of the user"),
                    new SystemScope("email", "Tells the email address of the user"),
                    new SystemScope("address", "Tells the postal address of the user"),
                    new SystemScope("phone", "Tells the phone number of the user"),
                    new SystemScope(
                            "offline_access",
                            "Gives a refresh token, with which the app gets further tokens while"
                                    + " the user is away"),
                    new SystemScope(
                            "device_sso",
                            "Gives a device secret, with which other apps on the device sign the"
                                    + " user in"));

    /** Scopes of the MyAccount API, each for reading or for changing what its name says. */
    private static final List<String> MY_ACCOUNT =
            List.of(
                    "okta.myAccount.appAuthenticator.maintenance.manage",
                    "okta.myAccount.appAuthenticator.maintenance.read",
                    "okta.myAccount.appAuthenticator.manage",
                    "okta.myAccount.appAuthenticator.read",
                    "okta.myAccount.email.manage",
                    "okta.myAccount.email.read",
                    "okta.myAccount.manage",
                    "okta.myAccount.oktaApplications.read",
                    "okta.myAccount.organization.read",
                    "okta.myAccount.password.manage",
                    "okta.myAccount.password.read",
                    "okta.myAccount.phone.manage",
                    "okta.myAccount.phone.read",
                    "okta.myAccount.profile.manage",
                    "okta.myAccount.profile.read",
                    "okta.myAccount.read",
                    "okta.myAccount.sessions.manage");

    private record SystemClaim(String name, String scope, boolean always) {}

    private static final List<SystemClaim> CLAIMS =
            List.of(
                    new SystemClaim("name", "profile", true),
                    new SystemClaim("nickname", "profile", false),
                    new SystemClaim("preferred_username", "profile", true),
                    new SystemClaim("given_name", "profile", false),
                    new SystemClaim("middle_name", "profile", false),
                    new SystemClaim("family_name", "profile", false),
                    new SystemClaim("profile", "profile", false),
                    new SystemClaim("zoneinfo", "profile", false),
                    new SystemClaim("locale", "profile", false),
                    new SystemClaim("updated_at", "profile", false),
                    new SystemClaim("birthdate", "profile", false),
                    new SystemClaim("gender", "profile", false),
                    new SystemClaim("website", "profile", false),
                    new SystemClaim("picture", "profile", false),
                    new SystemClaim("email", "email", true),
                    new SystemClaim("email_verified", "email", false),
                    new SystemClaim("address", "address", false),
                    new SystemClaim("phone_number", "phone", false));

    /** Authorization Servers API, Claim object. */
    static final String SUBJECT = "(appuser != null) ? appuser.userName : app.clientId";

    private static final String DIGITS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private ServerTemplate() {}

    /** The server that an org begins with. */
    static AuthorizationServer ofOrg(Org org) {
        String body = org.id().substring(3);
        PartIds ids =
                (prefix, number) ->
                        prefix
                                + body.substring(0, 12)
                                + DIGITS.charAt(number / DIGITS.length())
                                + DIGITS.charAt(number % DIGITS.length())
                                + org.tail();
        Instant born = org.created();
        AccessRule rule =
                new AccessRule(
                        ids.id(AccessRule.PREFIX, 0),
                        new RuleTerms(
                                "Default Policy Rule",
                                Members.NONE,
                                Members.of(List.of(RuleTerms.EVERYONE)),
                                List.of(
                                        "implicit",
                                        "client_credentials",
                                        "authorization_code",
                                        "password"),
                                List.of(RuleTerms.ANY_SCOPE),
                                Lifetimes.STANDARD),
                        Status.ACTIVE,
                        born,
                        born);
        AccessPolicy policy =
                new AccessPolicy(
                        ids.id(AccessPolicy.PREFIX, 0),
                        new AccessPolicy.Terms(
                                "Default Policy",
                                "Default policy description",
                                List.of(AccessPolicy.ALL_CLIENTS)),
                        Status.ACTIVE,
                        List.of(rule),
                        born,
                        born);
        return new AuthorizationServer(
                AuthorizationServer.defaultId(org),
                AuthorizationServer.DEFAULT,
                "Default Authorization Server for your Applications",
                "api://default",
                IssuerMode.ORG_URL,
                Status.ACTIVE,
                KeySchedule.from(born),
                null,
                null,
                List.of(),
                List.of(),
                scopes(ids),
                claims(ids),
                List.of(policy),
                born,
                born);
    }

    /** The scopes of a new server. */
    static List<TokenScope> scopes(PartIds ids) {
        List<TokenScope> scopes = new ArrayList<>();
        SCOPES.forEach(
                each ->
                        scopes.add(
                                scope(
                                        ids.id(TokenScope.PREFIX, scopes.size()),
                                        each.name(),
                                        each.description())));
        MY_ACCOUNT.forEach(
                name ->
                        scopes.add(
                                scope(
                                        ids.id(TokenScope.PREFIX, scopes.size()),
                                        name,
                                        (name.endsWith(".read") ? "Reads " : "Manages ")
                                                + name.substring(
                                                        "okta.".length(), name.lastIndexOf('.')))));
        return scopes;
    }

    private static TokenScope scope(String id, String name, String description) {
        return new TokenScope(
                id,
                name,
                null,
                description,
                Consent.IMPLICIT,
                Publish.ALL_CLIENTS,
                false,
                false,
                true);
    }

    /** The claims of a new server. */
    static List<TokenClaim> claims(PartIds ids) {
        List<TokenClaim> claims = new ArrayList<>();
        claims.add(
                new TokenClaim(
                        ids.id(TokenClaim.PREFIX, 0),
                        "sub",
                        Status.ACTIVE,
                        ClaimType.RESOURCE,
                        ValueType.EXPRESSION,
                        SUBJECT,
                        null,
                        List.of(),
                        true,
                        true));
        CLAIMS.forEach(
                each ->
                        claims.add(
                                new TokenClaim(
                                        ids.id(TokenClaim.PREFIX, claims.size()),
                                        each.name(),
                                        Status.ACTIVE,
                                        ClaimType.IDENTITY,
                                        ValueType.SYSTEM,
                                        each.name(),
                                        null,
                                        List.of(each.scope()),
                                        each.always(),
                                        true)));
        return claims;
    }
}
