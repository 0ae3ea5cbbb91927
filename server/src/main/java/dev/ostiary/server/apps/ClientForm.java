package dev.ostiary.server.apps;

import static dev.ostiary.server.apps.Form.flag;
import static dev.ostiary.server.apps.Form.many;
import static dev.ostiary.server.apps.Form.member;
import static dev.ostiary.server.apps.Form.part;
import static dev.ostiary.server.apps.Form.text;
import static dev.ostiary.server.apps.Form.word;

import java.util.List;

/** {@code oauthClient} in an app's settings and in its credentials. */
final class ClientForm {

    private ClientForm() {}

    static final String NONE = "none";
    static final String PRIVATE_KEY = "private_key_jwt";
    static final String SECRET_JWT = "client_secret_jwt";

    static final List<String> METHODS =
            List.of("client_secret_basic", "client_secret_post", SECRET_JWT, PRIVATE_KEY, NONE);

    /** Every grant there is (Application, {@code GrantType}). */
    static final List<String> GRANTS =
            List.of(
                    "authorization_code",
                    "client_credentials",
                    "implicit",
                    "interaction_code",
                    "password",
                    "refresh_token",
                    "urn:ietf:params:oauth:grant-type:device_code",
                    "urn:ietf:params:oauth:grant-type:jwt-bearer",
                    "urn:ietf:params:oauth:grant-type:saml2-bearer",
                    "urn:ietf:params:oauth:grant-type:token-exchange",
                    "urn:openid:params:grant-type:ciba",
                    "urn:okta:params:oauth:grant-type:otp",
                    "urn:okta:params:oauth:grant-type:oob",
                    "http://auth0.com/oauth/grant-type/mfa-otp",
                    "http://auth0.com/oauth/grant-type/mfa-oob",
                    "urn:okta:params:oauth:grant-type:webauthn",
                    "urn:okta:params:oauth:grant-type:mfa-webauthn");

    private static final String[] ALGORITHMS = {
        "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "ES256", "ES384", "ES512"
    };

    static final Form SETTINGS =
            Form.of(
                    text("client_uri", 1024).orNull(),
                    text("logo_uri", 1024).orNull(),
                    many("redirect_uris", new Kind.Text(1024), 500),
                    member("post_logout_redirect_uris", new Kind.Many(new Kind.Text(1024), 500)),
                    member(
                            "response_types",
                            new Kind.Many(new Kind.Words(List.of("code", "token", "id_token")), 3)),
                    member("grant_types", new Kind.Many(new Kind.Words(GRANTS), GRANTS.size())),
                    text("initiate_login_uri", 1024),
                    word("application_type", "web", "native", "browser", "service").or("web"),
                    text("tos_uri", 1024),
                    text("policy_uri", 1024),
                    word("consent_method", "TRUSTED", "REQUIRED").or("TRUSTED"),
                    word("issuer_mode", "DYNAMIC", "ORG_URL", "CUSTOM_URL").or("DYNAMIC"),
                    member(
                            "refresh_token",
                            new Kind.Part(
                                    Form.of(
                                            word("rotation_type", "STATIC", "ROTATE").needed(),
                                            Form.whole("leeway", 0, 60).or(30)))),
                    part(
                            "idp_initiated_login",
                            Form.of(
                                    word("mode", "DISABLED", "SPEC", "OKTA").or("DISABLED"),
                                    many("default_scope", new Kind.Text(255), 100))),
                    word("wildcard_redirect", "DISABLED", "SUBDOMAIN").or("DISABLED"),
                    flag("dpop_bound_access_tokens"),
                    member("jwks", new Kind.Free()),
                    text("jwks_uri", 1024),
                    word("request_object_signing_alg", ALGORITHMS),
                    text("sector_identifier_uri", 1024),
                    word("subject_type", "public", "pairwise"),
                    member(
                            "network",
                            new Kind.Part(
                                    Form.of(
                                            word("connection", "ANYWHERE", "ZONE").or("ANYWHERE"),
                                            member(
                                                    "include",
                                                    new Kind.Many(new Kind.Text(20), 100)),
                                            member(
                                                    "exclude",
                                                    new Kind.Many(new Kind.Text(20), 100))))),
                    member("participate_slo", new Kind.Flag()),
                    text("frontchannel_logout_uri", 1024),
                    member("frontchannel_logout_session_required", new Kind.Flag()),
                    word("backchannel_authentication_request_signing_alg", ALGORITHMS),
                    text("backchannel_custom_authenticator_id", 20),
                    word("backchannel_token_delivery_mode", "poll", "ping", "push"),
                    word(
                            "id_token_encrypted_response_alg",
                            "RSA-OAEP-256",
                            "RSA-OAEP-384",
                            "RSA-OAEP-512"));

    static final Form CREDENTIALS =
            Form.of(
                    flag("autoKeyRotation").or(true),
                    text("client_id", 100),
                    text("client_secret", 4096),
                    member("token_endpoint_auth_method", new Kind.Words(METHODS)),
                    member("pkce_required", new Kind.Flag()));
}
