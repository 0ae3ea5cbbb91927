package dev.ostiary.server.security.behaviours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.context.IpAddress;
import dev.ostiary.platform.context.Place;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.ConfigVersionLookup;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.fixture.Ground;
import dev.ostiary.server.fixture.Operations;
import dev.ostiary.server.security.behaviours.Finding.Outcome;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BehavioursTest {

    private static final String TAKEN =
            "name: An object with this field already exists in the current organization";

    private final Ground ground;
    private final Operations operations;
    private final Behaviours behaviours;
    private final Org org;

    BehavioursTest(DatabaseAccess access) {
        ground = new Ground(access);
        org = ground.acme;
        operations =
                new Operations(
                        ground,
                        new BehaviourRules(
                                ground.database,
                                new Ids(ground.clock, new SecureRandom()),
                                ground.clock,
                                EventCatalogue.load()));
        behaviours = new Behaviours(ground.database);
    }

    @AfterAll
    void close() {
        ground.close();
    }

    @Test
    @DisplayName("an org that nobody touched has the seven documented behaviours, all active")
    void untouched() {
        JsonNode list = list(ground.other, "");
        assertThat(names(list))
                .containsExactly(
                        "New City",
                        "New Country",
                        "New Device",
                        "New Geo-Location",
                        "New IP",
                        "New State",
                        "Velocity");
        assertThat(list.valueStream().map(each -> each.path("status").asString()).distinct())
                .containsExactly("ACTIVE");
        assertThat(settings(list, "New City")).contains("\"maxEventsUsedForEvaluation\":20");
        assertThat(settings(list, "New State")).contains("\"maxEventsUsedForEvaluation\":15");
        assertThat(settings(list, "New Country")).contains("\"maxEventsUsedForEvaluation\":10");
        assertThat(settings(list, "New IP")).contains("\"maxEventsUsedForEvaluation\":50");
        assertThat(settings(list, "New Geo-Location"))
                .contains("\"granularity\":\"LAT_LONG\",\"radiusKilometers\":20");
        assertThat(settings(list, "Velocity")).isEqualTo("{\"velocityKph\":805}");
        assertThat(rows(ground.other)).isZero();
    }

    @Test
    @DisplayName("a behaviour reads as documented, with dates that strict orgs write with a space")
    void read() {
        JsonNode made = create(org, "{\"name\":\"Fast\",\"type\":\"VELOCITY\"}");
        assertThat(made.propertyNames())
                .containsExactly(
                        "id",
                        "name",
                        "type",
                        "settings",
                        "status",
                        "created",
                        "lastUpdated",
                        "_link",
                        "_links");
        String id = id(made);
        assertThat(id).startsWith("bhv").hasSize(20);
        assertThat(made.at("/settings/velocityKph").asInt()).isEqualTo(805);
        assertThat(made.at("/_link/self/href").asString())
                .isEqualTo("https://acme.test/api/v1/behaviors/" + id);
        assertThat(made.at("/_link/self/hints/allow").toString())
                .isEqualTo("[\"GET\",\"POST\",\"PUT\",\"DELETE\"]");
        assertThat(made.at("/_links/deactivate/href").asString()).endsWith("/lifecycle/deactivate");
        assertThat(made.path("created").asString()).matches("\\S+T\\S+\\.\\d{3}Z");
        assertThat(get(org, id)).isEqualTo(made);
        JsonNode strict = create(ground.strict, "{\"name\":\"Fast\",\"type\":\"VELOCITY\"}");
        assertThat(strict.path("created").asString())
                .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d");
    }

    @Test
    @DisplayName("P6 every wrong field is named at once")
    void wrong() {
        refused(
                "{}",
                "name: The field cannot be left blank",
                "type: The field cannot be left blank");
        refused(
                "{\"name\":\"\",\"type\":\"ANOMALOUS_IP\",\"settings\":"
                        + "{\"maxEventsUsedForEvaluation\":101,\"minEventsNeededForEvaluation\":11}}",
                "name: must be 1 to 128 characters",
                "settings.maxEventsUsedForEvaluation: must be between 1 and 100",
                "settings.minEventsNeededForEvaluation: must be between 0 and 10");
        refused(
                "{\"name\":\"Where\",\"type\":\"ANOMALOUS_LOCATION\"}",
                "settings.granularity: The field cannot be left blank");
        refused(
                "{\"name\":\"Where\",\"type\":\"ANOMALOUS_LOCATION\",\"settings\":"
                        + "{\"granularity\":\"LAT_LONG\"}}",
                "settings.radiusKilometers: The field cannot be left blank");
        refused(
                "{\"name\":\"Fast\",\"type\":\"VELOCITY\",\"settings\":{\"velocityKph\":0}}",
                "settings.velocityKph: must be at least 1");
        refused(
                "{\"name\":\"Odd\",\"type\":\"ODD\"}",
                "type: must be ANOMALOUS_LOCATION, ANOMALOUS_DEVICE, ANOMALOUS_IP, ANOMALOUS_ASN"
                        + " or VELOCITY");
    }

    @Test
    @DisplayName("P38 each change has its event, and what changes nothing has none")
    void lifecycle() {
        Org quiet = ground.strict;
        int before = operations.events(quiet).size();
        String body =
                "{\"name\":\"Life\",\"type\":\"ANOMALOUS_LOCATION\",\"settings\":"
                        + "{\"granularity\":\"CITY\",\"radiusKilometers\":7}}";
        JsonNode made = create(quiet, body);
        assertThat(made.path("settings").has("radiusKilometers")).isFalse();
        String id = id(made);
        JsonNode off = step(quiet, id, "deactivate");
        assertThat(off.path("status").asString()).isEqualTo("INACTIVE");
        assertThat(off.at("/_links").has("activate")).isTrue();
        assertThat(step(quiet, id, "deactivate")).isEqualTo(off);
        assertThat(replace(quiet, id, body)).isEqualTo(off);
        JsonNode changed = replace(quiet, id, body.replace("CITY", "COUNTRY"));
        assertThat(changed.path("status").asString()).isEqualTo("INACTIVE");
        assertThat(changed.at("/settings/granularity").asString()).isEqualTo("COUNTRY");
        error(
                () -> replace(quiet, id, "{\"name\":\"Life\",\"type\":\"VELOCITY\"}"),
                "E0000001",
                "type: The type of a behavior cannot be changed");
        assertThat(call(quiet, "deleteBehaviorDetectionRule", id, "").status()).isEqualTo(204);
        error(() -> get(quiet, id), "E0000007", "");
        assertThat(operations.events(quiet).stream().skip(before))
                .containsExactly(
                        "security.behavior.settings.create",
                        "security.behavior.settings.update",
                        "security.behavior.settings.update",
                        "security.behavior.settings.delete");
        JsonNode target =
                operations.event(quiet, "security.behavior.settings.delete").path("target").get(0);
        assertThat(target.path("id").asString()).isEqualTo(id);
        assertThat(target.at("/detailEntry/type").asString()).isEqualTo("ANOMALOUS_LOCATION");
    }

    @Test
    @DisplayName("a new one is active, whatever status its body names")
    void bornActive() {
        String body = "{\"name\":\"Born\",\"type\":\"VELOCITY\",\"status\":\"INACTIVE\"}";
        JsonNode made = create(org, body);
        assertThat(made.path("status").asString()).isEqualTo("ACTIVE");
        assertThat(replace(org, id(made), body).path("status").asString()).isEqualTo("INACTIVE");
    }

    @Test
    @DisplayName("a default one is changed and deleted like any other, and stays so")
    void defaults() {
        String city = id(byName(list(org, ""), "New City"));
        String state = id(byName(list(org, ""), "New State"));
        step(org, city, "deactivate");
        assertThat(get(org, city).path("status").asString()).isEqualTo("INACTIVE");
        assertThat(byName(list(ground.other, ""), "New City").path("status").asString())
                .isEqualTo("ACTIVE");
        call(org, "deleteBehaviorDetectionRule", state, "");
        error(() -> get(org, state), "E0000007", "");
        error(() -> step(org, state, "activate"), "E0000007", "");
        assertThat(names(list(org, "limit=200"))).contains("New City").doesNotContain("New State");
        create(
                org,
                "{\"name\":\"New State\",\"type\":\"ANOMALOUS_LOCATION\",\"settings\":"
                        + "{\"granularity\":\"SUBDIVISION\"}}");
        error(() -> get(org, state), "E0000007", "");
    }

    @Test
    @DisplayName("P24 pages of 10 follow each other by name, and only then have links")
    void pages() {
        assertThat(call(ground.other, "listBehaviorDetectionRules", "", "").headers()).isEmpty();
        Reply first = operations.call(ground.other, "listBehaviorDetectionRules", "limit=3", "");
        assertThat(first.headers().toString())
                .contains("after=New%20Device&limit=3>; rel=\"next\"")
                .contains("rel=\"self\"");
        assertThat(names(list(ground.other, "limit=3&after=New%20Device")))
                .containsExactly("New Geo-Location", "New IP", "New State");
        assertThat(names(list(ground.other, "after=New%20IQ")))
                .containsExactly("New State", "Velocity");
        error(() -> list(ground.other, "limit=0"), "E0000001", "limit: must be between 1 and 200");
    }

    @Test
    @DisplayName("P39 P40 of many who take a name one succeeds, and another org has it for itself")
    void race() throws Exception {
        List<String> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<String>> attempts =
                    IntStream.range(0, 16)
                            .mapToObj(
                                    i ->
                                            threads.submit(
                                                    () -> attempt(i % 2 == 0 ? "Race" : "rACE")))
                            .toList();
            for (Future<String> attempt : attempts) {
                outcomes.add(attempt.get());
            }
        }
        assertThat(outcomes).containsOnlyOnce("made").contains(TAKEN);
        assertThat(outcomes.stream().distinct()).hasSize(2);
        String id = id(create(ground.other, "{\"name\":\"Race\",\"type\":\"VELOCITY\"}"));
        error(() -> get(org, id), "E0000007", "");
        error(() -> step(org, id, "deactivate"), "E0000007", "");
        call(ground.other, "deleteBehaviorDetectionRule", id, "");
    }

    private String attempt(String name) {
        try {
            create(org, "{\"name\":\"" + name + "\",\"type\":\"VELOCITY\"}");
            return "made";
        } catch (ApiException e) {
            return e.causes().getFirst();
        }
    }

    @Test
    @DisplayName("a sign-in that is remembered is nothing new, for that user of that org")
    void remembered() {
        Org where = ground.other;
        user(where, "00uremembered");
        SignIn laptop = from("laptop", "192.0.2.1", ground.clock.instant());
        assertThat(outcome(where, "00uremembered", laptop, "New Device"))
                .isEqualTo(Outcome.POSITIVE);

        remember(where, "00uremembered", laptop);

        assertThat(outcome(where, "00uremembered", laptop, "New Device"))
                .isEqualTo(Outcome.NEGATIVE);
        assertThat(outcome(where, "00uremembered", laptop, "New IP")).isEqualTo(Outcome.NEGATIVE);
        assertThat(outcome(where, "00uremembered", laptop, "New City"))
                .isEqualTo(Outcome.BAD_REQUEST);
        assertThat(outcome(where, "00ustranger", laptop, "New Device")).isEqualTo(Outcome.POSITIVE);
        assertThat(outcome(org, "00uremembered", laptop, "New Device")).isEqualTo(Outcome.POSITIVE);
        assertThat(knows(where, "00uremembered", "laptop")).isTrue();
        assertThat(knows(where, "00uremembered", "phone")).isFalse();
        assertThat(knows(org, "00uremembered", "laptop")).isFalse();

        ground.database.write(
                where.number(),
                tx -> {
                    behaviours.forget(tx, "00uremembered");
                    return true;
                });

        assertThat(outcome(where, "00uremembered", laptop, "New Device"))
                .isEqualTo(Outcome.POSITIVE);
    }

    @Test
    @DisplayName("the same context is remembered once, and a hundred contexts of a user at most")
    void bounded() {
        user(org, "00ubounded");
        Instant start = ground.clock.instant();
        for (int i = 0; i < 105; i++) {
            remember(org, "00ubounded", from("d" + i, "192.0.2.1", start.plusSeconds(i)));
            remember(org, "00ubounded", from("d" + i, "192.0.2.1", start.plusSeconds(i)));
        }
        List<SignIn> past = past(org, "00ubounded");
        assertThat(past).hasSize(100);
        assertThat(past.getFirst().device()).isEqualTo(SignIn.device("d104"));
        assertThat(past.getLast().device()).isEqualTo(SignIn.device("d5"));
        // an old context that comes again is the newest, and none is lost for it
        remember(org, "00ubounded", from("d5", "192.0.2.1", start.plusSeconds(200)));
        assertThat(past(org, "00ubounded")).hasSize(100);
        assertThat(past(org, "00ubounded").getFirst().device()).isEqualTo(SignIn.device("d5"));
    }

    @Test
    @DisplayName("what is remembered of a place is all that behaviours compare")
    void whereabouts() {
        user(org, "00uplaced");
        Place vienna =
                new Place(
                        "AT",
                        "9",
                        "Austria",
                        "Vienna",
                        "Vienna",
                        "1010",
                        48.2082,
                        16.3738,
                        8447L,
                        "A1",
                        Optional.empty());
        SignIn there =
                SignIn.of(ground.clock.instant(), null, IpAddress.parse("2001:db8::7"), vienna);
        remember(org, "00uplaced", there);
        SignIn past = past(org, "00uplaced").getFirst();
        assertThat(past.at()).isEqualTo(there.at());
        assertThat(past.address()).isEqualTo(there.address());
        assertThat(past.device()).isNull();
        assertThat(past.place().country()).isEqualTo("AT");
        assertThat(past.place().region()).isEqualTo("9");
        assertThat(past.place().city()).isEqualTo("Vienna");
        assertThat(past.place().latitude()).isEqualTo(48.2082);
        assertThat(past.place().longitude()).isEqualTo(16.3738);
        assertThat(past.place().asn()).isEqualTo(8447L);
    }

    @Test
    @DisplayName("P39 sign-ins of one user at once are all remembered")
    void atOnce() throws Exception {
        user(org, "00uatonce");
        Instant start = ground.clock.instant();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                SignIn signIn = from("d" + i % 16, "192.0.2.1", start.plus(Duration.ofSeconds(i)));
                all.add(threads.submit(() -> remember(org, "00uatonce", signIn)));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
        assertThat(past(org, "00uatonce")).hasSize(16);
    }

    @Test
    @DisplayName("only active behaviours are judged, each change from the next request on")
    void activeOnly() {
        Org where = ground.strict;
        SignIn now = from("laptop", "192.0.2.1", ground.clock.instant());
        String id = id(byName(list(where, "limit=200"), "New IP"));
        assertThat(found(where, "00unobody", now)).contains("New IP=POSITIVE");
        step(where, id, "deactivate");
        assertThat(found(where, "00unobody", now)).doesNotContain("New IP");
        step(where, id, "activate");
        assertThat(found(where, "00unobody", now)).contains("New IP=POSITIVE");
    }

    private void user(Org where, String id) {
        Instant now = ground.clock.instant();
        ground.database.write(
                where.number(),
                tx ->
                        tx.run(
                                Sql.of(
                                        """
                                        INSERT INTO users (org_id, id, version, status, created,
                                            last_updated, profile, login_key, provider_type,
                                            provider_name, password_hook)
                                        VALUES (?, ?, 1, 'ACTIVE', ?, ?, '{}', ?, 'OKTA', 'OKTA', false)""",
                                        where.number(),
                                        id,
                                        now,
                                        now,
                                        id)));
    }

    private String found(Org where, String user, SignIn now) {
        return behaviours.evaluate(fresh(where), user, now).text();
    }

    private Outcome outcome(Org where, String user, SignIn now, String name) {
        return behaviours.evaluate(fresh(where), user, now).all().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow()
                .outcome();
    }

    private Org fresh(Org where) {
        return where.at(new ConfigVersionLookup(ground.database).now(where));
    }

    private List<SignIn> past(Org where, String user) {
        return ground.database.read(where.number(), reader -> behaviours.past(reader, user));
    }

    private boolean knows(Org where, String user, String device) {
        return ground.database.read(
                where.number(), reader -> behaviours.knows(reader, user, device));
    }

    private void remember(Org where, String user, SignIn signIn) {
        ground.database.write(
                where.number(),
                tx -> {
                    behaviours.remember(tx, user, signIn);
                    return true;
                });
    }

    private static SignIn from(String device, String address, Instant at) {
        return SignIn.of(at, device, IpAddress.parse(address), Place.unknown());
    }

    private long rows(Org where) {
        return ground.database.read(
                where.number(),
                reader ->
                        reader.one(
                                        Sql.of(
                                                "SELECT count(*) AS n FROM document"
                                                        + " WHERE org_id = ? AND kind = 'behavior'",
                                                where.number()),
                                        row -> row.number("n"))
                                .orElseThrow());
    }

    private Reply call(Org where, String operation, String id, String body) {
        return operations.call(where, operation, Map.of("behaviorId", id), "", body);
    }

    private JsonNode create(Org where, String body) {
        return Json.parse(operations.call(where, "createBehaviorDetectionRule", "", body).body());
    }

    private JsonNode get(Org where, String id) {
        return Json.parse(call(where, "getBehaviorDetectionRule", id, "").body());
    }

    private JsonNode replace(Org where, String id, String body) {
        return Json.parse(call(where, "replaceBehaviorDetectionRule", id, body).body());
    }

    private JsonNode step(Org where, String id, String step) {
        return Json.parse(call(where, step + "BehaviorDetectionRule", id, "").body());
    }

    private JsonNode list(Org where, String query) {
        return Json.parse(operations.call(where, "listBehaviorDetectionRules", query, "").body());
    }

    private void refused(String body, String... causes) {
        assertThatThrownBy(() -> create(org, body))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo("E0000001");
                            assertThat(e.causes()).containsExactly(causes);
                        });
    }

    private static void error(ThrowingCallable call, String code, String cause) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(code);
                            assertThat(String.join(" ", e.causes())).contains(cause);
                        });
    }

    private static String settings(JsonNode list, String name) {
        return byName(list, name).path("settings").toString();
    }

    private static JsonNode byName(JsonNode list, String name) {
        return list.valueStream()
                .filter(each -> each.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> names(JsonNode list) {
        return list.valueStream().map(each -> each.path("name").asString()).toList();
    }

    private static String id(JsonNode behaviour) {
        return behaviour.path("id").asString();
    }
}
