package dev.ostiary.server.apps;

import static dev.ostiary.server.apps.TestApps.id;
import static dev.ostiary.server.apps.TestApps.json;
import static dev.ostiary.server.apps.TestApps.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.directory.TestDirectory;
import dev.ostiary.server.fixture.AtOnce;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("What apps prove themselves with")
class AppCredentialsTest {

    private static final String SAML = "{\"label\": \"Signs\", \"signOnMode\": \"SAML_2_0\"}";

    private static final String CLIENT =
            """
            {"name": "oidc_client", "label": "Client", "signOnMode": "OPENID_CONNECT",
             "settings": {"oauthClient": {"application_type": "web",
                "redirect_uris": ["https://a.example/cb"]}}}""";

    private static final String KEY =
            "{\"kty\": \"RSA\", \"kid\": \"%s\", \"use\": \"%s\", \"e\": \"AQAB\", \"n\": \"%s\"}";

    private final TestApps apps;

    AppCredentialsTest(DatabaseAccess access) {
        apps = new TestApps(access);
    }

    @AfterAll
    void close() {
        apps.close();
    }

    @Test
    @DisplayName("an app's first key is made when somebody asks for it, once for all who ask")
    void firstKey() throws Exception {
        Org org = apps.directory.org("keys-first");
        JsonNode app = apps.create(org, SAML);
        String kid = app.at("/credentials/signing/kid").asString();
        assertThat(rows(org)).isEmpty();
        List<JsonNode> asked =
                AtOnce.call(
                        Collections.nCopies(
                                3, () -> json(apps.on(org, "listApplicationKeys", id(app)))));
        assertThat(asked).containsOnly(asked.getFirst());
        JsonNode key = asked.getFirst().get(0);
        assertThat(asked.getFirst()).hasSize(1);
        assertThat(key.path("kid").asString()).isEqualTo(kid);
        byte[] der = Base64.getDecoder().decode(key.at("/x5c/0").asString());
        X509Certificate certificate =
                (X509Certificate)
                        CertificateFactory.getInstance("X.509")
                                .generateCertificate(new ByteArrayInputStream(der));
        certificate.verify(certificate.getPublicKey());
        assertThat(key.path("x5t#S256").asString())
                .isEqualTo(
                        Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(MessageDigest.getInstance("SHA-256").digest(der)));
        assertThat(apps.of(org, "getApplicationKey", id(app), "keyId", kid, "").body())
                .isEqualTo(Json.text(key).getBytes(StandardCharsets.UTF_8));
        String xml =
                new String(
                        apps.on(org, "previewSAMLmetadataForApplication", id(app)).body(),
                        StandardCharsets.UTF_8);
        assertThat(xml)
                .contains("<ds:X509Certificate>" + key.at("/x5c/0").asString() + "<")
                .contains("Location=\"https://org.example/app/keysfirst_signs_1/exk");
    }

    private List<String> rows(Org org) {
        return apps.directory
                .database()
                .read(
                        org.number(),
                        reader ->
                                reader.list(
                                        Sql.of(
                                                "SELECT kid FROM app_key WHERE org_id = ?",
                                                org.number()),
                                        row -> row.text("kid")));
    }

    @Test
    @DisplayName("a key is generated, and signs once the app says so; another one's key never does")
    void rollover() {
        Org org = apps.directory.org("keys-rollover");
        String id = id(apps.create(org, SAML));
        String other = id(apps.create(org, SAML));
        Reply made =
                apps.directory.call(
                        org, "generateApplicationKey", Map.of("appId", id), "validityYears=2");
        String kid = json(made).path("kid").asString();
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.headers())
                .extracting(header -> header.name() + ": " + header.value())
                .contains(
                        "Location: https://org.example/api/v1/apps/"
                                + id
                                + "/credentials/keys/"
                                + kid);
        for (String years : List.of("1", "11", "x", "")) {
            refused(
                    () ->
                            apps.directory.call(
                                    org,
                                    "generateApplicationKey",
                                    Map.of("appId", id),
                                    "validityYears=" + years),
                    "E0000001",
                    "Validity years out of range. It should be 2 - 10 years");
        }
        String wanted =
                "{\"label\": \"Signs\", \"signOnMode\": \"SAML_2_0\", \"credentials\":"
                        + " {\"signing\": {\"kid\": \""
                        + kid
                        + "\"}}}";
        assertThat(apps.replace(org, id, wanted).at("/credentials/signing/kid").asString())
                .isEqualTo(kid);
        refused(
                () -> apps.replace(org, other, wanted),
                "E0000001",
                "credentials.signing.kid: The key is not one of the app's key credentials");
        Map<String, String> key = Map.of("appId", id, "keyId", kid);
        assertThat(
                        apps.directory
                                .call(org, "cloneApplicationKey", key, "targetAid=" + other)
                                .status())
                .isEqualTo(201);
        refused(
                () -> apps.directory.call(org, "cloneApplicationKey", key, "targetAid=" + other),
                "E0000001",
                "Key already exists in the list of key credentials for the target app.");
        assertThat(apps.replace(org, other, wanted).at("/credentials/signing/kid").asString())
                .isEqualTo(kid);
        TestDirectory.notFound(
                () -> apps.directory.call(org, "cloneApplicationKey", key, "targetAid=0oa"),
                "0oa",
                "AppInstance");
    }

    @Test
    @DisplayName("a request for a certificate waits until it is published or revoked")
    void requests() throws Exception {
        Org org = apps.directory.org("keys-requests");
        String id = id(apps.create(org, SAML));
        String subject =
                "{\"subject\": {\"countryName\": \"US\", \"commonName\": \"SP\"},"
                        + " \"subjectAltNames\": {\"dnsNames\": [\"dev.example.com\"]}}";
        JsonNode made =
                json(
                        apps.directory.call(
                                org,
                                "generateCsrForApplication",
                                Map.of("appId", id),
                                "",
                                subject));
        String csr = made.path("id").asString();
        assertThat(json(apps.on(org, "listCsrsForApplication", id))).containsExactly(made);
        // the key of some other request
        JsonNode signer = json(apps.on(org, "listApplicationKeys", id)).get(0);
        refused(
                () ->
                        apps.of(
                                org,
                                "publishCsrFromApplication",
                                id,
                                "csrId",
                                csr,
                                "-----BEGIN CERTIFICATE-----\n"
                                        + signer.at("/x5c/0").asString()
                                        + "\n-----END CERTIFICATE-----\n"),
                "E0000001",
                "The certificate does not match the CSR.");
        refused(
                () -> apps.of(org, "publishCsrFromApplication", id, "csrId", csr, "nonsense"),
                "E0000001",
                "The certificate could not be read.");
        String pem = Certificates.signed(made.path("csr").asString(), 400);
        refused(
                () ->
                        apps.of(
                                org,
                                "publishCsrFromApplication",
                                id,
                                "csrId",
                                csr,
                                Certificates.signed(made.path("csr").asString(), 30)),
                "E0000001",
                "The certificate's validity period is less than 90 days.");
        Reply published = apps.of(org, "publishCsrFromApplication", id, "csrId", csr, pem);
        assertThat(published.status()).isEqualTo(201);
        assertThat(json(published).path("kid").asString()).isEqualTo(csr);
        assertThat(json(apps.on(org, "listCsrsForApplication", id))).isEmpty();
        assertThat(json(apps.on(org, "listApplicationKeys", id))).hasSize(2);
        TestDirectory.notFound(
                () -> apps.of(org, "revokeCsrFromApplication", id, "csrId", csr, ""),
                csr,
                "CertificateSigningRequest");
    }

    @Test
    @DisplayName("two secrets at most, one of them active at least")
    void secrets() throws Exception {
        Org org = apps.directory.org("keys-secrets");
        JsonNode app = apps.create(org, CLIENT);
        String id = id(app);
        JsonNode first = json(apps.on(org, "listOAuth2ClientSecrets", id)).get(0);
        assertThat(first.path("client_secret"))
                .isEqualTo(app.at("/credentials/oauthClient/client_secret"));
        assertThat(first.path("secret_hash").asString()).hasSize(22);
        String firstId = first.path("id").asString();
        refused(
                () -> apps.of(org, "deactivateOAuth2ClientSecret", id, "secretId", firstId, ""),
                "E0000001",
                "You can't deactivate the only active client secret.");
        Callable<Integer> maker =
                () -> {
                    try {
                        return apps.on(org, "createOAuth2ClientSecret", id).status();
                    } catch (ApiException full) {
                        return 400;
                    }
                };
        assertThat(AtOnce.call(Collections.nCopies(4, maker)))
                .containsExactlyInAnyOrder(201, 400, 400, 400);
        refused(
                () -> apps.of(org, "deleteOAuth2ClientSecret", id, "secretId", firstId, ""),
                "E0000001",
                "You can't delete an active client secret. Deactivate the secret before deleting"
                        + " it.");
        apps.of(org, "deactivateOAuth2ClientSecret", id, "secretId", firstId, "");
        assertThat(verified(org, id, first.path("client_secret").asString())).isFalse();
        apps.of(org, "activateOAuth2ClientSecret", id, "secretId", firstId, "");
        assertThat(verified(org, id, first.path("client_secret").asString())).isTrue();
        apps.of(org, "deactivateOAuth2ClientSecret", id, "secretId", firstId, "");
        assertThat(apps.of(org, "deleteOAuth2ClientSecret", id, "secretId", firstId, "").status())
                .isEqualTo(204);
        refused(
                () ->
                        apps.directory.call(
                                org,
                                "createOAuth2ClientSecret",
                                Map.of("appId", id),
                                "",
                                "{\"client_secret\": \"short\"}"),
                "E0000001",
                "client_secret: 'client_secret' must be at least '14' characters long.");
    }

    private boolean verified(Org org, String clientId, String secret) {
        return apps.directory
                .database()
                .read(
                        org.number(),
                        reader ->
                                apps.clients
                                        .find(reader, clientId)
                                        .filter(
                                                c ->
                                                        apps.clients
                                                                .activeSecrets(reader, c)
                                                                .contains(secret))
                                        .isPresent());
    }

    @Test
    @DisplayName("public keys come and go one by one, and the app's settings show them")
    void publicKeys() {
        Org org = apps.directory.org("keys-public");
        String id = id(apps.create(org, CLIENT));
        JsonNode one = add(org, id, KEY.formatted("one", "sig", "w".repeat(342)));
        assertThat(one.path("id").asString()).startsWith("pks");
        refused(
                () -> add(org, id, KEY.formatted("one", "sig", "w".repeat(342))),
                "E0000001",
                "All keys in the 'jwks' must have a unique `kid`.");
        JsonNode two = add(org, id, KEY.formatted("two", "enc", "w".repeat(342)));
        JsonNode three = add(org, id, KEY.formatted("three", "enc", "w".repeat(342)));
        assertThat(json(apps.on(org, "listJwk", id)))
                .extracting(key -> key.path("kid").asString() + key.path("status").asString())
                .containsExactly("oneACTIVE", "twoINACTIVE", "threeACTIVE");
        assertThat(apps.get(org, id).at("/settings/oauthClient/jwks/keys")).hasSize(3);
        assertThat(client(org, id).jwks()).contains("one", "three").doesNotContain("two");
        refused(
                () -> apps.of(org, "deletejwk", id, "keyId", id(three), ""),
                "E0000001",
                "You can't delete an active JSON Web Key. Deactivate the key before deleting it.");
        assertThat(
                        json(apps.of(
                                        org,
                                        "deactivateOAuth2ClientJsonWebKey",
                                        id,
                                        "keyId",
                                        id(three),
                                        ""))
                                .path("status")
                                .asString())
                .isEqualTo("INACTIVE");
        assertThat(apps.of(org, "deletejwk", id, "keyId", id(two), "").status()).isEqualTo(204);
        TestDirectory.notFound(
                () -> apps.of(org, "getJwk", id, "keyId", id(two), ""), id(two), "JsonWebKey");
    }

    @Test
    @DisplayName("a client whose ID tokens are encrypted keeps a key for that")
    void encryptionKeyInUse() {
        Org org = apps.directory.org("keys-encrypting");
        String id =
                id(
                        apps.create(
                                org,
                                CLIENT.replace(
                                        "\"application_type\"",
                                        "\"id_token_encrypted_response_alg\": \"RSA-OAEP-256\","
                                                + " \"application_type\"")));
        String key = id(add(org, id, KEY.formatted("e", "enc", "w".repeat(342))));
        refused(
                () -> apps.of(org, "deactivateOAuth2ClientJsonWebKey", id, "keyId", key, ""),
                "E0000001",
                "You can't deactivate the active encryption key.");
    }

    @Test
    @DisplayName("P6 what is no text where a key has texts is refused by name, not thrown over")
    void keysOfOtherTypes() {
        Org org = apps.directory.org("keys-types");
        String id = id(apps.create(org, CLIENT));
        refused(
                () -> add(org, id, "{\"kty\": \"EC\", \"crv\": {}, \"x\": \"\", \"y\": \"\"}"),
                "E0000001",
                "crv: 'crv' is invalid. Valid values: [P-256, P-384, P-521].");
        refused(
                () -> add(org, id, "{\"kty\": [], \"e\": \"AQAB\"}"),
                "E0000001",
                "kty: 'kty' is invalid. Valid values: [RSA, EC].");
    }

    private Client client(Org org, String id) {
        return apps.directory
                .database()
                .read(org.number(), reader -> apps.clients.find(reader, id))
                .orElseThrow();
    }

    private JsonNode add(Org org, String id, String key) {
        return json(apps.directory.call(org, "addJwk", Map.of("appId", id), "", key));
    }

    @Test
    @DisplayName("P40 nothing of another org's app can be asked for")
    void walls() {
        Org org = apps.directory.org("keys-walls");
        Org other = apps.directory.org("keys-walls-2");
        String id = id(apps.create(org, CLIENT));
        for (String operation :
                List.of(
                        "listApplicationKeys",
                        "listCsrsForApplication",
                        "listOAuth2ClientSecrets",
                        "listJwk",
                        "previewSAMLmetadataForApplication",
                        "createOAuth2ClientSecret")) {
            TestDirectory.notFound(() -> apps.on(other, operation, id), id, "AppInstance");
        }
    }
}
