package dev.ostiary.conformance.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.HookReceiver;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Server;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A server whose operator has allowed nothing. */
@DisplayName("Hooks of an org")
class PrivateHooksTest {

    @Test
    @DisplayName("do not reach what only the server reaches, by name or by address")
    void refused() {
        try (Server server = Server.start("--quiet");
                HookReceiver receiver = HookReceiver.open()) {
            Http http = server.defaultOrg().http();
            String port = receiver.url("/hook").replaceAll(".*:([0-9]+)/.*", "$1");
            for (String host : new String[] {"localhost", "127.0.0.1", "[::1]", "0.0.0.0"}) {
                String uri = "https://" + host + ":" + port + "/hook";
                String event =
                        http.post(
                                        "/api/v1/eventHooks",
                                        HookBodies.eventHook("In", uri, "user.lifecycle.create"))
                                .expect(200)
                                .text("id");
                assertThat(
                                http.post("/api/v1/eventHooks/" + event + "/lifecycle/verify")
                                        .expect(400, "E0000001")
                                        .json()
                                        .at("/errorCauses/0/errorSummary")
                                        .asString())
                        .contains("no address that may be called");
                String inline =
                        http.post(
                                        "/api/v1/inlineHooks",
                                        HookBodies.inlineHook(
                                                "In", "com.okta.oauth2.tokens.transform", uri))
                                .expect(200)
                                .text("id");
                http.post("/api/v1/inlineHooks/" + inline + "/execute", "{}")
                        .expect(400, "E0000134");
            }
            assertThat(receiver.everything()).isEmpty();
        }
    }
}
