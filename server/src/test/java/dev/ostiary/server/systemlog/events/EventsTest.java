package dev.ostiary.server.systemlog.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.event.Actor;
import dev.ostiary.platform.event.AuthenticationContext;
import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Feed;
import dev.ostiary.platform.event.LogClient;
import dev.ostiary.platform.event.Outcome;
import dev.ostiary.platform.event.RequestContext;
import dev.ostiary.platform.event.UserAgent;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.fixture.Ground;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(TestDatabase.class)
class EventsTest {

    private static final String CREATED = "user.lifecycle.create";
    private static final String JOINED = "group.user_membership.add";
    private static final String RENAMED = "group.profile.update";
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final Ground ground;
    private final EventCatalogue catalogue = EventCatalogue.load();
    private final Events events;
    private final Org acme;

    EventsTest(DatabaseAccess access) {
        ground = new Ground(access);
        acme = ground.acme;
        events =
                new Events(
                        new Feed(ground.database),
                        ground.clock,
                        org -> ground.clock.instant(),
                        catalogue);
    }

    @BeforeEach
    void forget() {
        ground.clock.set(NOON);
        ground.database.acrossOrgs(
                tx ->
                        tx.run(Sql.of("DELETE FROM system_log"))
                                + tx.run(Sql.of("DELETE FROM log_numbering")));
    }

    @AfterEach
    void close() {
        ground.close();
    }

    @Test
    @DisplayName("P33 a request's event: who, with what, from where, to whom, in which request")
    void web() {
        RequestContext context =
                RequestContext.web(
                                "req1",
                                "/api/v1/users",
                                "activate=true",
                                new LogClient(
                                        "192.0.2.7",
                                        new UserAgent("Mozilla/5.0 (…)", "Mac OS X", "CHROME"),
                                        null,
                                        "Computer",
                                        null,
                                        null))
                        .withActor(new Actor("00u1", "User", "ada@acme.test", "Ada Admin"))
                        .withAuthentication(
                                new AuthenticationContext(null, null, null, null, null, "102s"));
        RequestContext.bind(context)
                .run(
                        () ->
                                write(
                                        catalogue
                                                .event(CREATED)
                                                .target("00u2", "User", "inca@acme.test", "Inca")
                                                .target("00g1", "UserGroup", "unknown", "West")));

        JsonNode event = ask("").events().getFirst();

        assertThat(event.path("eventId").stringValue()).matches("tev[\\w-]{22}1772366400000");
        assertThat(Json.text(event).replaceAll("\"eventId\":\"[^\"]*\",", ""))
                .isEqualTo(
                        "{\"sessionId\":\"102s\",\"requestId\":\"req1\","
                                + "\"published\":\"2026-03-01T12:00:00.000Z\","
                                + "\"action\":{\"message\":\"Create okta user\","
                                + "\"categories\":[\"User Creation\"],"
                                + "\"objectType\":\"core.user.config.user_creation.success\","
                                + "\"requestUri\":\"/api/v1/users\"},"
                                + "\"actors\":[{\"id\":\"00u1\",\"displayName\":\"Ada Admin\","
                                + "\"login\":\"ada@acme.test\",\"objectType\":\"User\"},"
                                + "{\"id\":\"Mozilla/5.0 (…)\",\"displayName\":\"CHROME\","
                                + "\"ipAddress\":\"192.0.2.7\",\"objectType\":\"Client\"}],"
                                + "\"targets\":[{\"id\":\"00u2\",\"displayName\":\"Inca\","
                                + "\"login\":\"inca@acme.test\",\"objectType\":\"User\"},"
                                + "{\"id\":\"00g1\",\"displayName\":\"West\","
                                + "\"objectType\":\"UserGroup\"}]}");
    }

    @Test
    @DisplayName("the server's own work has no request and no client")
    void job() {
        write(catalogue.event(JOINED).target("00u2", "User", null, null));

        JsonNode event = ask("").events().getFirst();

        assertThat(event.path("requestId").isNull()).isTrue();
        assertThat(event.path("sessionId").isNull()).isTrue();
        assertThat(event.at("/action/requestUri").stringValue()).isEqualTo("Background");
        assertThat(event.at("/action/categories")).isEmpty();
        assertThat(event.path("actors")).hasSize(1);
        assertThat(event.at("/actors/0/objectType").stringValue()).isEqualTo("SystemPrincipal");
        assertThat(event.at("/actors/0").has("login")).isFalse();
        assertThat(event.at("/targets/0/login").isNull()).isTrue();
    }

    @Test
    @DisplayName("only events that have a name here are shown, under that name and its outcome")
    void shown() {
        write(catalogue.event(RENAMED));
        write(catalogue.event(CREATED).outcome(Outcome.failure("NO")));
        write(catalogue.event("user.session.start"));

        assertThat(ask("").types())
                .containsExactly(
                        "core.user.config.user_creation.failure", "core.user_auth.login_success");
    }

    @Test
    @DisplayName("given no parameters, then the last hour is told")
    void lastHour() {
        write("long ago");
        ground.clock.move(Duration.ofMinutes(61));
        write("just now");

        assertThat(ask("").targets()).containsExactly("just now");
        assertThat(ask("startDate=").targets()).containsExactly("just now");
        assertThat(ask("filter=" + encoded("target.id pr")).targets())
                .containsExactly("long ago", "just now");
    }

    @Test
    @DisplayName("startDate means what is later, and the same as published gt")
    void startDate() {
        write("first");
        ground.clock.move(Duration.ofSeconds(1));
        write("second");
        ground.clock.move(Duration.ofSeconds(1));
        write("third");

        String date = "2026-03-01T12:00:01.000Z";
        assertThat(ask("startDate=" + date).targets()).containsExactly("third");
        assertThat(filtered("published gt \"" + date + "\"")).containsExactly("third");
        assertThat(filtered("published eq \"" + date + "\"")).containsExactly("second");
        assertThat(filtered("published lt \"" + date + "\"")).containsExactly("first");
        assertThat(ask("startDate=2026-03-01T12:00:00.999Z").targets())
                .containsExactly("second", "third");
        for (String liberal :
                List.of(
                        "2026-03-01T14:00:00+02:00",
                        "2026-03-01T14:00:00 02:00",
                        "2026-03-01 12:00:00",
                        "2026-03-01T12:00")) {
            assertThat(ask("startDate=" + encoded(liberal)).targets())
                    .as(liberal)
                    .containsExactly("second", "third");
        }
        assertThat(ask("startDate=2026-03-01").targets()).hasSize(3);
        assertThat(ask("startDate=2026-03-01T12:00:00%2B00:00").targets()).hasSize(2);
    }

    @Test
    @DisplayName("P28 the documented filters, joined as filters are")
    void filters() {
        write(catalogue.event(CREATED).target("00u1", "User", null, null));
        write(
                catalogue
                        .event(JOINED)
                        .target("00u1", "User", null, null)
                        .target("00g1", "UserGroup", null, null));
        String created = "action.objectType eq \"core.user.config.user_creation.success\"";

        assertThat(types(created)).containsExactly("core.user.config.user_creation.success");
        assertThat(types("not (" + created + ")"))
                .containsExactly("core.user_group_member.user_add");
        assertThat(types("action.objectType sw \"core.user\"")).hasSize(2);
        assertThat(types("action.objectType eq \"group.user_membership.add\"")).isEmpty();
        assertThat(types("target.objectType eq \"UserGroup\""))
                .containsExactly("core.user_group_member.user_add");
        assertThat(types("target.id eq \"00u1\" and target.id eq \"00g1\"")).hasSize(1);
        assertThat(types("published gt \"2026-03-01T11:00:00.000Z\" and " + created)).hasSize(1);
        refused("filter=" + encoded("eventType eq \"x\""), "E0000031");
        refused("filter=" + encoded("published gt \"yesterday\""), "E0000030");
        refused("filter=", "E0000031");
    }

    @Test
    @DisplayName("P28 under strict only the documented operators are known")
    void strict() {
        String documented = encoded("action.objectType eq \"app.auth.sso\"");
        assertThat(ask(ground.strict, "filter=" + documented).events()).isEmpty();
        for (String filter :
                List.of(
                        "action.objectType sw \"app\"",
                        "target.id ne \"00u1\"",
                        "published ge \"2026-03-01T11:00:00.000Z\"")) {
            assertThatThrownBy(() -> ask(ground.strict, "filter=" + encoded(filter)))
                    .isInstanceOf(ApiException.class);
        }
    }

    @Test
    @DisplayName("startDate goes with neither filter nor after; limits and cursors are checked")
    void errors() {
        refused("startDate=2026-03-01&filter=" + encoded("target.id eq \"x\""), "E0000001");
        refused("startDate=2026-03-01&after=bG9nIDE", "E0000001");
        refused("startDate=soon", "E0000001");
        refused("startDate=2025-01-01", "E0000053");
        refused("limit=1001", "E0000001");
        refused("limit=0", "E0000001");
        refused("limit=many", "E0000001");
        refused("after=x", "E0000029");
    }

    @Test
    @DisplayName("P25 next is always there, names the limit, keeps the filter, drops startDate")
    void links() {
        Answer none = ask("startDate=2026-03-01T11:00:00.000Z&limit=3");

        assertThat(none.events()).isEmpty();
        assertThat(none.self())
                .isEqualTo(
                        "https://acme.test/api/v1/events?startDate=2026-03-01T11%3A00%3A00.000Z&limit=3");
        assertThat(none.next())
                .startsWith("https://acme.test/api/v1/events?after=")
                .endsWith("&limit=3");
        String filter = "filter=" + encoded("target.id eq \"wanted\"");
        Answer some = ask(filter);
        assertThat(some.next())
                .contains("filter=target.id%20eq%20%22wanted%22")
                .endsWith("&limit=1000");

        write("unwanted");
        write("wanted");

        assertThat(follow(none).targets()).containsExactly("unwanted", "wanted");
        assertThat(follow(some).targets()).containsExactly("wanted");
        assertThat(follow(follow(some)).targets()).isEmpty();
    }

    @Test
    @DisplayName("P24 P38 given writers, when one follows, then each event comes exactly once")
    void exactlyOnce() throws Exception {
        int writers = 8;
        int changes = 25;
        CountDownLatch done = new CountDownLatch(writers);
        List<String> seen = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int w = 0; w < writers; w++) {
                String writer = "w" + w + "/";
                all.add(
                        threads.submit(
                                () -> {
                                    for (int n = 0; n < changes; n++) {
                                        write(writer + n);
                                    }
                                    done.countDown();
                                }));
            }
            Answer page = ask("limit=7");
            boolean last = false;
            while (!last || !page.events().isEmpty()) {
                last = done.getCount() == 0;
                seen.addAll(page.targets());
                page = follow(page);
            }
            for (Future<?> writer : all) {
                writer.get();
            }
        }
        assertThat(seen).hasSize(writers * changes).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("P40 another org sees nothing of it")
    void otherOrg() {
        write("ours");

        assertThat(ask(ground.other, "").events()).isEmpty();
        assertThat(ask(ground.other, "after=bG9nIDA").events()).isEmpty();
    }

    private List<String> filtered(String filter) {
        return ask("filter=" + encoded(filter)).targets();
    }

    private List<String> types(String filter) {
        return ask("filter=" + encoded(filter)).types();
    }

    private void refused(String query, String code) {
        assertThatThrownBy(() -> ask(query))
                .as(query)
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private void write(String target) {
        write(catalogue.event(CREATED).target(target, "User", null, null));
    }

    private void write(Event event) {
        ground.database.write(
                acme.number(),
                tx -> {
                    tx.emit(event);
                    return true;
                });
    }

    /** A page as a client sees it. */
    private record Answer(List<JsonNode> events, String self, String next) {

        List<String> targets() {
            return events.stream().map(e -> e.at("/targets/0/id").stringValue()).toList();
        }

        List<String> types() {
            return events.stream().map(e -> e.at("/action/objectType").stringValue()).toList();
        }
    }

    private Answer follow(Answer page) {
        return ask(page.next().substring(page.next().indexOf('?') + 1));
    }

    private Answer ask(String query) {
        return ask(acme, query);
    }

    private Answer ask(Org org, String query) {
        Reply reply =
                events.bindings()
                        .getFirst()
                        .handler()
                        .handle(Ground.request(org, "listEvents", query));
        List<JsonNode> all = new ArrayList<>();
        Json.parse(reply.body()).forEach(all::add);
        return new Answer(
                all, link(reply, "self").orElseThrow(), link(reply, "next").orElseThrow());
    }

    private static Optional<String> link(Reply reply, String relation) {
        return reply.headers().stream()
                .map(header -> header.value())
                .filter(value -> value.endsWith("; rel=\"" + relation + "\""))
                .map(value -> value.substring(1, value.indexOf('>')))
                .findFirst();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
