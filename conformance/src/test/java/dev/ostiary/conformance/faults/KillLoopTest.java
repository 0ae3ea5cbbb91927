package dev.ostiary.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Await;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Server;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Kills a server and its database, again and again, while eight writers write and one follower
 * reads.
 */
@DisplayName("P37 P38 kill -9 under load")
class KillLoopTest {

    private static final String PREFIX = "load-";
    private static final Duration RECOVERY = Duration.ofSeconds(60);

    /** Writes between two kills: enough that some are under way whenever the kill comes. */
    private static final int BETWEEN = 60;

    @Test
    @Timeout(240)
    @DisplayName(
            "two kills of the server and two of the database lose no answered write, no event, and make no half of an operation")
    void shortLoop() throws InterruptedException {
        loop(2);
    }

    @Test
    @Tag("deep")
    @Timeout(1200)
    @DisplayName("ten kills of each")
    void longLoop() throws InterruptedException {
        loop(10);
    }

    private static void loop(int rounds) throws InterruptedException {
        try (Server server = Server.start("--quiet")) {
            Http http = server.defaultOrg().http();
            String group = Directory.id(new Directory(http).group("Under load"));
            Writers writers = new Writers(http, group, PREFIX);
            Follower follower = Follower.start(http);
            writers.start(8);
            for (int round = 0; round < rounds; round++) {
                someWrites(writers, server);
                server.kill();
                server.restart();
                someWrites(writers, server);
                server.killDatabase();
                serveAgain(server);
            }
            someWrites(writers, server);
            writers.stop();
            follower.stop();

            Aftermath aftermath =
                    Aftermath.compare(http, group, PREFIX, writers, follower.events());
            System.out.println("[kill loop] " + aftermath.summary(writers, 2 * rounds));
            assertThat(aftermath.lost()).as("lost writes").isEmpty();
            assertThat(aftermath.events()).as("repeated or missed events").isEmpty();
            assertThat(aftermath.halves()).as("halves of operations").isEmpty();
            assertThat(writers.odd).as("answers that blame the client").isEmpty();
            assertThat(follower.odd()).as("answers to the follower").isEmpty();
            assertThat(follower.events())
                    .as("a second reader sees the same log in the same order")
                    .isEqualTo(Follower.readAll(http).events());
        }
    }

    private static void someWrites(Writers writers, Server server) {
        int enough = writers.answered() + BETWEEN;
        assertThat(Await.until(RECOVERY, () -> writers.answered() >= enough))
                .as(() -> "writes go on: " + server.said())
                .isTrue();
    }

    /**
     * A server whose database died starts it again by itself, or ends so that its supervisor can
     * start it: both are recovery.
     */
    private static void serveAgain(Server server) {
        boolean served =
                Await.until(
                        RECOVERY,
                        () -> {
                            if (!server.isAlive()) {
                                server.restart();
                            }
                            return ready(server);
                        });
        assertThat(served)
                .as(() -> "serves again after its database died: " + server.said())
                .isTrue();
    }

    private static boolean ready(Server server) {
        try {
            return server.defaultOrg().http().get("/api/v1/users?limit=1").status() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }
}
