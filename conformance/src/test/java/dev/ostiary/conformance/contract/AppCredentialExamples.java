package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The tags ApplicationSSOCredentialKey, ApplicationSSOPublicKeys and ApplicationSSO. */
final class AppCredentialExamples implements Examples.Family {

    private static final String APP = AppExamples.VARIABLE;
    private static final String KEY = "keyId";
    private static final String CSR = "csrId";
    private static final String SECRET = "secretId";
    private static final String SUBJECT =
            """
            {"subject": {"countryName": "US", "stateOrProvinceName": "California",
               "localityName": "San Francisco", "organizationName": "Example",
               "organizationalUnitName": "Dev", "commonName": "SP Issuer"},
             "subjectAltNames": {"dnsNames": ["dev.example.com"]}}""";

    @Override
    public void say(Examples examples) {
        keys(examples);
        requests(examples);
        secrets(examples);
        publicKeys(examples);
        grants(examples);
        examples.answers("previewSAMLmetadataForApplication", "text/xml");
        examples.of("previewSAMLmetadataForApplication", stock -> Call.on(APP, saml(stock)));
    }

    private static void keys(Examples examples) {
        examples.of("listApplicationKeys", stock -> Call.on(APP, saml(stock)));
        examples.of(
                "generateApplicationKey",
                stock -> Call.on(APP, saml(stock)).query("validityYears=2"));
        examples.of("getApplicationKey", stock -> onKey(stock));
        examples.of("cloneApplicationKey", stock -> onKey(stock).query("targetAid=" + saml(stock)));
    }

    private static Call onKey(Stock stock) {
        String app = saml(stock);
        JsonNode key =
                stock.http()
                        .get(AppExamples.APPS + "/" + app + "/credentials/keys")
                        .expect(200)
                        .json()
                        .get(0);
        return Call.on(APP, app).and(KEY, key.path("kid").asString());
    }

    private static void requests(Examples examples) {
        examples.of("generateCsrForApplication", stock -> Call.on(APP, saml(stock)).body(SUBJECT));
        examples.of(
                "listCsrsForApplication",
                stock -> Call.on(APP, String.valueOf(onRequest(stock).variables().get(APP))));
        examples.of("getCsrForApplication", AppCredentialExamples::onRequest);
        examples.of("revokeCsrFromApplication", AppCredentialExamples::onRequest);
        examples.refused(
                "publishCsrFromApplication",
                400,
                "E0000001",
                "an authority that signs, which AppKeyJourneyTest plays",
                AppCredentialExamples::onRequest);
    }

    private static Call onRequest(Stock stock) {
        String app = saml(stock);
        String csr =
                stock.http()
                        .post(AppExamples.APPS + "/" + app + "/credentials/csrs", SUBJECT)
                        .expect(201)
                        .text("id");
        return Call.on(APP, app).and(CSR, csr);
    }

    private static void secrets(Examples examples) {
        examples.of("listOAuth2ClientSecrets", stock -> Call.on(APP, AppExamples.client(stock)));
        examples.of(
                "createOAuth2ClientSecret",
                stock -> Call.on(APP, AppExamples.client(stock)).optionalBody("{}"));
        examples.of("getOAuth2ClientSecret", stock -> onSecret(stock, false));
        examples.of("deactivateOAuth2ClientSecret", stock -> onSecret(stock, false));
        examples.of("activateOAuth2ClientSecret", stock -> onSecret(stock, true));
        examples.of("deleteOAuth2ClientSecret", stock -> onSecret(stock, true));
    }

    /** A second secret. */
    private static Call onSecret(Stock stock, boolean asleep) {
        String app = AppExamples.client(stock);
        String status = asleep ? "INACTIVE" : "ACTIVE";
        String secret =
                stock.http()
                        .post(
                                AppExamples.APPS + "/" + app + "/credentials/secrets",
                                Json.object().put("status", status))
                        .expect(201)
                        .text("id");
        return Call.on(APP, app).and(SECRET, secret);
    }

    private static void publicKeys(Examples examples) {
        examples.of(
                "listJwk", stock -> Call.on(APP, AppExamples.make(stock, AppExamples.service())));
        examples.of("addJwk", stock -> Call.on(APP, AppExamples.client(stock)).body(jwk("ACTIVE")));
        examples.of("getJwk", stock -> onJwk(stock, "ACTIVE"));
        examples.of("deactivateOAuth2ClientJsonWebKey", stock -> onJwk(stock, "ACTIVE"));
        examples.of("activateOAuth2ClientJsonWebKey", stock -> onJwk(stock, "INACTIVE"));
        examples.of("deletejwk", stock -> onJwk(stock, "INACTIVE"));
    }

    private static Call onJwk(Stock stock, String status) {
        String app = AppExamples.client(stock);
        String key =
                stock.http()
                        .post(AppExamples.APPS + "/" + app + "/credentials/jwks", jwk(status))
                        .expect(201)
                        .text("id");
        return Call.on(APP, app).and(KEY, key);
    }

    private static String jwk(String status) {
        return "{\"kty\": \"RSA\", \"kid\": \"stock-key\", \"use\": \"sig\", \"alg\": \"RS256\","
                + " \"e\": \"AQAB\", \"status\": \""
                + status
                + "\", \"n\": \""
                + "w".repeat(342)
                + "\"}";
    }

    private static void grants(Examples examples) {
        examples.of(
                "grantConsentToScope",
                stock -> Call.on(APP, AppExamples.client(stock)).body(grant(stock)));
        examples.of("listScopeConsentGrants", stock -> onGrant(stock, false));
        examples.of("getScopeConsentGrant", stock -> onGrant(stock, true).query("expand=scope"));
        examples.of("revokeScopeConsentGrant", stock -> onGrant(stock, true));
    }

    private static ObjectNode grant(Stock stock) {
        return Json.object().put("issuer", stock.org().url()).put("scopeId", "okta.users.read");
    }

    private static Call onGrant(Stock stock, boolean one) {
        String app = AppExamples.client(stock);
        String grant =
                stock.http()
                        .post(AppExamples.APPS + "/" + app + "/grants", grant(stock))
                        .expect(201)
                        .text("id");
        Call call = Call.on(APP, app);
        return one ? call.and("grantId", grant) : call;
    }

    private static String saml(Stock stock) {
        return AppExamples.make(stock, AppExamples.saml());
    }
}
