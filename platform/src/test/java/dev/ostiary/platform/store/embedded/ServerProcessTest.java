package dev.ostiary.platform.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ServerProcessTest {

    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");
    private static final List<String> AS_NOBODY =
            List.of(SETPRIV.toString(), "--reuid=nobody", "--regid=65534", "--clear-groups");

    private Path top;

    @BeforeEach
    void makeTop() throws IOException {
        top = Files.createTempDirectory("ostiary-server-process-");
    }

    @AfterEach
    void removeTop() throws IOException {
        Binaries.deleteTree(top);
    }

    @Test
    @DisplayName(
            "P37 given kill -9 of a server process, then its database lives on and the next server finds every commit")
    void killedServer() throws Exception {
        Path home = top.resolve("data");
        Process server =
                OtherServer.start(List.of(), System.getProperty("java.class.path"), home, "kept");
        long database = OtherServer.awaitReady(server);
        assertThat(session(database)).isNotEqualTo(session(server.pid()));

        server.destroyForcibly().waitFor();

        assertThat(Processes.alive(database)).isTrue();
        // The programs of a data directory are its own, as are those that the next server brings.
        try (DataDirectory data = DataDirectory.open(home);
                EmbeddedPostgres postgres = EmbeddedPostgres.start(data, new SecureRandom())) {
            assertThat(postgres.pid()).isEqualTo(database);
            assertThat(Query.kept(postgres.access())).isEqualTo("kept");
        }
        assertThat(Processes.alive(database)).isFalse();
    }

    @Test
    @DisplayName(
            "given kill -9 of server and database, then the next server starts it again with every commit")
    void killedBoth() throws Exception {
        Path home = top.resolve("data");
        Process server =
                OtherServer.start(List.of(), System.getProperty("java.class.path"), home, "kept");
        long database = OtherServer.awaitReady(server);

        server.destroyForcibly().waitFor();
        Processes.signal(database, "KILL");

        try (DataDirectory data = DataDirectory.open(home);
                EmbeddedPostgres postgres = EmbeddedPostgres.start(data, new SecureRandom())) {
            assertThat(postgres.pid()).isNotEqualTo(database);
            assertThat(Query.kept(postgres.access())).isEqualTo("kept");
        }
    }

    @Test
    @DisplayName("a plain user runs it as themselves, and nobody else reads the files")
    void plainUser() throws Exception {
        assumeTrue(isRoot() && Files.isExecutable(SETPRIV), "root can become another user");
        openToAll(top);
        Path classes = Files.createDirectory(top.resolve("classes"));
        Path place = Files.createDirectory(top.resolve("place"));
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path home = place.resolve("data");
        Process server =
                OtherServer.start(
                        AS_NOBODY, OtherServer.publicClassPath(classes), home, "of nobody");
        long database = OtherServer.awaitReady(server);

        assertThat(ProcessHandle.of(database).flatMap(handle -> handle.info().user()))
                .hasValue("nobody");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
                .isEqualTo("rwx------");
        server.getOutputStream().close();
        assertThat(server.waitFor()).isZero();
        assertThat(Processes.alive(database)).isFalse();
    }

    @Test
    @DisplayName(
            "given root and a path that others can pass, then the database runs as an unprivileged user")
    void rootInPublicPlace() throws Exception {
        assumeTrue(isRoot(), "only root has a choice");
        openToAll(top);
        try (DataDirectory data = DataDirectory.open(top.resolve("data"));
                EmbeddedPostgres postgres = EmbeddedPostgres.start(data, new SecureRandom())) {
            assertThat(Files.getAttribute(data.resolve("db"), "unix:uid")).isNotEqualTo(0);
            assertThat(ProcessHandle.of(postgres.pid()).flatMap(handle -> handle.info().user()))
                    .hasValueSatisfying(user -> assertThat(user).isNotEqualTo("root"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.path())))
                    .isEqualTo("rwx--x--x");
        }
    }

    @Test
    @DisplayName(
            "given root and a data directory in a private place, then the database runs without privilege all the same")
    void rootInPrivatePlace() throws Exception {
        assumeTrue(isRoot(), "only root has a choice");
        Path home = top.resolve("data");
        try (DataDirectory data = DataDirectory.open(home);
                EmbeddedPostgres postgres = EmbeddedPostgres.start(data, new SecureRandom())) {
            Query.keep(postgres.access(), "private");
            String status = Files.readString(Path.of("/proc", "" + postgres.pid(), "status"));
            assertThat(status).contains("CapEff:\t0000000000000000");
        }
        try (DataDirectory data = DataDirectory.open(home);
                EmbeddedPostgres postgres = EmbeddedPostgres.start(data, new SecureRandom())) {
            assertThat(Query.kept(postgres.access())).isEqualTo("private");
        }
    }

    /** The session that a terminal's Ctrl-C would reach: the fourth field after the name. */
    private static String session(long pid) throws IOException {
        Path status = Path.of("/proc", Long.toString(pid), "stat");
        assumeTrue(Files.exists(status), "only Linux tells it in a file");
        String line = Files.readString(status);
        return line.substring(line.lastIndexOf(") ") + 2).split(" ")[3];
    }

    private static void openToAll(Path directory) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}
