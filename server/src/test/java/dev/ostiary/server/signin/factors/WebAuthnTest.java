package dev.ostiary.server.signin.factors;

import static dev.ostiary.server.signin.factors.FactorGround.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.fixture.AtOnce;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Security keys")
class WebAuthnTest {

    private static final String HERE = "https://org.example";
    private static final String KEY = "{\"factorType\":\"webauthn\",\"provider\":\"FIDO\"}";
    private static final String WRONG =
            "Your passcode doesn't match our records. Please try again.";

    private final FactorGround ground;

    WebAuthnTest(DatabaseAccess access) {
        ground = new FactorGround(access, "webauthn");
    }

    @AfterAll
    void close() {
        ground.close();
    }

    private static String challenge(JsonNode enrolled) {
        return enrolled.at("/_embedded/activation/challenge").asString();
    }

    private String asked(String user, String id) {
        JsonNode asked = ground.call("verifyFactor", user, id, "");
        assertThat(asked.path("factorResult").asString()).isEqualTo("CHALLENGE");
        return asked.at("/_embedded/challenge/challenge").asString();
    }

    /** A user's key, enrolled. */
    private record Enrolled(String user, String id, SecurityKey key) {}

    private Enrolled enrolled(String name) throws Exception {
        String user = ground.user(name + "@org.example");
        JsonNode made = ground.enrol(user, KEY);
        String id = made.path("id").asString();
        SecurityKey key = new SecurityKey(name, HERE, "org.example");
        ground.call("activateFactor", user, id, key.registration(challenge(made)));
        return new Enrolled(user, id, key);
    }

    @Test
    @DisplayName("a key is enrolled by what it attests, and proven by what it signs")
    void whole() throws Exception {
        String user = ground.user("key@org.example");
        JsonNode made = ground.enrol(user, KEY);
        String id = made.path("id").asString();
        assertThat(id).startsWith("fwf");
        assertThat(made.has("profile")).isFalse();
        JsonNode activation = made.at("/_embedded/activation");
        assertThat(activation.propertyNames())
                .containsExactly(
                        "attestation",
                        "authenticatorSelection",
                        "challenge",
                        "excludeCredentials",
                        "pubKeyCredParams",
                        "rp",
                        "user");
        assertThat(activation.at("/user/id").asString()).isEqualTo(user);
        SecurityKey key = new SecurityKey("one", HERE, "org.example");
        JsonNode active =
                ground.call("activateFactor", user, id, key.registration(challenge(made)));
        assertThat(active.path("status").asString()).isEqualTo("ACTIVE");
        assertThat(active.at("/profile/credentialId").asString()).isEqualTo(key.credentialId());

        String challenge = asked(user, id);
        JsonNode proven = ground.call("verifyFactor", user, id, key.assertion(challenge));
        assertThat(proven.path("factorResult").asString()).isEqualTo("SUCCESS");
        assertThat(proven.at("/profile/credentialId").asString()).isEqualTo(key.credentialId());
        refused(
                () -> ground.call("verifyFactor", user, id, key.assertion(challenge)),
                "E0000068",
                WRONG);
    }

    @Test
    @DisplayName("a user has several keys; one that is enrolled is excluded, and nobody else's")
    void several() throws Exception {
        Enrolled first = enrolled("several");
        JsonNode second = ground.enrol(first.user(), KEY);
        assertThat(second.at("/_embedded/activation/excludeCredentials/0/id").asString())
                .isEqualTo(first.key().credentialId());
        refused(
                () ->
                        ground.call(
                                "activateFactor",
                                first.user(),
                                second.path("id").asString(),
                                first.key().registration(challenge(second))),
                "E0000068",
                WRONG);
        SecurityKey other = new SecurityKey("several-too", HERE, "org.example");
        ground.call(
                "activateFactor",
                first.user(),
                second.path("id").asString(),
                other.registration(challenge(second)));
        refused(
                () ->
                        ground.call(
                                "verifyFactor",
                                first.user(),
                                first.id(),
                                other.assertion(asked(first.user(), first.id()))),
                "E0000068",
                WRONG);
    }

    @Test
    @DisplayName(
            "another challenge, another page, another relying party, an old challenge: none of them counts")
    void wrong() throws Exception {
        Enrolled enrolled = enrolled("wrong");
        String user = enrolled.user();
        String id = enrolled.id();
        List<String> bodies =
                List.of(
                        enrolled.key().assertion("AAAAAAAAAAAAAAAAAAAAAAAA"),
                        enrolled.key()
                                .at("https://evil.example", "org.example")
                                .assertion(asked(user, id)));
        for (String body : bodies) {
            refused(() -> ground.call("verifyFactor", user, id, body), "E0000068", WRONG);
        }
        SecurityKey elsewhere = enrolled.key().at("https://app.example", "app.example");
        refused(
                () -> ground.call("verifyFactor", user, id, elsewhere.assertion(asked(user, id))),
                "E0000068",
                WRONG);
        String old = asked(user, id);
        ground.pass(Duration.ofMinutes(5));
        refused(
                () -> ground.call("verifyFactor", user, id, enrolled.key().assertion(old)),
                "E0000068",
                WRONG);
        String now = asked(user, id);
        ground.call("verifyFactor", user, id, enrolled.key().assertion(now));
    }

    @Test
    @DisplayName("a page that the org trusts may ask, and is the relying party then")
    void trustedOrigin() throws Exception {
        String user = ground.user("trusted@org.example");
        JsonNode made = ground.enrol(user, KEY);
        String id = made.path("id").asString();
        SecurityKey key = new SecurityKey("trusted", "https://app.example", "app.example");
        ground.call("activateFactor", user, id, key.registration(challenge(made)));
        ground.call("verifyFactor", user, id, key.assertion(asked(user, id)));
    }

    @Test
    @DisplayName("a counter that stands still tells of a copy")
    void copied() throws Exception {
        Enrolled enrolled = enrolled("copied");
        String user = enrolled.user();
        String id = enrolled.id();
        ground.call("verifyFactor", user, id, enrolled.key().assertion(asked(user, id)));
        refused(
                () ->
                        ground.call(
                                "verifyFactor",
                                user,
                                id,
                                enrolled.key().assertionAgain(asked(user, id))),
                "E0000068",
                WRONG);
    }

    @Test
    @DisplayName("P39 of 50 who show the same signature at once one wins")
    void oneWinner() throws Exception {
        Enrolled enrolled = enrolled("winner");
        String body = enrolled.key().assertion(asked(enrolled.user(), enrolled.id()));
        Callable<String> attempt =
                () -> {
                    try {
                        return ground.call("verifyFactor", enrolled.user(), enrolled.id(), body)
                                .path("factorResult")
                                .asString();
                    } catch (ApiException e) {
                        return e.code();
                    }
                };
        List<String> outcomes = AtOnce.call(Collections.nCopies(50, attempt));
        assertThat(Collections.frequency(outcomes, "SUCCESS")).isEqualTo(1);
        assertThat(outcomes).containsOnly("SUCCESS", "E0000068", "E0000047");
    }
}
