package dev.ostiary.server.directory.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgSettings;
import dev.ostiary.platform.query.meaning.Known;
import dev.ostiary.platform.query.meaning.Known.Sort;
import dev.ostiary.platform.query.meaning.Promise;
import dev.ostiary.platform.query.meaning.RandomExpressions;
import dev.ostiary.platform.query.meaning.RandomValues;
import dev.ostiary.platform.query.meaning.Trial;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Search and filter of users against what they promise to mean, on users of every value. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UserMeaningTest {

    private static final int USERS = 60;

    private static final List<String> REALMS =
            List.of("guo0000000000000A1d1", "guo0000000000000b1d1");

    private static final List<String> ALWAYS = List.of("login", "email", "firstName", "lastName");

    private static final List<String> OPTIONAL =
            List.of(
                    "middleName",
                    "honorificPrefix",
                    "honorificSuffix",
                    "title",
                    "displayName",
                    "nickName",
                    "profileUrl",
                    "secondEmail",
                    "mobilePhone",
                    "primaryPhone",
                    "streetAddress",
                    "city",
                    "state",
                    "zipCode",
                    "countryCode",
                    "postalAddress",
                    "preferredLanguage",
                    "locale",
                    "timezone",
                    "userType",
                    "employeeNumber",
                    "costCenter",
                    "organization",
                    "division",
                    "department",
                    "managerId",
                    "manager");

    private final UserGround ground;
    private final List<JsonNode> users = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();
    private final List<String> otherIds = new ArrayList<>();

    UserMeaningTest(DatabaseAccess access) {
        ground = new UserGround(access);
    }

    @AfterAll
    void close() {
        ground.close();
    }

    @BeforeAll
    void write() {
        realms(ground.org);
        realms(ground.other);
        Random random = new Random(27);
        for (int n = 0; n < USERS; n++) {
            User user = user(random, ground.org, n);
            ids.add(user.id());
            users.add(json(user, ground.org));
            write(ground.org, user, true);
        }
    }

    private void realms(Org org) {
        for (String id : REALMS) {
            ground.asOwner(
                    "INSERT INTO realm VALUES (%d, '%s', '%s', '%s', 'DEFAULT', '{}', now(), now())"
                            .formatted(org.number(), id, id, id));
        }
    }

    private void write(Org org, User user, boolean isNew) {
        ground.database.write(
                org.number(),
                tx -> {
                    if (isNew) {
                        new UserStore().insert(tx, org, user, Secrets.NONE);
                    } else {
                        new UserStore().update(tx, org, user, Secrets.NONE);
                    }
                    return true;
                });
    }

    private static User user(Random random, Org org, int number) {
        RandomValues values = new RandomValues(random);
        ObjectNode profile = Json.object();
        profile.put("login", values.text() + "@" + number);
        profile.put("email", values.text());
        profile.put("firstName", values.text());
        profile.put("lastName", values.text());
        for (String name : OPTIONAL) {
            switch (random.nextInt(4)) {
                case 0 -> profile.putNull(name);
                case 1 -> profile.put(name, "");
                default -> profile.put(name, values.text());
            }
        }
        OPTIONAL.stream().filter(name -> random.nextInt(5) == 0).forEach(profile::remove);
        return new User(
                "00u%08dAbCdEf%s".formatted(number, org.tail()),
                1,
                values.pick(List.of(UserStatus.values())),
                values.date(),
                maybe(random, values),
                maybe(random, values),
                null,
                values.date(),
                null,
                random.nextBoolean() ? null : "oty00000000000000" + values.pick(List.of("a", "B")),
                random.nextBoolean() ? null : values.pick(REALMS),
                Profile.of(profile),
                false,
                null,
                Provider.OKTA);
    }

    private static @Nullable Instant maybe(Random random, RandomValues values) {
        return random.nextInt(3) == 0 ? null : values.date();
    }

    private static JsonNode json(User user, Org org) {
        ObjectNode json = Json.object();
        json.put("id", user.id()).put("status", user.status().name());
        date(json, "created", user.created());
        date(json, "lastUpdated", user.lastUpdated());
        date(json, "activated", user.activated());
        date(json, "statusChanged", user.statusChanged());
        json.putObject("type")
                .put("id", user.typeId() == null ? "oty" + org.id().substring(3) : user.typeId());
        json.put(
                "realmId", user.realmId() == null ? "guo" + org.id().substring(3) : user.realmId());
        json.set("profile", user.profile().document());
        return json;
    }

    private static void date(ObjectNode json, String name, @Nullable Instant date) {
        if (date != null) {
            json.put(name, Dates.text(date));
        }
    }

    private static List<Known> search() {
        return Stream.of(
                        Stream.of(Known.at("id", Sort.TEXT, false)),
                        Stream.of("status", "type.id", "realmId")
                                .map(p -> Known.at(p, Sort.TEXT, true)),
                        Stream.of("created", "lastUpdated", "activated", "statusChanged")
                                .map(p -> Known.at(p, Sort.DATE, false)),
                        Stream.concat(ALWAYS.stream(), OPTIONAL.stream())
                                .map(p -> Known.at("profile." + p, Sort.TEXT, true)))
                .flatMap(all -> all)
                .toList();
    }

    private static List<Known> filter() {
        return Stream.of(
                        Stream.of("id", "status").map(p -> Known.at(p, Sort.TEXT, false)),
                        Stream.of(Known.at("lastUpdated", Sort.DATE, false)),
                        ALWAYS.stream().map(p -> Known.at("profile." + p, Sort.TEXT, false)))
                .flatMap(all -> all)
                .toList();
    }

    @Test
    @DisplayName("P26 P27 P28 given random searches, then they find the users that they mean")
    void searches() {
        hold(1, "search", search(), 600);
    }

    @Test
    @DisplayName("P26 P27 P28 given random filters, then they find the users that they mean")
    void filters() {
        hold(2, "filter", filter(), 400);
    }

    @Test
    @DisplayName("P26 P27 P28 given every index on demand, then searches find no one else")
    void searchesByIndexes() {
        ground.searchLikeLargeOrgs(() -> hold(5, "search", search(), 600));
    }

    @Test
    @Tag("deep")
    @DisplayName("P26 P27 P28 given 25 000 random searches, then they find what they mean")
    void manySearches() {
        hold(3, "search", search(), 25_000);
    }

    @Test
    @Tag("deep")
    @DisplayName("P26 P27 P28 given every index on demand, then 25 000 searches find no one else")
    void manySearchesByIndexes() {
        ground.searchLikeLargeOrgs(() -> hold(6, "search", search(), 25_000));
    }

    @Test
    @Tag("deep")
    @DisplayName("P26 P27 P28 given 15 000 random filters, then they find what they mean")
    void manyFilters() {
        hold(4, "filter", filter(), 15_000);
    }

    @Test
    @DisplayName("P29 given a delay, then searches mean the users as they were before all changed")
    void delayed() {
        Org late = ground.other.with(OrgSettings.defaults().searchDelay(Duration.ofMinutes(5)));
        List<JsonNode> before = new ArrayList<>();
        Random random = new Random(29);
        for (int n = 0; n < USERS; n++) {
            User user = user(random, late, n);
            before.add(json(user, late));
            otherIds.add(user.id());
            write(late.with(OrgSettings.defaults()), user, true);
        }
        for (int n = 0; n < USERS; n++) {
            write(late, user(random, late, n).updated(null, null, nobody(n), ground.now()), false);
        }
        for (int n = 0; n < 10; n++) {
            write(late, newcomer(late, USERS + n), true);
        }
        for (String parameter : List.of("search", "filter")) {
            List<Known> known = parameter.equals("search") ? search() : filter();
            Trial.Outcome outcome =
                    new Trial(new Promise(known), before, text -> found(late, parameter, text))
                            .run(new RandomExpressions(random, known, examples(before)), 200);
            System.out.println("[users by " + parameter + " before all changed] " + outcome);
            assertThat(outcome.differences()).isEmpty();
        }
    }

    private User newcomer(Org org, int number) {
        Instant now = ground.now();
        return new User(
                "00u%08dAbCdEf%s".formatted(number, org.tail()),
                1,
                UserStatus.STAGED,
                now,
                null,
                null,
                null,
                now,
                null,
                null,
                null,
                nobody(number),
                false,
                null,
                Provider.OKTA);
    }

    private static Profile nobody(int number) {
        ObjectNode profile = Json.object().put("login", "nobody" + number + "@example.com");
        return Profile.of(profile.put("firstName", "No").put("lastName", "Body"));
    }

    private void hold(long seed, String parameter, List<Known> known, int count) {
        Random random = new Random(seed);
        Trial.Outcome outcome =
                new Trial(new Promise(known), users, text -> found(ground.org, parameter, text))
                        .run(new RandomExpressions(random, known, examples(users)), count);
        System.out.println("[users by " + parameter + "] " + outcome);
        assertThat(outcome.differences()).isEmpty();
        assertThat(outcome.telling()).isGreaterThan(count / 3);
    }

    private static Map<String, List<String>> examples(List<JsonNode> users) {
        return Map.of(
                "id", users.stream().map(u -> u.path("id").stringValue()).toList(),
                "status", Stream.of(UserStatus.values()).map(Enum::name).toList(),
                "type.id", users.stream().map(u -> u.at("/type/id").asString()).toList());
    }

    private Set<Integer> found(Org org, String parameter, String text) {
        String query = parameter + "=" + URLEncoder.encode(text, StandardCharsets.UTF_8);
        List<String> ids = org.number() == ground.org.number() ? this.ids : otherIds;
        Set<Integer> numbers = new HashSet<>();
        ground.call("listUsers")
                .in(org)
                .query(query)
                .json()
                .forEach(user -> numbers.add(ids.indexOf(user.path("id").stringValue())));
        return numbers;
    }
}
