package dev.ostiary.server.oauth.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.limits.Bucket;
import dev.ostiary.platform.limits.Category;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.fixture.Ground;
import dev.ostiary.server.fixture.Operations;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("How much of the limits single clients use")
class ClientLoadTest {

    private static final String WARNING = "app.oauth2.client_id_rate_limit_warning";
    private static final Bucket BUCKET =
            new Bucket(3, "/oauth2/v1/token", Category.values()[0], 20, 20, "uuid");

    private final Ground ground;
    private final Operations log;
    private final ClientLoad load;

    ClientLoadTest(DatabaseAccess access) {
        ground = new Ground(access);
        log = new Operations(ground);
        load =
                new ClientLoad(
                        ground.database,
                        EventCatalogue.load(),
                        request -> Optional.of(BUCKET),
                        ground.clock);
    }

    @AfterAll
    void close() {
        ground.close();
    }

    private void count(Org org, String client, int times) {
        for (int i = 0; i < times; i++) {
            load.count(Ground.request(org, "token", ""), client(client));
        }
    }

    private int warnings(Org org) {
        return Collections.frequency(log.events(org), WARNING);
    }

    @Test
    @DisplayName("P34 at nine tenths of a bucket the log names the client, once a minute")
    void warns() {
        count(ground.acme, "busy", 17);
        count(ground.acme, "other", 17);
        count(ground.other, "busy", 17);
        assertThat(warnings(ground.acme)).isZero();
        count(ground.acme, "busy", 10);
        assertThat(warnings(ground.acme)).isEqualTo(1);
        assertThat(warnings(ground.other)).isZero();
        assertThat(log.event(ground.acme, WARNING).at("/actor/id").asString()).isEqualTo("busy");
        ground.clock.move(Duration.ofMinutes(1));
        count(ground.acme, "busy", 17);
        assertThat(warnings(ground.acme)).isEqualTo(1);
        count(ground.acme, "busy", 1);
        assertThat(warnings(ground.acme)).isEqualTo(2);
    }

    private static OAuthClient client(String id) {
        return new OAuthClient(
                id,
                "0oa" + id,
                id,
                true,
                "service",
                "client_secret_basic",
                Set.of("client_credentials"),
                List.of(),
                false,
                "{\"keys\":[]}",
                Optional.empty(),
                false,
                false,
                0,
                Set.of(),
                false,
                List.of(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
