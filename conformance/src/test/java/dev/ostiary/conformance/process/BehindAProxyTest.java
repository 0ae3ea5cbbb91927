package dev.ostiary.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
@DisplayName("A server behind the operator's proxy, which speaks plain HTTP to it")
class BehindAProxyTest {

    private static final String PROXY = "127.0.0.1";
    private static final String STRANGER = "127.0.0.2";

    private final Server server =
            Server.start("--http-port", "0", "--trusted-proxy", PROXY + "/32");

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    @DisplayName("P2 serves whom the proxy has let in by HTTPS, with links as that client called")
    void served() throws IOException {
        String me =
                ask(
                        PROXY,
                        "/api/v1/users/me",
                        "X-Forwarded-Proto: https\r\nX-Forwarded-Host: dev.localhost\r\n");
        assertThat(me)
                .startsWith("HTTP/1.1 200 ")
                .contains("\"https://dev.localhost/api/v1/users/");
        assertThat(me).contains("Strict-Transport-Security");
    }

    @Test
    @DisplayName(
            "P2 refuses what came in the clear, to the proxy or to this port; health is no secret")
    void refused() throws IOException {
        String https = "X-Forwarded-Proto: https\r\n";
        assertRefused(ask(PROXY, "/api/v1/users/me", ""));
        assertRefused(ask(PROXY, "/api/v1/users/me", "X-Forwarded-Proto: http\r\n"));
        assertRefused(ask(PROXY, "/api/v1/users/me", "X-Forwarded-Proto: https, http\r\n"));
        assertRefused(ask(STRANGER, "/api/v1/users/me", https));
        assertThat(ask(STRANGER, "/health/ready", "")).startsWith("HTTP/1.1 200 ");
    }

    private static void assertRefused(String answer) {
        assertThat(answer).startsWith("HTTP/1.1 403 ").contains("Only HTTPS is served.");
    }

    /** One request from an address of this machine, which all of 127.0.0.0/8 are on Linux. */
    private String ask(String from, String path, String headers) throws IOException {
        int port =
                Json.parse(Files.readAllBytes(server.data().resolve("running.json")))
                        .get("httpPort")
                        .intValue();
        try (Socket socket =
                new Socket(
                        InetAddress.getByName("127.0.0.1"), port, InetAddress.getByName(from), 0)) {
            socket.setSoTimeout(20_000);
            String request =
                    "GET "
                            + path
                            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                            + "Authorization: SSWS "
                            + server.defaultOrg().apiToken()
                            + "\r\n"
                            + headers
                            + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
