package dev.ostiary.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Launcher;
import dev.ostiary.conformance.harness.Launcher.Ended;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What keeps a server from starting is said in one line, with an exit code of its own
 * (docs/operate/exit-codes.md).
 */
@ExtendWith(SuiteServer.class)
@Timeout(120)
@DisplayName("A server that cannot start")
class StartFailureTest {

    private static final int USAGE = 2;
    private static final int DATA_IN_USE = 10;
    private static final int PORT_TAKEN = 11;
    private static final int DATABASE_UNREACHABLE = 14;
    private static final int BAD_KEY_OR_CERTIFICATE = 15;
    private static final int SERVER_UNREACHABLE = 16;

    private final Launcher launcher;
    private final Server server;

    StartFailureTest(Server server) {
        this.server = server;
        this.launcher = server.launcher();
    }

    @Test
    @DisplayName("a second server on the same data directory")
    void dataInUse() {
        Ended ended = launcher.run("serve", "--port", "0", "--data", server.data().toString());

        assertSays(ended, DATA_IN_USE, server.data().toString());
        server.defaultOrg().http().get("/api/v1/users?limit=1").expect(200);
    }

    @Test
    @DisplayName("a port that is taken")
    void portTaken(@TempDir Path folder) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[4]))) {
            String port = Integer.toString(taken.getLocalPort());

            Ended ended = launcher.run("serve", "--port", port, "--data", data(folder));

            assertSays(ended, PORT_TAKEN, port);
        }
    }

    @Test
    @DisplayName("a management port that is taken is the one that is named")
    void managementPortTaken(@TempDir Path folder) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());

            Ended ended =
                    launcher.run(
                            "serve",
                            "--port",
                            "0",
                            "--management-port",
                            port,
                            "--data",
                            data(folder));

            assertSays(ended, PORT_TAKEN, port);
            assertThat(ended.err()).contains("--management-port");
            assertThat(Path.of(data(folder), "first-run.json"))
                    .as("an org that was made although nothing is served")
                    .doesNotExist();
        }
    }

    @Test
    @DisplayName("a database that cannot be reached, or that has another password")
    void databaseUnreachable(@TempDir Path folder) throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }

        Ended ended =
                launcher.run(
                        "serve",
                        "--port",
                        "0",
                        "--data",
                        data(folder),
                        "--db",
                        "postgresql://nobody:hush-hush@127.0.0.1:" + closed + "/none");

        assertSays(ended, DATABASE_UNREACHABLE, "127.0.0.1:" + closed);
        assertThat(ended.err() + ended.out()).doesNotContain("hush-hush");
    }

    @Test
    @DisplayName("options that are none, or that make no sense")
    void usage(@TempDir Path folder) {
        assertSays(launcher.run("serve", "--nonsense"), USAGE, "--nonsense");
        assertSays(launcher.run("serve", "--port", "http"), USAGE, "--port");
        assertSays(launcher.run("serve", "--port", "70000"), USAGE, "70000");
        assertSays(
                launcher.run("serve", "--data", data(folder), "--tls-cert", "x.pem"),
                USAGE,
                "--tls-key");
        assertSays(
                launcher.run("serve", "--data", data(folder), "--db", "mysql://localhost/none"),
                USAGE,
                "postgresql://");
        assertSays(
                launcher.run(
                        "serve",
                        "--port",
                        "0",
                        "--data",
                        data(folder),
                        "--geoip",
                        folder.resolve("nowhere.mmdb").toString()),
                USAGE,
                "nowhere.mmdb");
        assertThat(launcher.run("no-such-command").code()).isEqualTo(USAGE);
    }

    @Test
    @DisplayName("an option by its variable counts as the option")
    void variables(@TempDir Path folder) {
        Ended ended =
                launcher.run(Map.of("OSTIARY_DATA", data(folder), "OSTIARY_PORT", "many"), "serve");

        assertSays(ended, USAGE, "many");
    }

    @Test
    @DisplayName("a certificate that cannot be read")
    void badCertificate(@TempDir Path folder) throws IOException {
        Path nonsense = Files.writeString(folder.resolve("nonsense.pem"), "nonsense");

        Ended ended =
                launcher.run(
                        "serve",
                        "--port",
                        "0",
                        "--data",
                        data(folder),
                        "--tls-cert",
                        nonsense.toString(),
                        "--tls-key",
                        nonsense.toString());

        assertSays(ended, BAD_KEY_OR_CERTIFICATE, "nonsense.pem");
    }

    @Test
    @DisplayName(
            "a database that cannot be reached is told before a certificate that cannot be read")
    void databaseFirst(@TempDir Path folder) throws IOException {
        Path nonsense = Files.writeString(folder.resolve("nonsense.pem"), "nonsense");

        Ended ended =
                launcher.run(
                        "serve",
                        "--port",
                        "0",
                        "--data",
                        data(folder),
                        "--db",
                        "postgresql://nobody:hush-hush@127.0.0.1:1/none",
                        "--tls-cert",
                        nonsense.toString(),
                        "--tls-key",
                        nonsense.toString());

        assertSays(ended, DATABASE_UNREACHABLE, "127.0.0.1:1");
    }

    @Test
    @DisplayName("a data directory that is a file")
    void dataIsAFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("data"), "");

        Ended ended = launcher.run("serve", "--port", "0", "--data", file.toString());

        assertThat(ended.code()).isPositive();
        assertThat(ended.errorLines()).as(ended.err()).hasSize(1);
    }

    @Test
    @DisplayName("a command without a server to speak to")
    void noServer(@TempDir Path folder) {
        assertSays(
                launcher.run("org", "list", "--data", data(folder)),
                SERVER_UNREACHABLE,
                "./ostiary serve");
    }

    private static String data(Path folder) {
        return folder.resolve("data").toString();
    }

    private static void assertSays(Ended ended, int code, String words) {
        assertThat(ended.errorLines()).as("one line: " + ended.err()).hasSize(1);
        assertThat(ended.err()).startsWith("ostiary: ").contains(words);
        assertThat(ended.code()).as(ended.err()).isEqualTo(code);
    }
}
