package dev.ostiary.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Launcher;
import dev.ostiary.conformance.harness.Launcher.Ended;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.RawTls;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.io.IOException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SuiteServer.class)
@Timeout(120)
@DisplayName("Commands to a running server")
class CommandTest {

    private final Server server;
    private final Launcher launcher;

    CommandTest(Server server) {
        this.server = server;
        this.launcher = server.launcher();
    }

    @Test
    @DisplayName(
            "P1 P2 org create: its own port serves it, its host is in the certificate, org list shows it, org delete ends it")
    void orgLifecycle() throws IOException, CertificateParsingException {
        Facts made = facts(run("org", "create", "acme", "--port", "0"));

        assertThat(made.byName()).containsOnlyKeys("url", "port", "login", "password", "token");
        Http there =
                server.defaultOrg()
                        .nobody()
                        .at("https://localhost:" + made.get("port"))
                        .token(made.get("token"));
        assertThat(there.get("/api/v1/users/me").expect(200).text("profile.login"))
                .isEqualTo(made.get("login"));
        assertThat(names(certificate("localhost")))
                .contains("localhost", "127.0.0.1", "acme.localhost");
        assertThat(run("org", "list").out()).contains("acme").contains("dev");

        assertThat(
                        launcher.run("org", "create", "acme", "--data", server.data().toString())
                                .errorLines())
                .hasSize(1);
        run("org", "delete", "acme");

        assertThat(run("org", "list").out()).doesNotContain("acme");
        assertThat(launcher.run("org", "delete", "acme", "--data", server.data().toString()).code())
                .isEqualTo(1);
    }

    @Test
    @DisplayName("P35 origin add, list and remove work on the default org and on any other")
    void origins() {
        String origin = "https://by-command.example";
        assertThat(run("origin", "add", origin, "--name", "By command").out())
                .contains(origin + "  CORS  ACTIVE  By command");
        Http org = server.defaultOrg().http();
        assertThat(org.get("/api/v1/trustedOrigins?q=By%20command").expect(200).text())
                .contains(origin);
        assertThat(
                        org.with("Origin", origin)
                                .get("/api/v1/users/me")
                                .expect(200)
                                .header("Access-Control-Allow-Origin"))
                .contains(origin);
        Ended again = launcher.run("origin", "add", origin, "--data", server.data().toString());
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.errorLines()).hasSize(1);
        Facts made = facts(run("org", "create", "with-origins", "--port", "0"));
        assertThat(made.get("url")).contains("with-origins");
        run("origin", "add", origin, "--scopes", "CORS,REDIRECT", "--org", "with-origins");
        assertThat(run("origin", "list", "--org", "with-origins").out())
                .contains(origin + "  CORS,REDIRECT");
        run("origin", "remove", origin);
        assertThat(run("origin", "list").out()).doesNotContain(origin);
        assertThat(run("origin", "list", "--org", "with-origins").out()).contains(origin);
        assertThat(
                        org.with("Origin", origin)
                                .get("/api/v1/users/me")
                                .expect(200)
                                .header("Access-Control-Allow-Origin"))
                .isEmpty();
        run("org", "delete", "with-origins");
    }

    @Test
    @DisplayName("P40 what was in a deleted org is not in one that takes its name")
    void deletedOrg() {
        Facts first = facts(run("org", "create", "again", "--port", "0"));
        Http nobody = server.defaultOrg().nobody();
        Http old = nobody.at("https://localhost:" + first.get("port")).token(first.get("token"));
        new Directory(old).staged("old@example.com");
        run("org", "delete", "again");

        Facts second = facts(run("org", "create", "again", "--port", "0"));
        Http fresh = nobody.at("https://localhost:" + second.get("port"));

        fresh.token(first.get("token")).get("/api/v1/users/me").expect(401, "E0000011");
        fresh.token(second.get("token"))
                .get("/api/v1/users/old@example.com")
                .expect(404, "E0000007");
        run("org", "delete", "again");
    }

    @Test
    @DisplayName("P20 token create prints a token that works, for the org and user that were named")
    void tokenCreate() {
        Org dev = server.defaultOrg();

        String token =
                run("token", "create", "--user", dev.adminLogin(), "--name", "from the shell")
                        .out()
                        .strip();

        assertThat(
                        dev.nobody()
                                .token(token)
                                .get("/api/v1/users/me")
                                .expect(200)
                                .text("profile.login"))
                .isEqualTo(dev.adminLogin());
        assertThat(dev.http().get("/api/v1/api-tokens").expect(200).text())
                .contains("from the shell")
                .doesNotContain(token);
        Ended unknown =
                launcher.run(
                        "token",
                        "create",
                        "--user",
                        "nobody@nowhere",
                        "--name",
                        "x",
                        "--data",
                        server.data().toString());
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.errorLines()).hasSize(1);
    }

    @Test
    @DisplayName("P2 trust says how each client is told of the CA")
    void trust() {
        String text = run("trust").out().toLowerCase(Locale.ROOT);

        assertThat(text).contains("ca.pem", "java", "node", "python", "go", "curl", "browser");
    }

    @Test
    @DisplayName(
            "P1 the default org answers to localhost, to loopback addresses and to its own host")
    void hosts() {
        Org dev = server.defaultOrg();
        for (String host :
                List.of("localhost", "127.0.0.1", "[::1]", "dev.localhost", "DEV.localhost")) {
            try (var raw = RawTls.open(server.trust().context(), server.port())) {
                raw.send(
                                "GET /api/v1/users/me HTTP/1.1\r\nHost: "
                                        + host
                                        + ":"
                                        + server.port()
                                        + "\r\nAuthorization: SSWS "
                                        + dev.apiToken()
                                        + "\r\n\r\n")
                        .read()
                        .expect(200);
            }
        }
    }

    @Test
    @DisplayName("/health/live and /health/ready need no token and no host")
    void health() {
        assertThat(server.defaultOrg().nobody().get("/health/live").expect(200).text("status"))
                .isEqualTo("live");
        assertThat(server.defaultOrg().nobody().get("/health/ready").expect(200).text("status"))
                .isEqualTo("ready");
    }

    private Ended run(String... words) {
        String[] all = Arrays.copyOf(words, words.length + 2);
        all[words.length] = "--data";
        all[words.length + 1] = server.data().toString();
        Ended ended = launcher.run(all);
        assertThat(ended.code()).as(String.join(" ", words) + ": " + ended.err()).isZero();
        return ended;
    }

    /** What a command printed as {@code name value} lines. */
    private record Facts(Map<String, String> byName) {
        String get(String name) {
            return Objects.requireNonNull(byName.get(name), name);
        }
    }

    private static Facts facts(Ended ended) {
        Map<String, String> byName = new TreeMap<>();
        ended.out()
                .lines()
                .map(line -> line.strip().split("\\s+", 2))
                .filter(pair -> pair.length == 2)
                .forEach(pair -> byName.put(pair[0], pair[1]));
        return new Facts(byName);
    }

    private X509Certificate certificate(String host) throws IOException {
        try (SSLSocket socket =
                (SSLSocket)
                        server.trust()
                                .context()
                                .getSocketFactory()
                                .createSocket("localhost", server.port())) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(host)));
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    private static List<String> names(X509Certificate certificate)
            throws CertificateParsingException {
        return certificate.getSubjectAlternativeNames().stream()
                .map(name -> String.valueOf(name.get(1)))
                .toList();
    }
}
