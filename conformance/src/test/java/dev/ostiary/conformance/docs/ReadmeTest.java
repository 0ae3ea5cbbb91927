package dev.ostiary.conformance.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.ServiceApp;
import dev.ostiary.conformance.harness.SuiteServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whoever follows the README sees what it says. */
@ExtendWith(SuiteServer.class)
@DisplayName("The README's snippets, exactly as printed but for port and data directory")
class ReadmeTest {

    private final Server server;
    private final Snippets readme;

    @TempDir private Path folder;

    ReadmeTest(Server server) {
        this.server = server;
        this.readme = Snippets.of(server.launcher().home().resolve("README.md"));
    }

    @Test
    @DisplayName("the shell snippets find the administrator, make a user and find it again")
    void shell() throws Exception {
        List<String> snippets = readme.in("sh", server);
        assertThat(run(List.of("sh", "-ec", snippets.get(0)), Map.of())).contains("\"login\"");
        assertThat(run(List.of("sh", "-ec", snippets.get(1)), Map.of()))
                .contains("isaac.brock@example.com")
                .contains("user.lifecycle.create");
    }

    @Test
    @DisplayName("the commands about orgs make, list and delete one")
    void orgs() throws Exception {
        assertThat(commands("org create")).contains("login", "acme.localhost", "deleted acme");
    }

    @Test
    @DisplayName("the commands about zones make one, block an address and let it in again")
    void zones() throws Exception {
        assertThat(commands("zone create"))
                .contains(
                        "Office  gateways 203.0.113.0/24,2001:db8::/48  proxies 203.0.113.9",
                        "BlockedIpZone  gateways 198.51.100.7-198.51.100.7",
                        "deleted Office");
    }

    @Test
    @DisplayName("the commands about files rehearse an import, do it, and export everything")
    void imports() throws Exception {
        assertThat(commands("./ostiary import"))
                .contains("would import 2 users", "imported 2 users", "exported ");
    }

    @Test
    @DisplayName("the page about bulk: its file is imported, and over HTTPS passed over")
    void bulkPage() throws Exception {
        List<String> snippets =
                Snippets.of(server.launcher().home().resolve("docs/operate/bulk.md"))
                        .in("sh", server);

        assertThat(run(snippets.get(0))).contains("imported 1 users, 1 groups, 1 memberships");
        assertThat(run(snippets.get(1)))
                .contains("\"skipped\":2", "\"status\":\"FINISHED\"", "nadia@example.com");
    }

    private String commands(String about) throws Exception {
        return run(
                readme.in("sh", server).stream()
                        .filter(snippet -> snippet.contains(about))
                        .findFirst()
                        .orElseThrow());
    }

    private String run(String commands) throws Exception {
        return run(
                List.of("sh", "-ec", commands),
                Map.of("OSTIARY_SKIP_BUILD", "1", "OSTIARY_DATA", server.data().toString()));
    }

    @Test
    @DisplayName("the Java snippet makes a user with the official SDK")
    void java() throws Exception {
        String said =
                program(
                        readme.in("java", server).getFirst(),
                        Map.of(
                                "OKTA_ORG_URL",
                                server.url(),
                                "OKTA_TOKEN",
                                server.defaultOrg().apiToken()));
        assertThat(said).contains("00u");
    }

    @Test
    @DisplayName("the Java snippet of a machine reads a user with a private key and no token")
    void machine() throws Exception {
        Org org = server.defaultOrg();
        ServiceApp app = ServiceApp.register(org, Set.of("okta.users.read"));
        Path key = folder.resolve("private-key.pem");
        Files.writeString(key, app.key().pem());
        String said =
                program(
                        readme.in("java", server)
                                .get(1)
                                .replace("sue.doe@example.com", org.adminLogin()),
                        Map.of(
                                "OKTA_ORG_URL",
                                org.url(),
                                "OKTA_CLIENT_ID",
                                app.clientId(),
                                "OKTA_PRIVATE_KEY",
                                key.toString()));
        assertThat(said).contains(org.adminLogin());
    }

    /** What a program of one file printed that trusts the server. */
    private String program(String text, Map<String, String> variables) throws Exception {
        Path source = Files.createTempFile(folder, "Snippet", ".java");
        Files.writeString(source, text);
        Path trust = Files.createTempDirectory(folder, "trust").resolve("trust.p12");
        Path java = Path.of(System.getProperty("java.home"), "bin");
        run(
                List.of(
                        java.resolve("keytool").toString(),
                        "-importcert",
                        "-noprompt",
                        "-alias",
                        "ostiary",
                        "-file",
                        server.data().resolve("tls/ca.pem").toString(),
                        "-keystore",
                        trust.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit"),
                Map.of());
        return run(
                List.of(
                        java.resolve("java").toString(),
                        "-Djavax.net.ssl.trustStore=" + trust,
                        "-Djavax.net.ssl.trustStorePassword=changeit",
                        "-cp",
                        System.getProperty("java.class.path"),
                        source.toString()),
                variables);
    }

    @Test
    @DisplayName("the Node snippet makes a group with the official SDK")
    void node() throws Exception {
        Path modules = server.launcher().home().resolve("conformance/node/node_modules");
        assumeThat(modules.resolve("@okta"))
                .as("skipped: the Node SDK is not installed in conformance/node")
                .isDirectory();
        Path source = folder.resolve("first-steps.js");
        Files.writeString(source, readme.in("js", server).getFirst());
        String said =
                run(
                        List.of("node", source.toString()),
                        Map.of(
                                "NODE_PATH",
                                modules.toString(),
                                "NODE_EXTRA_CA_CERTS",
                                server.data().resolve("tls/ca.pem").toString()));
        assertThat(said).contains("West Coast users");
    }

    /** What a command printed; it must have ended well. */
    private String run(List<String> command, Map<String, String> variables)
            throws IOException, InterruptedException {
        Path said = Files.createTempFile(folder, "said", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(server.launcher().home().toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile());
        builder.environment().putAll(variables);
        Process process = builder.start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("ended in time").isTrue();
        String text = Files.readString(said);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }
}
