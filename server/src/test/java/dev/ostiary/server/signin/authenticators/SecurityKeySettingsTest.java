package dev.ostiary.server.signin.authenticators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.directory.TestDirectory;
import dev.ostiary.server.signin.factors.SecurityKeyRules;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("What an org sets of its security keys")
class SecurityKeySettingsTest {

    private static final String DOMAIN = "keys.example.com";

    private final TestDirectory directory;
    private final Map<String, List<String>> texts = new ConcurrentHashMap<>();

    SecurityKeySettingsTest(DatabaseAccess access) {
        directory = new TestDirectory(access);
        directory.bind(
                new Authenticators(
                        directory.database(),
                        directory.ids(),
                        directory.time(),
                        EventCatalogue.load(),
                        name -> texts.getOrDefault(name, List.of())));
    }

    @AfterAll
    void close() {
        directory.close();
    }

    private String keys(Org org) {
        return TestDirectory.json(
                        directory.call(
                                org, "createAuthenticator", Map.of(), "", "{\"key\":\"webauthn\"}"))
                .path("id")
                .asString();
    }

    private JsonNode set(Org org, String keys, String settings) {
        return TestDirectory.json(
                        directory.call(
                                org,
                                "replaceAuthenticatorMethod",
                                Map.of("authenticatorId", keys, "methodType", "webauthn"),
                                "",
                                "{\"settings\":" + settings + "}"))
                .path("settings");
    }

    private void verify(Org org, String keys) {
        directory.call(
                org,
                "verifyRpIdDomain",
                Map.of("authenticatorId", keys, "webAuthnMethodType", "webauthn"),
                "",
                "");
    }

    private SecurityKeyRules rules(Org org) {
        return directory
                .database()
                .read(org.number(), reader -> new OrgAuthenticators().keys(reader, org));
    }

    private static void refused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.code()).isEqualTo("E0000001"));
    }

    private static String rpId(String domain, boolean enabled) {
        return "{\"rpId\":{\"enabled\":%s,\"domain\":{\"name\":\"%s\",\"validationStatus\":\"VERIFIED\"}}}"
                .formatted(enabled, domain);
    }

    @Test
    @DisplayName("a domain of its own is proven by a TXT record, and used only then")
    void domain() {
        Org org = directory.org("keys-domain");
        String keys = keys(org);
        refused(() -> verify(org, keys));
        refused(() -> set(org, keys, rpId(DOMAIN, true)));

        JsonNode begun = set(org, keys, rpId(DOMAIN, false)).at("/rpId/domain");

        assertThat(begun.path("validationStatus").asString()).isEqualTo("NOT_STARTED");
        assertThat(begun.at("/dnsRecord/recordType").asString()).isEqualTo("TXT");
        String name = begun.at("/dnsRecord/fqdn").asString();
        assertThat(name).isEqualTo("_oktaverification." + DOMAIN);
        refused(() -> verify(org, keys));
        texts.put(name, List.of("something else"));
        refused(() -> verify(org, keys));
        assertThat(set(org, keys, "{}").at("/rpId/domain/validationStatus").asString())
                .isEqualTo("ERROR");
        refused(() -> set(org, keys, rpId(DOMAIN, true)));
        assertThat(rules(org).relyingParty()).isEmpty();
        texts.put(name, List.of("v=spf1", begun.at("/dnsRecord/verificationValue").asString()));
        verify(org, keys);
        JsonNode verified = set(org, keys, rpId(DOMAIN, true)).at("/rpId/domain");
        assertThat(verified.path("validationStatus").asString()).isEqualTo("VERIFIED");
        assertThat(verified.has("dnsRecord")).isFalse();
        assertThat(rules(org).relyingParty()).contains(DOMAIN);
        refused(() -> set(org, keys, rpId("other.example.com", true)));
    }

    @Test
    @DisplayName("P40 what proves a domain to one org proves it to no other")
    void apart() {
        Org one = directory.org("keys-apart-one");
        Org two = directory.org("keys-apart-two");
        String keysOfOne = keys(one);
        String keysOfTwo = keys(two);
        JsonNode here = set(one, keysOfOne, rpId("apart.example.com", false));
        set(two, keysOfTwo, rpId("apart.example.com", false));
        texts.put(
                here.at("/rpId/domain/dnsRecord/fqdn").asString(),
                List.of(here.at("/rpId/domain/dnsRecord/verificationValue").asString()));

        verify(one, keysOfOne);

        refused(() -> verify(two, keysOfTwo));
        assertThatThrownBy(() -> verify(two, keysOfOne))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.code()).isEqualTo("E0000007"));
    }

    @Test
    @DisplayName("what is no domain is refused")
    void noDomain() {
        Org org = directory.org("keys-no-domain");
        String keys = keys(org);
        for (String name : List.of("a b", "-a.example", "a..example", "a/b", "x".repeat(250))) {
            refused(() -> set(org, keys, rpId(name, false)));
        }
    }

    @Test
    @DisplayName("models of keys stand under names that policies ask for")
    void groups() {
        Org org = directory.org("keys-groups");
        String keys = keys(org);
        String model = "cb69481e-8ff7-4039-93ec-0a2729a154a8";

        set(org, keys, "{\"aaguidGroups\":[{\"name\":\"Ours\",\"aaguids\":[\"" + model + "\"]}]}");

        assertThat(rules(org).groups()).isEqualTo(Map.of("Ours", Set.of(UUID.fromString(model))));
        refused(() -> set(org, keys, "{\"aaguidGroups\":[{\"aaguids\":[]}]}"));
    }
}
