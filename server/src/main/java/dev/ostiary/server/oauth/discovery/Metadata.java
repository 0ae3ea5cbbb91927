package dev.ostiary.server.oauth.discovery;

import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.org.Org;
import dev.ostiary.server.oauth.servers.AuthorizationServer;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * The metadata of an authorization server (RFC 8414, section 2; OpenID Connect Discovery 1.0,
 * section 3), with the members that the OpenID Connect API documents, as far as what they name is
 * there. Immutable.
 *
 * @param issuer its name
 * @param base the URL before {@code /v1/…}
 * @param registration where clients register, which are the org's, whatever server tells of it
 * @param openId whether it is told of OpenID Connect: ID tokens and the user's claims
 */
record Metadata(
        String issuer,
        String base,
        String registration,
        boolean openId,
        List<String> grantTypes,
        List<String> scopes) {

    private static final List<String> RESPONSE_TYPES =
            List.of(
                    "code",
                    "token",
                    "id_token",
                    "code id_token",
                    "code token",
                    "id_token token",
                    "code id_token token");

    private static final List<String> RESPONSE_MODES =
            List.of("query", "fragment", "form_post", "okta_post_message");

    private static final List<String> GRANT_TYPES =
            List.of(
                    "authorization_code",
                    "implicit",
                    "refresh_token",
                    "password",
                    "urn:ietf:params:oauth:grant-type:device_code",
                    "urn:openid:params:grant-type:ciba",
                    "urn:okta:params:oauth:grant-type:otp",
                    "urn:okta:params:oauth:grant-type:oob",
                    "http://auth0.com/oauth/grant-type/mfa-otp",
                    "http://auth0.com/oauth/grant-type/mfa-oob");

    private static final List<String> ORG_SCOPES =
            List.of("openid", "email", "profile", "address", "phone", "offline_access", "groups");

    private static final List<String> CLIENT_AUTHENTICATION =
            List.of(
                    "client_secret_basic",
                    "client_secret_post",
                    "client_secret_jwt",
                    "private_key_jwt",
                    "none");

    private static final List<String> REQUEST_ALGORITHMS =
            List.of(
                    "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "ES256", "ES384",
                    "ES512");

    /** How the keys of ID tokens are encrypted that are. */
    private static final List<String> ENCRYPTION =
            List.of("RSA-OAEP-256", "RSA-OAEP-384", "RSA-OAEP-512");

    private static final List<String> ACCESS_TOKEN_CLAIMS =
            List.of("ver", "jti", "iss", "aud", "iat", "exp", "cid", "uid", "scp", "sub");

    private static final List<String> ID_TOKEN_CLAIMS =
            List.of(
                    "iss",
                    "ver",
                    "sub",
                    "aud",
                    "iat",
                    "exp",
                    "jti",
                    "auth_time",
                    "amr",
                    "idp",
                    "nonce",
                    "name",
                    "nickname",
                    "preferred_username",
                    "given_name",
                    "middle_name",
                    "family_name",
                    "email",
                    "email_verified",
                    "profile",
                    "zoneinfo",
                    "locale",
                    "address",
                    "phone_number",
                    "picture",
                    "website",
                    "gender",
                    "birthdate",
                    "updated_at",
                    "at_hash",
                    "c_hash");

    private static final Schema TEXTS = Schema.list(Schema.TEXT);

    static final Schema SCHEMA =
            Schema.object("OidcMetadata")
                    .always("issuer", Schema.TEXT)
                    .always("authorization_endpoint", Schema.TEXT)
                    .always("token_endpoint", Schema.TEXT)
                    .maybe("userinfo_endpoint", Schema.TEXT)
                    .always("registration_endpoint", Schema.TEXT)
                    .always("jwks_uri", Schema.TEXT)
                    .always("response_types_supported", TEXTS)
                    .always("response_modes_supported", TEXTS)
                    .always("grant_types_supported", TEXTS)
                    .always("subject_types_supported", TEXTS)
                    .maybe("id_token_signing_alg_values_supported", TEXTS)
                    .maybe("id_token_encryption_alg_values_supported", TEXTS)
                    .maybe("id_token_encryption_enc_values_supported", TEXTS)
                    .always("scopes_supported", TEXTS)
                    .always("token_endpoint_auth_methods_supported", TEXTS)
                    .always("claims_supported", TEXTS)
                    .always("code_challenge_methods_supported", TEXTS)
                    .always("introspection_endpoint", Schema.TEXT)
                    .always("introspection_endpoint_auth_methods_supported", TEXTS)
                    .always("revocation_endpoint", Schema.TEXT)
                    .always("revocation_endpoint_auth_methods_supported", TEXTS)
                    .always("end_session_endpoint", Schema.TEXT)
                    .always("request_parameter_supported", Schema.BOOLEAN)
                    .always("request_object_signing_alg_values_supported", TEXTS)
                    .always("device_authorization_endpoint", Schema.TEXT)
                    .always("pushed_authorization_request_endpoint", Schema.TEXT)
                    .always("backchannel_authentication_endpoint", Schema.TEXT)
                    .always("backchannel_token_delivery_modes_supported", TEXTS)
                    .always(
                            "backchannel_authentication_request_signing_alg_values_supported",
                            TEXTS);

    /** Of the server that is the org itself. */
    static Metadata ofOrg(String baseUrl) {
        String base = baseUrl + "/oauth2";
        return new Metadata(baseUrl, base, registration(baseUrl), true, GRANT_TYPES, ORG_SCOPES);
    }

    /**
     * Of a custom server.
     *
     * @param issuer what it calls itself
     * @param openId whether as OpenID Connect has it
     */
    static Metadata of(
            String issuer, String baseUrl, Org org, AuthorizationServer server, boolean openId) {
        String base = baseUrl + "/oauth2/" + server.pathName(org);
        List<String> grants = new ArrayList<>(GRANT_TYPES);
        grants.add("client_credentials");
        grants.add("urn:ietf:params:oauth:grant-type:token-exchange");
        grants.add("urn:ietf:params:oauth:grant-type:jwt-bearer");
        return new Metadata(
                issuer, base, registration(baseUrl), openId, grants, server.publishedScopes());
    }

    private static String registration(String baseUrl) {
        return baseUrl + "/oauth2/v1/clients";
    }

    void write(JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty("issuer", issuer);
        endpoint(out, "authorization_endpoint", "authorize");
        endpoint(out, "token_endpoint", "token");
        if (openId) {
            endpoint(out, "userinfo_endpoint", "userinfo");
        }
        out.writeStringProperty("registration_endpoint", registration);
        endpoint(out, "jwks_uri", "keys");
        texts(out, "response_types_supported", RESPONSE_TYPES);
        texts(out, "response_modes_supported", RESPONSE_MODES);
        texts(out, "grant_types_supported", grantTypes);
        texts(out, "subject_types_supported", List.of("public"));
        if (openId) {
            texts(out, "id_token_signing_alg_values_supported", List.of("RS256"));
            texts(out, "id_token_encryption_alg_values_supported", ENCRYPTION);
            texts(out, "id_token_encryption_enc_values_supported", List.of("A256GCM"));
        }
        texts(out, "scopes_supported", scopes);
        texts(out, "token_endpoint_auth_methods_supported", CLIENT_AUTHENTICATION);
        texts(out, "claims_supported", openId ? ID_TOKEN_CLAIMS : ACCESS_TOKEN_CLAIMS);
        texts(out, "code_challenge_methods_supported", List.of("S256"));
        endpoint(out, "introspection_endpoint", "introspect");
        texts(out, "introspection_endpoint_auth_methods_supported", CLIENT_AUTHENTICATION);
        endpoint(out, "revocation_endpoint", "revoke");
        texts(out, "revocation_endpoint_auth_methods_supported", CLIENT_AUTHENTICATION);
        endpoint(out, "end_session_endpoint", "logout");
        out.writeBooleanProperty("request_parameter_supported", true);
        texts(out, "request_object_signing_alg_values_supported", REQUEST_ALGORITHMS);
        endpoint(out, "device_authorization_endpoint", "device/authorize");
        endpoint(out, "pushed_authorization_request_endpoint", "par");
        endpoint(out, "backchannel_authentication_endpoint", "bc/authorize");
        texts(out, "backchannel_token_delivery_modes_supported", List.of("poll"));
        texts(
                out,
                "backchannel_authentication_request_signing_alg_values_supported",
                REQUEST_ALGORITHMS);
        out.writeEndObject();
    }

    private void endpoint(JsonGenerator out, String name, String path) {
        out.writeStringProperty(name, base + "/v1/" + path);
    }

    private static void texts(JsonGenerator out, String name, List<String> values) {
        out.writeArrayPropertyStart(name);
        values.forEach(out::writeString);
        out.writeEndArray();
    }
}
