package dev.ostiary.conformance.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.RawTls;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SuiteServer.class)
@Timeout(60)
@DisplayName("Bad bodies")
class BadBodiesTest {

    private static final int ONE_MEBIBYTE = 1024 * 1024;
    private static final String START =
            "{\"profile\":{\"firstName\":\"A\",\"lastName\":\"B\",\"email\":\"bad@example.com\",\"login\":\"bad@example.com\",\"nickName\":";

    private final Server server;
    private final Org org;
    private StillThere before;

    BadBodiesTest(Server server, Org org) {
        this.server = server;
        this.org = org;
        this.before = new StillThere(org);
    }

    @BeforeEach
    void look() {
        before = new StillThere(org);
    }

    @AfterEach
    void goesOn() {
        before.check();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[",
                "{\"profile\"",
                "{\"profile\":{}",
                "{'profile':{}}",
                "{\"profile\":{}} {}",
                "{profile:{}}",
                "{\"a\":01}",
                "{\"a\":NaN}",
                "{\"a\":\"\t\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":1,}",
                "/* */{}",
                "\u0000",
                "{\"a\":\u0000}"
            })
    @DisplayName("P6 what is no JSON: 400 E0000003")
    void malformed(String body) {
        create(body).expect(400, "E0000003");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"text\"", "1", "true", "null", "[{\"profile\":{}}]"})
    @DisplayName("P6 JSON that is no object: 400")
    void noObject(String body) {
        assertThat(create(body).expect(400).errorCode()).isIn("E0000001", "E0000003");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"profile\":[]}",
                "{\"profile\":\"me\"}",
                "{\"profile\":7}",
                "{\"profile\":{\"login\":7,\"email\":[],\"firstName\":{},\"lastName\":true}}",
                "{\"profile\":null}",
                "{\"groupIds\":\"one\",\"profile\":{}}",
                "{\"groupIds\":[{}],\"profile\":{}}",
                "{\"credentials\":7,\"profile\":{}}",
                "{\"credentials\":{\"password\":\"plain\"},\"profile\":{}}",
                "{\"credentials\":{\"password\":{\"value\":7}},\"profile\":{}}"
            })
    @DisplayName("P6 JSON of the wrong types: 400 E0000001 with causes")
    void wrongTypes(String body) {
        Answer answer = create(body).expect(400, "E0000001");
        assertThat(answer.errorCauses()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 1000, 100_000, 500_000})
    @DisplayName("nesting beyond any use: 400 at once")
    void deeplyNested(int depth) {
        long started = System.nanoTime();
        assertThat(
                        create(START + "[".repeat(depth) + "]".repeat(depth) + "}}")
                                .expect(400)
                                .errorCode())
                .isIn("E0000001", "E0000003");
        assertThat(create("{\"a\":".repeat(depth)).expect(depth > 200_000 ? 413 : 400).errorCode())
                .isEqualTo("E0000003");
        assertThat(Duration.ofNanos(System.nanoTime() - started))
                .isLessThan(Duration.ofSeconds(20));
    }

    @Test
    @DisplayName(
            "P17 a body over one MiB: 413 with the error object, also in chunks and also when announced only")
    void huge() {
        String huge = START + "\"" + "x".repeat(ONE_MEBIBYTE) + "\"}}";
        create(huge).expect(413, "E0000003");

        try (RawTls raw = RawTls.open(server.trust().context(), org.port())) {
            raw.send(head() + "Transfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 20; i++) {
                raw.send("10000\r\n" + "x".repeat(0x10000) + "\r\n");
            }
            raw.send("0\r\n\r\n");
            raw.read().expect(413, "E0000003");
        }
        try (RawTls raw = RawTls.open(server.trust().context(), org.port())) {
            raw.send(head() + "Content-Length: 99999999999\r\n\r\n").read().expect(413, "E0000003");
        }
    }

    @Test
    @DisplayName("P8 bytes that are no UTF-8: 400 E0000003")
    void notUtf8() {
        for (byte[] bad :
                new byte[][] {
                    {(byte) 0xc3, 0x28},
                    {(byte) 0xff},
                    {(byte) 0xc0, (byte) 0x80},
                    {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
                    {(byte) 0xf8, (byte) 0x88, (byte) 0x80, (byte) 0x80, (byte) 0x80}
                }) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            body.writeBytes((START + "\"").getBytes(StandardCharsets.UTF_8));
            body.writeBytes(bad);
            body.writeBytes("\"}}".getBytes(StandardCharsets.UTF_8));
            org.http().post("/api/v1/users", body.toByteArray()).expect(400, "E0000003");
        }
        org.http()
                .post("/api/v1/users", (START + "\"x\"}}").getBytes(StandardCharsets.UTF_16))
                .expect(400, "E0000003");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "a\\u0000b", "\\ud800", "\\udc00\\ud800", "\\ud83d"})
    @DisplayName("P8 NUL and lone surrogates are refused, however they come")
    void refusedCharacters(String escape) {
        assertThat(create(START + "\"" + escape + "\"}}").expect(400).errorCode())
                .isIn("E0000001", "E0000003");
        org.http()
                .post("/api/v1/groups", "{\"profile\":{\"name\":\"" + escape + "\"}}")
                .expect(400);
    }

    @Test
    @DisplayName("numbers that would take memory or time to read: 400")
    void monstrousNumbers() {
        for (String number : new String[] {"1e999999999", "-1e-999999999", "9".repeat(100_000)}) {
            assertThat(create(START + number + "}}").status())
                    .as(number.substring(0, 5))
                    .isEqualTo(400);
        }
    }

    @Test
    @DisplayName("a key that comes twice: refused, or the last one counts, but never both")
    void duplicateKeys() {
        Answer answer =
                org.http()
                        .post(
                                "/api/v1/groups",
                                "{\"profile\":{\"name\":\"one\",\"name\":\"two\"}}");
        assertThat(answer.status()).isIn(200, 400);
        if (answer.status() == 200) {
            assertThat(answer.text("profile.name")).isEqualTo("two");
        }
    }

    @Test
    @DisplayName("values longer than an attribute holds: 400 E0000001")
    void tooLongValues() {
        String login = "x".repeat(300) + "@example.com";
        org.http().post("/api/v1/users", Directory.newUser(login)).expect(400, "E0000001");
        org.http()
                .post("/api/v1/groups", Directory.newGroup("x".repeat(5000)))
                .expect(400, "E0000001");
        create(START + "\"" + "y".repeat(900_000) + "\"}}").expect(400, "E0000001");
    }

    @Test
    @DisplayName(
            "P18 markup that is echoed cannot run: it leaves escaped, as JSON, and decodes unchanged")
    void echo() {
        Answer answer =
                create("{\"profile\":{\"<script>alert(1)</script>\":\"&\"}}")
                        .expect(400, "E0000001");
        assertThat(answer.text()).doesNotContain("<script>").contains("\\u003c");
        assertThat(answer.errorCauses())
                .anySatisfy(cause -> assertThat(cause).contains("<script>"));
    }

    private Answer create(String body) {
        return org.http().post("/api/v1/users", body);
    }

    private String head() {
        return "POST /api/v1/users HTTP/1.1\r\nHost: localhost:"
                + org.port()
                + "\r\nAuthorization: SSWS "
                + org.apiToken()
                + "\r\nContent-Type: application/json\r\n";
    }
}
