package dev.ostiary.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Launcher;
import dev.ostiary.conformance.harness.Launcher.Ended;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
@DisplayName("A disk that is full")
class FullDiskTest {

    /** Two answered writes may fit into what the database has reserved; so many do not. */
    private static final int WRITES = 500;

    @Test
    @DisplayName(
            "P37 under a running server: writes are refused as in read only mode, reads go on, and all is well once there is room")
    void whileServing() throws IOException {
        try (SmallDisk disk = disk(250);
                Server server =
                        Server.startIn(
                                Files.createDirectory(disk.folder().resolve("server")), Map.of())) {
            Http http = server.defaultOrg().http();
            disk.fill();
            Answer refused = firstRefusal(http);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.text("errorCode")).isEqualTo("E0000010");
            http.get("/api/v1/users/me").expect(200);
            disk.free();
            http.post("/api/v1/users?activate=false", Directory.newUser("room@example.com"))
                    .expect(200);
        }
    }

    private static Answer firstRefusal(Http http) {
        for (int i = 0; i < WRITES; i++) {
            Answer answer =
                    http.post(
                            "/api/v1/users?activate=false",
                            Directory.newUser("full-" + i + "@example.com"));
            if (answer.status() != 200) {
                return answer;
            }
        }
        throw new AssertionError(WRITES + " writes fitted on a full disk");
    }

    @Test
    @DisplayName("before there is a database, and before there is a server: one line, code 12")
    void atStart() throws IOException {
        for (int megabytes : new int[] {5, 60}) {
            try (SmallDisk disk = disk(megabytes)) {
                Path data = disk.folder().resolve("data");
                Ended ended =
                        Launcher.here().run("serve", "--port", "0", "--data", data.toString());
                assertThat(ended.code()).isEqualTo(12);
                assertThat(ended.errorLines()).as(ended.err()).hasSize(1);
                assertThat(ended.err()).startsWith("ostiary: ").contains("disk");
            }
        }
    }

    private static SmallDisk disk(int megabytes) {
        Optional<SmallDisk> disk = SmallDisk.mount(megabytes);
        assumeTrue(disk.isPresent(), "skipped: this account cannot mount a tmpfs here");
        return disk.orElseThrow();
    }
}
