package dev.ostiary.platform.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.store.embedded.DatabaseAccess.Login;
import dev.ostiary.platform.store.embedded.StartFailure.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class EmbeddedPostgresTest {

    private Path home;

    @BeforeEach
    void makeHome() throws IOException {
        home = Files.createTempDirectory("ostiary-embedded-");
    }

    @AfterEach
    void removeHome() throws IOException {
        Binaries.deleteTree(home);
    }

    @Test
    @DisplayName(
            "a fresh database lets its owner make the search extensions, and is reached only by password")
    void freshDatabase() throws Exception {
        try (Running running = Running.in(home)) {
            DatabaseAccess access = running.postgres().access();
            Query.run(access, access.owner(), "CREATE EXTENSION pg_trgm");
            Query.run(access, access.owner(), "CREATE EXTENSION btree_gin");

            assertThat(Query.ask(access, access.app(), "SHOW fsync")).isEqualTo("on");
            assertThat(Query.ask(access, access.app(), "SHOW data_checksums")).isEqualTo("on");
            assertThat(Query.ask(access, access.app(), "SHOW listen_addresses"))
                    .isEqualTo("127.0.0.1");
            assertThat(Query.ask(access, access.app(), "SELECT 'a' < 'B'")).isEqualTo("f");
            assertThat(
                            Query.ask(
                                    access,
                                    access.app(),
                                    "SELECT count(*) FROM pg_roles WHERE rolname LIKE 'ostiary_%' AND NOT rolsuper AND NOT rolbypassrls"))
                    .isEqualTo("2");
            assertThatThrownBy(
                            () ->
                                    Query.ask(
                                            access,
                                            new Login(access.app().user(), "guess"),
                                            "SELECT 1"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    @DisplayName("letters of every script have trigrams, so that they are searched by index")
    void everyScriptHasTrigrams() throws Exception {
        try (Running running = Running.in(home)) {
            DatabaseAccess access = running.postgres().access();
            Query.run(access, access.owner(), "CREATE EXTENSION pg_trgm");
            assertThat(Query.ask(access, access.owner(), "SELECT cardinality(show_trgm('привет'))"))
                    .isEqualTo("7");
        }
    }

    @Test
    @DisplayName(
            "data, passwords and port outlive a stop; secrets are readable by their owner only")
    void laterStart() throws Exception {
        int port;
        try (Running running = Running.in(home)) {
            Query.keep(running.postgres().access(), "before");
            port = running.postgres().access().port();
        }
        try (Running running = Running.in(home)) {
            assertThat(running.postgres().access().port()).isEqualTo(port);
            assertThat(Query.kept(running.postgres().access())).isEqualTo("before");
        }
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(home.resolve(Credentials.FILE))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
                .isIn("rwx------", "rwx--x--x");
    }

    @Test
    @DisplayName(
            "given verifiers of an earlier release, then a start makes them of a single round, of the same passwords")
    void earlierVerifiers() throws Exception {
        String rounds =
                "SELECT string_agg(DISTINCT split_part(split_part(rolpassword, '$', 2), ':', 1), ' ') FROM pg_authid WHERE rolpassword IS NOT NULL";
        DatabaseAccess.Login superuser;
        try (Running running = Running.in(home)) {
            DatabaseAccess access = running.postgres().access();
            superuser =
                    new Login(Cluster.SUPERUSER, running.postgres().roles().superuserPassword());
            assertThat(Query.ask(access, superuser, rounds)).isEqualTo("1");
            Query.run(
                    access,
                    superuser,
                    "SET scram_iterations = 4096; ALTER ROLE ostiary_app PASSWORD '"
                            + access.app().password()
                            + "'");
            assertThat(Query.ask(access, superuser, rounds)).isEqualTo("1 4096");
        }
        try (Running running = Running.in(home)) {
            DatabaseAccess access = running.postgres().access();
            assertThat(Query.ask(access, superuser, rounds)).isEqualTo("1");
            assertThat(Query.ask(access, access.app(), "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    @DisplayName(
            "given the database process is killed, then it comes back on the same port with everything committed")
    void killedDatabase() throws Exception {
        try (Running running = Running.in(home)) {
            EmbeddedPostgres postgres = running.postgres();
            Query.keep(postgres.access(), "committed");
            long before = postgres.pid();

            Processes.signal(before, "KILL");

            Eventually.holds(() -> postgres.pid() != before);
            assertThat(Query.kept(postgres.access())).isEqualTo("committed");
        }
    }

    @Test
    @DisplayName(
            "given a server left its database running, then the next one takes that process over")
    void takeOver() throws Exception {
        long pid;
        try (DataDirectory data = DataDirectory.open(home)) {
            EmbeddedPostgres postgres = Running.start(data, Starter.here());
            Query.keep(postgres.access(), "left behind");
            pid = postgres.pid();
            postgres.abandon();
        }
        try (Running running = Running.in(home)) {
            assertThat(running.postgres().pid()).isEqualTo(pid);
            assertThat(Query.kept(running.postgres().access())).isEqualTo("left behind");
        }
        assertThat(Processes.alive(pid)).isFalse();
    }

    @Test
    @DisplayName(
            "given the process that was left has other settings, then it is stopped and started with ours")
    void otherSettings() throws Exception {
        long pid;
        try (DataDirectory data = DataDirectory.open(home)) {
            EmbeddedPostgres postgres = Running.start(data, Starter.here());
            pid = postgres.pid();
            postgres.cluster().write("postgresql.conf", "# of an earlier release\n");
            postgres.abandon();
        }
        try (Running running = Running.in(home)) {
            assertThat(running.postgres().pid()).isNotEqualTo(pid);
            assertThat(
                            Query.ask(
                                    running.postgres().access(),
                                    running.postgres().access().app(),
                                    "SHOW jit"))
                    .isEqualTo("off");
        }
    }

    @Test
    @DisplayName(
            "given the pid file names a process that is someone else's now, then it is not believed, and that process lives")
    void stalePidFile() throws Exception {
        String text;
        try (Running running = Running.in(home)) {
            assertThat(running.postgres().pid()).isPositive();
            text = Files.readString(home.resolve("db/postmaster.pid"));
        }
        Process stranger = new ProcessBuilder("sleep", "600").start();
        try {
            Files.writeString(
                    home.resolve("db/postmaster.pid"),
                    stranger.pid() + text.substring(text.indexOf('\n')));
            try (Running running = Running.in(home)) {
                assertThat(running.postgres().pid()).isNotEqualTo(stranger.pid());
                assertThat(stranger.isAlive()).isTrue();
            }
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    @DisplayName("without setsid, PostgreSQL's own starter does the same: kill, restart, stop")
    void throughPgCtl() throws Exception {
        try (DataDirectory data = DataDirectory.open(home)) {
            try (EmbeddedPostgres postgres = Running.start(data, Starter.PG_CTL)) {
                long before = postgres.pid();
                Processes.signal(before, "KILL");
                Eventually.holds(() -> postgres.pid() != before);
                assertThat(Query.ask(postgres.access(), postgres.access().app(), "SELECT 1"))
                        .isEqualTo("1");
            }
        }
        assertThat(home.resolve("db/postmaster.pid")).doesNotExist();
    }

    @Test
    @DisplayName("a second server on the same data directory is told so")
    void secondServer() {
        try (DataDirectory first = DataDirectory.open(home)) {
            assertThat(first.path()).isDirectory();
            assertThatThrownBy(() -> DataDirectory.open(home))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("in use by another server")
                    .hasMessageContaining(Long.toString(ProcessHandle.current().pid()))
                    .extracting(e -> ((StartFailure) e).reason())
                    .isEqualTo(Reason.DATA_DIRECTORY_IN_USE);
        }
    }

    @Test
    @DisplayName(
            "a database of another major version, or without its passwords, is refused with the reason")
    void unusableDatabase() throws Exception {
        try (Running running = Running.in(home)) {
            assertThat(running.postgres().pid()).isPositive();
        }
        Path version = home.resolve("db/PG_VERSION");
        Files.writeString(version, "99\n");
        assertThat(refusal()).isEqualTo(Reason.DATABASE_TOO_NEW);
        Files.writeString(version, "12\n");
        assertThat(refusal()).isEqualTo(Reason.DATABASE_TOO_OLD);
        Files.delete(home.resolve(Credentials.FILE));
        assertThat(refusal()).isEqualTo(Reason.DATA_DIRECTORY_INCOMPLETE);
    }

    @Test
    @DisplayName(
            "a directory of someone else's that others may write to is refused and left as it is")
    void foreignDirectory() throws IOException {
        Files.writeString(home.resolve("theirs"), "x");
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> DataDirectory.open(home)).isInstanceOf(StartFailure.class);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
                .isEqualTo("rwxrwxrwx");
    }

    private Reason refusal() {
        try (Running running = Running.in(home)) {
            throw new AssertionError("started as " + running.postgres().pid());
        } catch (StartFailure e) {
            return e.reason();
        }
    }
}
