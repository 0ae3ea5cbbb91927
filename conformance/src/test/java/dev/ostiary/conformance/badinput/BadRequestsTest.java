package dev.ostiary.conformance.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.RawTls;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SuiteServer.class)
@Timeout(120)
@DisplayName("Bad requests, below and beside JSON")
class BadRequestsTest {

    private static final String READY = "GET /health/ready HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private final Server server;
    private final Org org;

    BadRequestsTest(Server server, Org org) {
        this.server = server;
        this.org = org;
    }

    @Test
    @DisplayName("P17 headers over the limit: 431 with the error object")
    void tooManyHeaders() {
        try (RawTls raw = open()) {
            Answer answer =
                    raw.send(
                                    "GET /api/v1/users HTTP/1.1\r\nHost: localhost\r\nX-Long: "
                                            + "x".repeat(300_000)
                                            + "\r\n\r\n")
                            .read();
            answer.expect(431, "E0000003");
            assertThat(answer.header("X-Okta-Request-Id")).isPresent();
        }
        try (RawTls raw = open()) {
            raw.send(
                            "GET /api/v1/users HTTP/1.1\r\nHost: localhost\r\n"
                                    + "X-Many: y\r\n".repeat(40_000)
                                    + "\r\n")
                    .read()
                    .expect(431, "E0000003");
        }
        new StillThere(org).check();
    }

    @Test
    @DisplayName(
            "P17 a request line over the limit: 414 with the error object; long ones below it are served")
    void tooLongRequestLine() {
        try (RawTls raw = open()) {
            raw.send(
                            "GET /api/v1/users?x="
                                    + "x".repeat(300_000)
                                    + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .read()
                    .expect(414, "E0000003");
        }
        org.http().get("/api/v1/users?x=" + "x".repeat(200_000)).expect(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "GET\r\n\r\n",
                "GET /api/v1/users\r\n\r\n",
                "GET /api/v1/users HTTP/9.9\r\nHost: localhost\r\n\r\n",
                "GET /api/v1/users HTTP/1.1\r\nNo colon here\r\n\r\n",
                "GET /api/v1/users HTTP/1.1\r\nHost: localhost\r\nBad\u0000Name: x\r\n\r\n",
                "GET /api/v1/users HTTP/1.1\r\nHost: localhost\r\nX: a\u0000b\r\n\r\n",
                "GET /api/v1/us ers HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "POST /api/v1/users HTTP/1.1\r\nHost: localhost\r\nContent-Length: nonsense\r\n\r\n",
                "POST /api/v1/users HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
                "POST /api/v1/users HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                "GET /api/v1/users HTTP/1.0\r\nHost: localhost\r\n\r\n",
                "POST /api/v1/users HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "POST /api/v1/users HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
            })
    @DisplayName("P17 what is no request: 400 with the error object, and the connection ends")
    void noRequest(String text) {
        try (RawTls raw = open()) {
            Answer answer = raw.send(text).read();
            assertThat(answer.status()).as(answer.toString()).isBetween(400, 505).isNotEqualTo(500);
            assertThat(answer.errorCode()).as(answer.toString()).startsWith("E00000");
            assertThat(answer.header("X-Okta-Request-Id")).isPresent();
        }
    }

    @Test
    @DisplayName("P17 chunks that are none: 400, and no second request is read out of them")
    void badChunks() {
        StillThere before = new StillThere(org);
        try (RawTls raw = open()) {
            raw.send(
                    "POST /api/v1/users HTTP/1.1\r\nHost: localhost\r\nAuthorization: SSWS "
                            + org.apiToken()
                            + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nGET / HTTP/1.1\r\n\r\n");
            Answer answer = raw.read();
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.header("Connection")).hasValue("close");
            assertThat(raw.isAtEnd()).as("one request has one answer").isTrue();
        }
        before.check();
    }

    @Test
    @DisplayName("a client that asks for it has its connection closed behind the answer")
    void lastAnswer() {
        try (RawTls raw = open()) {
            String request =
                    "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: foo, Close\r\n\r\n";
            Answer answer = raw.send(request + request).read();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Connection")).hasValue("close");
            assertThat(raw.isAtEnd()).isTrue();
        }
    }

    @Test
    @DisplayName("P1 a target that is a whole URL is served, on the host that the URL says")
    void absoluteTarget() {
        String head = " HTTP/1.1\r\nHost: nobody.example\r\n\r\n";
        try (RawTls raw = open()) {
            Answer live = raw.send("GET " + org.url() + "/health/live" + head).read();
            assertThat(live.status()).as(live.toString()).isEqualTo(200);
        }
        try (RawTls raw = RawTls.open(server.trust().context(), server.port())) {
            raw.send("GET https://nobody.example/api/v1/users HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(raw.read().status()).isEqualTo(404);
        }
    }

    @Test
    @DisplayName("a body that never comes to its end does nothing")
    void halfABody() {
        StillThere before = new StillThere(org);
        try (RawTls raw = open()) {
            raw.send(
                    "POST /api/v1/users HTTP/1.1\r\nHost: localhost\r\nAuthorization: SSWS "
                            + org.apiToken()
                            + "\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n"
                            + Directory.newUser("half@example.com"));
        }
        before.check();
    }

    @Test
    @DisplayName("P1 a host that is nobody's: 404 with the error object")
    void unknownHost() {
        for (String host :
                List.of(
                        "evil.example",
                        "dev.evil.example",
                        "no-such-org.localhost",
                        "",
                        "a b",
                        "localhost.evil")) {
            try (RawTls raw = RawTls.open(server.trust().context(), server.port())) {
                Answer answer =
                        raw.send(
                                        "GET /api/v1/users HTTP/1.1\r\nHost: "
                                                + host
                                                + "\r\nConnection: close\r\n\r\n")
                                .read();
                assertThat(answer.status()).as(host + " " + answer).isIn(400, 404);
                assertThat(answer.errorCode()).startsWith("E00000");
                assertThat(answer.text()).doesNotContain("evil.example/");
            }
        }
    }

    @Test
    @DisplayName(
            "P2 P13 forged X-Forwarded-* headers change neither links nor the client's address in the log")
    void forgedForwarding() {
        Http forged =
                org.http()
                        .with("X-Forwarded-For", "203.0.113.7, 198.51.100.9")
                        .with("X-Forwarded-Host", "evil.example")
                        .with("X-Forwarded-Proto", "http")
                        .with("Forwarded", "for=203.0.113.7;host=evil.example;proto=http")
                        .with("X-Real-IP", "203.0.113.7");

        Answer made =
                forged.post("/api/v1/users?activate=false", Directory.newUser("forged@example.com"))
                        .expect(200);

        assertThat(made.text("_links.self.href")).startsWith(org.url());
        assertThat(made.text()).doesNotContain("evil.example");
        Answer events =
                org.http()
                        .get("/api/v1/logs?filter=target.id%20eq%20%22" + made.text("id") + "%22")
                        .expect(200);
        assertThat(events.json().path(0).path("client").path("ipAddress").asString())
                .isIn("127.0.0.1", "0:0:0:0:0:0:0:1", "::1");
    }

    @Test
    @DisplayName("headers with line breaks in them go no further; log lines cannot be forged")
    void loggedPaths() throws IOException {
        org.http().get("/api/v1/users/x%0A2026-01-01T00:00:00Z%20forged%20line").expect(404);

        assertThat(Files.readAllLines(server.log()))
                .noneMatch(line -> line.startsWith("2026-01-01T00:00:00Z forged"));
    }

    @Test
    @DisplayName("a thousand idle connections keep nobody from being served, themselves neither")
    void idleConnections() {
        List<RawTls> idle = new ArrayList<>();
        try {
            openIdle(idle, 1000);
            new StillThere(org).check();
            for (RawTls any : List.of(idle.getFirst(), idle.get(500), idle.getLast())) {
                any.send(READY).read().expect(200);
            }
        } finally {
            idle.forEach(RawTls::close);
        }
        new StillThere(org).check();
    }

    @Test
    @DisplayName(
            "given more idle connections than there is memory for, then whoever comes is served, and the ones that were idle for longest end")
    void tooManyConnections() {
        List<RawTls> idle = new ArrayList<>();
        try {
            openIdle(idle, 2400);
            new StillThere(org).check();
            idle.getLast().send(READY).read().expect(200);
            assertThat(idle.getFirst().isAtEnd()).isTrue();
        } finally {
            idle.forEach(RawTls::close);
        }
        new StillThere(org).check();
    }

    private void openIdle(List<RawTls> idle, int count) {
        SSLContext tls = server.trust().context();
        for (int i = 0; i < count; i++) {
            idle.add(RawTls.open(tls, org.port()));
        }
    }

    private RawTls open() {
        return RawTls.open(server.trust().context(), org.port());
    }
}
