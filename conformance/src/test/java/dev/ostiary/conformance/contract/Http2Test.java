package dev.ostiary.conformance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.net.http.HttpClient;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SuiteServer.class)
@DisplayName("Over HTTP/2")
class Http2Test {

    private final Http http;

    Http2Test(Server server, Org org) {
        http =
                Http.of(org.url(), server.trust().context(), HttpClient.Version.HTTP_2)
                        .token(org.apiToken());
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
