package dev.ostiary.server.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.contract.Contract;
import dev.ostiary.platform.event.Actor;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.LogClient;
import dev.ostiary.platform.event.RequestContext;
import dev.ostiary.platform.limits.Bucket;
import dev.ostiary.platform.limits.LimitJournal;
import dev.ostiary.platform.limits.Notice;
import dev.ostiary.platform.limits.Notice.Kind;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("P34 P38 what the System Log says of limits")
class LimitJournalTest {

    private static final RequestContext REQUEST =
            RequestContext.web("req1", "/api/v1/logs", "limit=1", LogClient.none())
                    .withActor(new Actor("00u1", "User", "ada@acme.test", "Ada Admin"))
                    .withTransactionDetail("requestApiTokenId", "00T1");

    private final LimitsGround ground;
    private final Org acme;
    private final Bucket logs;

    LimitJournalTest(DatabaseAccess access) {
        ground = new LimitsGround(access);
        acme = ground.ground.acme;
        logs =
                Objects.requireNonNull(
                        ground.table
                                .profile("free")
                                .orElseThrow()
                                .bucket(Contract.load().operation("listLogEvents"), List::of));
    }

    @AfterAll
    void close() {
        ground.close();
    }

    @Test
    @DisplayName("P34 the warning has the original's targets, debug data and legacy type")
    void warning() {
        JsonNode event = written(Kind.WARNING, "system.org.rate_limit.warning");
        assertThat(event.path("severity").asString()).isEqualTo("WARN");
        assertThat(event.path("outcome").path("result").asString()).isEqualTo("SUCCESS");
        assertThat(event.path("legacyEventType").asString())
                .isEqualTo("core.framework.ratelimit.warning");
        assertThat(event.path("target").path(0).path("id").asString()).isEqualTo("/api/v1/logs");
        assertThat(event.path("target").path(0).path("type").asString()).isEqualTo("URL Pattern");
        assertThat(event.path("target").path(1).path("type").asString()).isEqualTo("Bucket Uuid");
        JsonNode data = event.path("debugContext").path("debugData");
        assertThat(data.path("threshold").asString()).isEqualTo("20");
        assertThat(data.path("warningPercent").asString()).isEqualTo("60");
        assertThat(data.path("rateLimitSecondsToReset").asString()).isEqualTo("6");
        assertThat(data.path("rateLimitScopeType").asString()).isEqualTo("ORG");
        assertThat(data.path("timeSpan").asString()).isEqualTo("1");
        assertThat(data.path("timeUnit").asString()).isEqualTo("MINUTES");
        assertThat(data.path("userId").asString()).isEqualTo("00u1");
        assertThat(data.path("rateLimitBucketUuid"))
                .isEqualTo(event.path("target").path(1).path("id"));
    }

    @Test
    @DisplayName("P16 the whole context of the request that met the limit stands in the event")
    void context() {
        JsonNode event = written(Kind.VIOLATION, "system.org.rate_limit.violation");
        assertThat(event.path("actor").path("alternateId").asString()).isEqualTo("ada@acme.test");
        assertThat(event.path("transaction").path("id").asString()).isEqualTo("req1");
        assertThat(event.path("transaction").path("detail").path("requestApiTokenId").asString())
                .isEqualTo("00T1");
        assertThat(event.path("debugContext").path("debugData").path("url").asString())
                .isEqualTo("/api/v1/logs?limit=1");
        assertThat(event.path("outcome").path("result").asString()).isEqualTo("DENY");
        assertThat(event.path("legacyEventType").asString())
                .isEqualTo("core.framework.ratelimit.exceeded");
    }

    @Test
    @DisplayName("P34 bursts, concurrency and tokens have types of their own")
    void others() {
        JsonNode burst = written(Kind.BURST, "system.org.rate_limit.burst");
        assertThat(burst.path("debugContext").path("debugData").path("burstThreshold").asString())
                .isEqualTo("20");
        assertThat(written(Kind.CONCURRENCY, "core.concurrency.org.limit.violation")).isNotNull();
        JsonNode token = written(Kind.TOKEN_VIOLATION, "system.operation.rate_limit.violation");
        JsonNode data = token.path("debugContext").path("debugData");
        assertThat(data.path("operationRateLimitType").asString()).isEqualTo("web_request");
        assertThat(data.path("operationRateLimitSubtype").asString()).isEqualTo("ssws_token");
        assertThat(token.path("target").path(0).path("id").asString()).isEqualTo("00T1");
        assertThat(written(Kind.TOKEN_CONCURRENCY, "system.operation.concurrency_limit.violation"))
                .isNotNull();
    }

    @Test
    @DisplayName("P40 P39 notices of many threads land in their orgs; closing writes what waits")
    void manyThreads() throws Exception {
        LimitJournal journal = new LimitJournal(ground.ground.database, EventCatalogue.load());
        journal.start();
        Thread[] threads = new Thread[8];
        for (int i = 0; i < threads.length; i++) {
            Org org = i % 2 == 0 ? ground.ground.other : ground.ground.strict;
            threads[i] =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        for (int n = 0; n < 20; n++) {
                                            note(journal, org, Kind.WARNING);
                                        }
                                    });
        }
        for (Thread thread : threads) {
            thread.join();
        }
        journal.close();
        String type = "system.org.rate_limit.warning";
        assertThat(ground.events(ground.ground.other, type)).hasSize(80);
        assertThat(ground.events(ground.ground.strict, type)).hasSize(80);
    }

    @Test
    @DisplayName(
            "P34 a database that does not keep up costs notices, never a request or the memory")
    void bounded() {
        LimitJournal journal = new LimitJournal(ground.ground.database, EventCatalogue.load());
        for (int i = 0; i < 100_000; i++) {
            note(journal, acme, Kind.BURST);
        }
        assertThat(journal.waiting()).isLessThanOrEqualTo(4096);
        journal.close();
    }

    private JsonNode written(Kind kind, String type) {
        LimitJournal journal = new LimitJournal(ground.ground.database, EventCatalogue.load());
        journal.start();
        note(journal, acme, kind);
        journal.close();
        return ground.events(acme, type).getLast();
    }

    private void note(LimitJournal journal, Org org, Kind kind) {
        journal.note(org.number(), REQUEST, new Notice(kind, logs, 20, 60, 6), "00u1", "00T1");
    }
}
