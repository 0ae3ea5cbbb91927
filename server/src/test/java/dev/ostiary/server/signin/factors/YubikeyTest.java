package dev.ostiary.server.signin.factors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.directory.TestDirectory;
import dev.ostiary.server.fixture.AtOnce;
import dev.ostiary.server.signin.yubikeys.YubikeyTokens;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
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
@DisplayName("YubiKeys that make one-time passwords")
class YubikeyTest {

    private static final String ALPHABET = "cbdefghijklnrtuv";

    private final FactorGround ground;
    private final SecureRandom random = new SecureRandom();

    YubikeyTest(DatabaseAccess access) {
        ground = new FactorGround(access, "yubikeys");
        ground.directory.bind(
                new YubikeyTokens(
                        ground.directory.database(),
                        ground.directory.ids(),
                        ground.directory.time(),
                        EventCatalogue.load(),
                        ground.sealed));
    }

    @AfterAll
    void close() {
        ground.close();
    }

    /** A key whose seed an org knows. */
    private record Uploaded(SoftYubikey key, String body, JsonNode token) {}

    private Uploaded uploaded(Org org) {
        byte[] bytes = new byte[28];
        random.nextBytes(bytes);
        StringBuilder publicId = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            publicId.append(ALPHABET.charAt(bytes[i] & 15));
        }
        String privateId = HexFormat.of().formatHex(bytes, 0, 6);
        String key = HexFormat.of().formatHex(bytes, 12, 28);
        String body =
                """
                {"serialNumber":"7886622","publicId":"%s","privateId":"%s","aesKey":"%s"}"""
                        .formatted(publicId, privateId, key);
        return new Uploaded(
                new SoftYubikey(publicId.toString(), privateId, key), body, upload(org, body));
    }

    private JsonNode upload(Org org, String body) {
        return TestDirectory.json(
                ground.directory.call(org, "uploadYubikeyOtpTokenSeed", Map.of(), "", body));
    }

    private JsonNode token(JsonNode token) {
        return TestDirectory.json(
                ground.directory.call(
                        ground.org,
                        "getYubikeyOtpTokenById",
                        Map.of("tokenId", token.path("id").asString()),
                        ""));
    }

    private static String enrolment(String passCode) {
        return "{\"factorType\":\"token:hardware\",\"provider\":\"YUBICO\",\"verify\":{\"passCode\":\""
                + passCode
                + "\"}}";
    }

    @Test
    @DisplayName("a key is unassigned, then its user's, then revoked; uploaded anew it begins anew")
    void life() {
        Uploaded uploaded = uploaded(ground.org);
        assertThat(uploaded.token().path("status").asString()).isEqualTo("UNASSIGNED");
        assertThat(uploaded.token().at("/profile/serial").asString()).isEqualTo("000007886622");
        assertThat(uploaded.token().toString()).doesNotContain("aesKey", "privateId", "secret");
        String user = ground.user("yubi-life@example.com");

        JsonNode factor = ground.enrol(user, enrolment(uploaded.key().touch()));

        assertThat(factor.path("status").asString()).isEqualTo("ACTIVE");
        assertThat(factor.at("/profile/credentialId").asString()).isEqualTo("000007886622");
        JsonNode active = token(uploaded.token());
        assertThat(active.path("status").asString()).isEqualTo("ACTIVE");
        assertThat(active.at("/_links/user/href").asString()).endsWith("/users/" + user);
        FactorGround.refused(
                () -> upload(ground.org, uploaded.body()),
                "E0000001",
                "publicId: There is a YubiKey with this public ID already.");
        ground.reply("unenrollFactor", user, factor.path("id").asString(), "");
        assertThat(token(uploaded.token()).path("status").asString()).isEqualTo("REVOKED");
        FactorGround.refused(
                () -> ground.enrol(user, enrolment(uploaded.key().touch())),
                "E0000068",
                "Your passcode doesn't match our records. Please try again.");
        assertThat(upload(ground.org, uploaded.body()).path("status").asString())
                .isEqualTo("UNASSIGNED");
        assertThat(ground.enrol(user, enrolment(uploaded.key().touch())).path("status").asString())
                .isEqualTo("ACTIVE");
    }

    @Test
    @DisplayName("no password works twice, nor one that was made before the last")
    void once() {
        Uploaded uploaded = uploaded(ground.org);
        String user = ground.user("yubi-once@example.com");
        String first = uploaded.key().touch();
        String factor = ground.enrol(user, enrolment(first)).path("id").asString();
        String skipped = uploaded.key().touch();
        uploaded.key().restart();
        String later = uploaded.key().touch();

        assertThat(ground.verify(user, factor, later).path("factorResult").asString())
                .isEqualTo("SUCCESS");

        for (String old : List.of(first, skipped, later)) {
            FactorGround.refused(() -> ground.verify(user, factor, old), "E0000082");
        }
    }

    @Test
    @DisplayName("a key proves its own user alone, and is known in its own org alone (P40)")
    void others() {
        Uploaded uploaded = uploaded(ground.org);
        Uploaded another = uploaded(ground.org);
        String user = ground.user("yubi-one@example.com");
        String factor = ground.enrol(user, enrolment(uploaded.key().touch())).path("id").asString();
        String stranger = ground.user("yubi-two@example.com");

        FactorGround.refused(
                () -> ground.enrol(stranger, enrolment(uploaded.key().touch())),
                "E0000068",
                "Your passcode doesn't match our records. Please try again.");
        FactorGround.refused(
                () -> ground.verify(user, factor, another.key().touch()),
                "E0000068",
                "Your passcode doesn't match our records. Please try again.");
        Org other = ground.directory.org("yubikeys-elsewhere");
        assertThat(upload(other, uploaded.body()).path("status").asString())
                .isEqualTo("UNASSIGNED");
        FactorGround.refused(
                () ->
                        ground.directory.call(
                                other,
                                "getYubikeyOtpTokenById",
                                Map.of("tokenId", uploaded.token().path("id").asString()),
                                ""),
                "E0000007");
    }

    @Test
    @DisplayName("P39 of many who enrol one key at once, one has it; and one password counts once")
    void atOnce() throws Exception {
        Uploaded uploaded = uploaded(ground.org);
        List<Callable<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String user = ground.user("yubi-race-" + i + "@example.com");
            String passCode = uploaded.key().touch();
            all.add(() -> succeeds(() -> ground.enrol(user, enrolment(passCode))));
        }

        assertThat(AtOnce.call(all).stream().filter(each -> each)).hasSize(1);
    }

    private static boolean succeeds(Callable<JsonNode> call) throws Exception {
        try {
            call.call();
            return true;
        } catch (ApiException refused) {
            return false;
        }
    }

    @Test
    @DisplayName("P24 the list pages by its cursor")
    void list() {
        Org org = ground.directory.org("yubikeys-list");
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.add(uploaded(org).token().path("id").asString());
        }

        Reply first = ground.directory.call(org, "listYubikeyOtpTokens", Map.of(), "limit=3");
        Reply second =
                ground.directory.call(
                        org, "listYubikeyOtpTokens", Map.of(), "limit=3&after=" + made.get(2));

        assertThat(ids(TestDirectory.json(first))).isEqualTo(made.subList(0, 3));
        assertThat(ids(TestDirectory.json(second))).isEqualTo(made.subList(3, 5));
    }

    private JsonNode listed(Org org, String query) {
        return TestDirectory.json(
                ground.directory.call(org, "listYubikeyOtpTokens", Map.of(), query));
    }

    @Test
    @DisplayName("P24 P26 a list is filtered, sorted and paged by what it shows")
    void found() {
        Uploaded mine = uploaded(ground.org);
        Uploaded free = uploaded(ground.org);
        String user = ground.user("yubi-found@example.com");
        ground.enrol(user, enrolment(mine.key().touch()));
        String one = mine.token().path("id").asString();
        String other = free.token().path("id").asString();

        assertThat(ids(listed(ground.org, "filter=user.id eq \"" + user + "\"")))
                .containsExactly(one);
        assertThat(ids(listed(ground.org, "filter=profile.email eq \"YUBI-FOUND@example.com\"")))
                .containsExactly(one);
        assertThat(ids(listed(ground.org, "filter=status eq \"UNASSIGNED\"")))
                .contains(other)
                .doesNotContain(one);
        List<String> all = ids(listed(ground.org, "limit=200&sortBy=activated&sortOrder=DESC"));
        assertThat(all).contains(one, other).doesNotHaveDuplicates();
        assertThat(ids(listed(ground.org, "limit=1&sortBy=activated&sortOrder=DESC")))
                .containsExactly(all.getFirst());
        JsonNode shown =
                listed(ground.org, "expand=user&filter=user.id eq \"" + user + "\"").get(0);
        assertThat(shown.at("/_embedded/user/id").asString()).isEqualTo(user);
        assertThat(listed(ground.org, "filter=status eq \"UNASSIGNED\"&expand=user"))
                .isNotEmpty()
                .noneMatch(each -> each.has("_embedded"));
        FactorGround.refused(
                () -> listed(ground.org, "expand=all"), "E0000001", "Expand query is malformed.");
        FactorGround.refusedWith(() -> listed(ground.org, "filter=secret pr"), "E0000031");
        FactorGround.refusedWith(() -> listed(ground.org, "sortBy=secret"), "E0000031");
    }

    @Test
    @DisplayName("a list is also a file, with a line for each key")
    void file() {
        Org org = ground.directory.org("yubikeys-file");
        uploaded(org);
        Reply file =
                ground.directory.call(org, "listYubikeyOtpTokens", Map.of(), "forDownload=true");
        assertThat(new String(file.body(), StandardCharsets.UTF_8).lines())
                .hasSize(2)
                .first()
                .isEqualTo(
                        "\"Serial\",\"Status\",\"User\",\"Created\",\"Activated\",\"Last verified\"");
    }

    private static List<String> ids(JsonNode list) {
        return list.valueStream().map(each -> each.path("id").asString()).toList();
    }

    @Test
    @DisplayName("a seed has its form, and every cause is told at once (P6)")
    void form() {
        FactorGround.refused(
                () ->
                        upload(
                                ground.org,
                                "{\"serialNumber\":\"x\",\"publicId\":\"a\",\"privateId\":\"b\",\"aesKey\":\"c\"}"),
                "E0000001",
                "serialNumber: must be 1 to 12 digits",
                "publicId: must be 12 characters of the modified hexadecimal alphabet",
                "privateId: must be 12 hexadecimal digits",
                "aesKey: must be 32 hexadecimal digits");
    }
}
