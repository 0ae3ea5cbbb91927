package dev.ostiary.conformance.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.ostiary.conformance.harness.Certifier;
import dev.ostiary.conformance.harness.Launcher.Ended;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SuiteServer.class)
@Timeout(120)
@DisplayName("A source that is not what it seems gets the token nowhere else")
class HostileSourceTest {

    private static final String TOKEN = "00secretOfTheSource";

    private final Server server;
    private final Org target;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpsServer source;
    private Path ca;

    @TempDir private Path folder;

    HostileSourceTest(Server server, Org target) {
        this.server = server;
        this.target = target;
    }

    @BeforeEach
    void open() throws Exception {
        Certifier certifier = new Certifier();
        Certifier.Issued issued = certifier.issue("localhost");
        ca = Files.writeString(folder.resolve("ca.pem"), certifier.chain());
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        Certificate certificate =
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(
                                        issued.certificate().getBytes(StandardCharsets.UTF_8)));
        String key = issued.privateKey().replaceAll("-----.*?-----|\\s", "");
        keys.setKeyEntry(
                "source",
                KeyFactory.getInstance("RSA")
                        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(key))),
                new char[0],
                new Certificate[] {certificate});
        KeyManagerFactory managers =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, new char[0]);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);
        source = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        source.setHttpsConfigurator(new HttpsConfigurator(tls));
        source.start();
    }

    @AfterEach
    void close() {
        source.stop(0);
    }

    private void answers(int status, String body, String... headers) {
        source.createContext("/", exchange -> answer(exchange, status, body, headers));
    }

    private void answer(HttpExchange exchange, int status, String body, String... headers)
            throws IOException {
        asked.add(exchange.getRequestURI().toString());
        for (int i = 0; i < headers.length; i += 2) {
            exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Ended diff() {
        return server.launcher()
                .run(
                        "diff",
                        "--from",
                        "https://localhost:" + source.getAddress().getPort(),
                        "--token",
                        TOKEN,
                        "--ca",
                        ca.toString(),
                        "--to",
                        target.url(),
                        "--to-token",
                        target.apiToken(),
                        "--to-ca",
                        server.data().resolve("tls/ca.pem").toString());
    }

    @Test
    @DisplayName("a link to another host ends it")
    void link() {
        answers(200, "[]", "Link", "<https://127.0.0.1:1/api/v1/users>; rel=\"next\"");

        assertEnd(diff(), "leads elsewhere");
    }

    @Test
    @DisplayName("a list without an end ends it")
    void endless() {
        String next = "<https://localhost:%d/api/v1/meta/types/user?after=%d>; rel=\"next\"";
        source.createContext(
                "/",
                exchange ->
                        answer(
                                exchange,
                                200,
                                "[]",
                                "Link",
                                next.formatted(source.getAddress().getPort(), asked.size())));

        assertEnd(diff(), "there is no end of /api/v1/meta/types/user after 501 pages");
        assertThat(asked).hasSize(501);
    }

    @Test
    @DisplayName("a redirect is not followed")
    void redirect() {
        answers(302, "", "Location", target.url() + "/api/v1/users");

        assertEnd(diff(), "redirects elsewhere");
        assertThat(asked).hasSize(1);
    }

    @Test
    @DisplayName("an id that leads up a path is none")
    void climbing() {
        answers(
                200,
                "[{\"id\":\"oty1\",\"name\":\"user\",\"_links\":{\"schema\":"
                        + "{\"href\":\"https://localhost/meta/schemas/user/..\"}}}]");

        assertEnd(diff(), "a link without an id");
    }

    @Test
    @DisplayName("words of its errors do not move the cursor, and no token is in them")
    void words() {
        answers(404, "{\"errorCode\":\"E0000007\",\"errorSummary\":\"\\u001b[2Jgone\"}");

        Ended ended = diff();

        assertEnd(ended, "?[2Jgone");
        assertThat(ended.err()).doesNotContain("\u001b");
    }

    @Test
    @DisplayName("a rate limit is waited for, then it is asked again")
    void limited() {
        source.createContext(
                "/",
                exchange -> {
                    if (asked.isEmpty()) {
                        answer(exchange, 429, "{}", "X-Rate-Limit-Reset", "1");
                    } else {
                        answer(exchange, 401, "{\"errorSummary\":\"Invalid token provided\"}");
                    }
                });

        assertEnd(diff(), "refuses the token: Invalid token provided");
        assertThat(asked).hasSize(2).containsOnly("/api/v1/meta/types/user");
    }

    private static void assertEnd(Ended ended, String words) {
        assertThat(ended.code()).as(ended.out() + ended.err()).isEqualTo(1);
        assertThat(ended.errorLines()).singleElement().asString().contains(words);
        assertThat(ended.out() + ended.err()).doesNotContain(TOKEN);
    }
}
