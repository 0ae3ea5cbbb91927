package dev.ostiary.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Certifier;
import dev.ostiary.conformance.harness.ClientApp;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.NameServer;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.RawTls;
import dev.ostiary.conformance.harness.Server;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.ObjectNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
@DisplayName("A custom domain")
class CustomDomainTest {

    private static final String HOST = "login.custom.example";

    private final NameServer dns = NameServer.open();
    private final Certifier certifier = new Certifier();
    private final Server server = Server.start("--dns", dns.address());
    private final Org org = server.newOrg();

    @AfterAll
    void stop() {
        server.close();
        dns.close();
    }

    @Test
    @DisplayName(
            "P1 P2 once proven by DNS and certified, reaches its org alone, by its own certificate, also after a restart")
    void reachesItsOrg() {
        assertThat(ask(HOST, org.apiToken()).status()).isEqualTo(404);
        Http http = org.http();
        Answer made =
                http.post(
                                "/api/v1/domains",
                                Json.object()
                                        .put("domain", HOST)
                                        .put("certificateSourceType", "MANUAL"))
                        .expect(201);
        String domain = "/api/v1/domains/" + made.text("id");
        assertThat(http.post(domain + "/verify").expect(200).text("validationStatus"))
                .isEqualTo("IN_PROGRESS");
        String proof = made.json().at("/dnsRecords/0/values/0").asString();
        dns.texts(made.json().at("/dnsRecords/0/fqdn").asString(), "v=spf1 -all", proof);
        assertThat(http.post(domain + "/verify").expect(200).text("validationStatus"))
                .isEqualTo("VERIFIED");
        Certifier.Issued issued = certifier.issue(HOST);
        http.put(
                        domain + "/certificate",
                        Json.object()
                                .put("type", "PEM")
                                .put("certificate", issued.certificate())
                                .put("certificateChain", certifier.chain())
                                .put("privateKey", issued.privateKey()))
                .expect(204);
        assertServed();
        server.stop();
        server.restart();
        assertServed();
        assertIssuer();
        http.delete(domain).expect(204);
        assertThatThrownBy(() -> RawTls.open(certifier.trust().context(), HOST, server.port()))
                .isNotNull();
        assertThat(ask(HOST, org.apiToken()).status()).isEqualTo(404);
    }

    /** A server that is set to calls itself by the domain, whichever host is called. */
    private void assertIssuer() {
        String path = "/api/v1/authorizationServers/default";
        ObjectNode settings = (ObjectNode) org.http().get(path).expect(200).json();
        String usual = settings.get("issuer").asString();
        assertThat(usual).startsWith(org.url());
        String own = "https://" + HOST + ":" + URI.create(org.url()).getPort() + "/oauth2/default";
        assertThat(
                        org.http()
                                .put(path, settings.put("issuerMode", "CUSTOM_URL"))
                                .expect(200)
                                .text("issuer"))
                .isEqualTo(own);
        Answer metadata = org.nobody().get("/oauth2/default/.well-known/openid-configuration");
        assertThat(metadata.expect(200).text("issuer")).isEqualTo(own);
        assertThat(metadata.text("token_endpoint")).startsWith(org.url());
        new Directory(org).active("issuer@example.com");
        ClientApp app = ClientApp.web(org, "Issuer");
        Answer tokens = app.redeem(app.code("issuer@example.com")).expect(200);
        assertThat(ClientApp.claims(tokens.text("id_token")).get("iss").asString()).isEqualTo(own);
        assertThat(app.isActive(tokens.text("access_token"))).isTrue();
        org.http().put(path, settings.put("issuerMode", "ORG_URL")).expect(200);
        assertThat(app.isActive(tokens.text("access_token"))).isFalse();
        assertThat(org.http().get(path).expect(200).text("issuer")).isEqualTo(usual);
    }

    private void assertServed() {
        try (RawTls raw = RawTls.open(certifier.trust().context(), HOST, server.port())) {
            Answer me = raw.send(request(HOST, org.apiToken())).read();
            assertThat(me.expect(200).text("profile.login")).isEqualTo(org.adminLogin());
            assertThat(me.text("_links.self.href"))
                    .startsWith("https://" + HOST + ":" + server.port() + "/api/v1/users/");
        }
        assertThat(ask(HOST, server.defaultOrg().apiToken()).expect(401).errorCode())
                .isEqualTo("E0000011");
        assertThat(ask("other." + HOST, org.apiToken()).status()).isEqualTo(404);
        assertThat(ask("localhost", server.defaultOrg().apiToken()).status()).isEqualTo(200);
    }

    /** By the server's own certificate, whatever the Host header says. */
    private Answer ask(String host, String token) {
        try (RawTls raw = RawTls.open(server.trust().context(), server.port())) {
            return raw.send(request(host, token)).read();
        }
    }

    private String request(String host, String token) {
        return "GET /api/v1/users/me HTTP/1.1\r\nHost: %s:%d\r\nAuthorization: SSWS %s\r\n\r\n"
                .formatted(host, server.port(), token);
    }
}
