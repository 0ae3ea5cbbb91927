package dev.ostiary.conformance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.RawTls;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SuiteServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Over HTTP/2")
class Http2Test {

    private final Server usual;
    private final Server willing = Server.start("--http2");
    private final Http http;

    Http2Test(Server server) {
        usual = server;
        Org org = willing.defaultOrg();
        http =
                Http.of(org.url(), willing.trust().context(), HttpClient.Version.HTTP_2)
                        .token(org.apiToken());
    }

    @AfterAll
    void stop() {
        willing.close();
    }

    @Test
    @DisplayName("a client may choose it where the operator allows it, and nowhere else")
    void chosen() throws IOException {
        assertThat(chosen(willing)).isEqualTo("h2");
        assertThat(chosen(usual)).isNotEqualTo("h2");
    }

    @Test
    @DisplayName("given it is not allowed, then its preface is no request, and the server goes on")
    void preface() {
        try (RawTls raw = RawTls.open(usual.trust().context(), usual.port())) {
            assertThat(raw.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").read().status())
                    .isBetween(400, 505);
        }
        usual.defaultOrg().http().get("/health/live").expect(200);
    }

    private static String chosen(Server server) throws IOException {
        try (SSLSocket socket =
                (SSLSocket)
                        server.trust()
                                .context()
                                .getSocketFactory()
                                .createSocket("localhost", server.port())) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket.getApplicationProtocol();
        }
    }

    @Test
    @DisplayName("P25 self and next are a header line each, first self, as clients in Go read them")
    void linkLines() {
        for (String path : List.of("/api/v1/logs?limit=1", "/api/v1/groups?limit=1")) {
            for (int again = 0; again < 3; again++) {
                Answer answer = http.get(path).expect(200);

                assertThat(answer.lines("link")).hasSize(2);
                assertThat(answer.lines("link").getFirst()).endsWith("; rel=\"self\"");
                assertThat(answer.lines("link").getLast()).endsWith("; rel=\"next\"");
            }
        }
    }

    @Test
    @DisplayName("P25 a whole list is read by its next links")
    void pages() {
        int groups = 0;
        String next = "/api/v1/groups?limit=1";
        while (!next.isEmpty()) {
            Answer page = http.get(next).expect(200);
            groups += page.json().size();
            next = page.link("next").orElse("");
        }
        assertThat(groups).isEqualTo(2);
    }
}
