package dev.ostiary.server.directory.groups;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.query.meaning.Known;
import dev.ostiary.platform.query.meaning.Known.Sort;
import dev.ostiary.platform.query.meaning.Promise;
import dev.ostiary.platform.query.meaning.RandomExpressions;
import dev.ostiary.platform.query.meaning.RandomValues;
import dev.ostiary.platform.query.meaning.Trial;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.directory.TestDirectory;
import dev.ostiary.server.directory.memberships.Roster;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Search and filter of groups against what they promise to mean, on groups with profiles of every
 * value and type.
 */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GroupMeaningTest {

    private static final int GROUPS = 60;

    private static final List<String> CUSTOM =
            List.of("samAccountName", "dn", "x", "y", "not-a-name", "_", "order", "eq");

    private final TestDirectory directory;
    private final Org org;
    private final List<JsonNode> groups = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();

    GroupMeaningTest(DatabaseAccess access) {
        directory = new TestDirectory(access);
        org = directory.org("meaning");
    }

    @AfterAll
    void close() {
        directory.close();
    }

    @BeforeAll
    void write() {
        for (JsonNode builtIn :
                TestDirectory.json(directory.call(org, "listGroups", Map.of(), ""))) {
            ids.add(builtIn.path("id").stringValue());
            groups.add(builtIn);
        }
        Random random = new Random(28);
        for (int n = 0; n < GROUPS; n++) {
            Group group = group(random, n);
            Optional<Instant> left =
                    random.nextInt(3) == 0
                            ? Optional.of(new RandomValues(random).date())
                            : Optional.empty();
            ids.add(group.id());
            groups.add(json(group, left));
            directory
                    .database()
                    .write(
                            org.number(),
                            tx -> {
                                new GroupStore().insert(tx, org, group);
                                left.ifPresent(moment -> tx.write(departure(group, moment)));
                                return true;
                            });
        }
    }

    private Sql departure(Group group, Instant moment) {
        return Sql.of(
                "INSERT INTO group_departure (org_id, group_id, departed, user_id)"
                        + " VALUES (?, ?, ?, 'x')",
                org.number(),
                group.id(),
                moment);
    }

    private Group group(Random random, int number) {
        RandomValues values = new RandomValues(random);
        String name = values.text() + number;
        ObjectNode profile = Json.object().put("name", name);
        if (random.nextInt(4) > 0) {
            profile.put("description", random.nextInt(4) == 0 ? null : values.text());
        }
        for (String custom : CUSTOM) {
            if (random.nextInt(3) > 0) {
                profile.set(custom, values.any());
            }
        }
        boolean imported = random.nextInt(3) == 0;
        return new Group(
                "00g%08dAbCdEf%s".formatted(number, org.tail()),
                imported ? GroupType.APP_GROUP : GroupType.OKTA_GROUP,
                Roster.STORED,
                imported ? values.pick(List.of("0oa1", "0oa2", "0oA1")) : null,
                new GroupProfile(name, Json.text(profile)),
                values.date(),
                values.date(),
                values.date());
    }

    private static JsonNode json(Group group, Optional<Instant> left) {
        ObjectNode json = Json.object();
        json.put("id", group.id()).put("type", group.type().name());
        json.put("created", Dates.text(group.created()));
        json.put("lastUpdated", Dates.text(group.lastUpdated()));
        Instant changed =
                left.filter(moment -> moment.isAfter(group.created())).orElse(group.created());
        json.put("lastMembershipUpdated", Dates.text(changed));
        if (group.sourceId() != null) {
            json.putObject("source").put("id", Objects.requireNonNull(group.sourceId()));
        }
        json.set("profile", group.profile().document());
        return json;
    }

    private static List<Known> search() {
        return Stream.of(
                        Stream.of("id", "source.id").map(p -> Known.at(p, Sort.TEXT, false)),
                        Stream.of("type", "profile.name", "profile.description")
                                .map(p -> Known.at(p, Sort.TEXT, true)),
                        Stream.of("created", "lastUpdated", "lastMembershipUpdated")
                                .map(p -> Known.at(p, Sort.DATE, false)),
                        CUSTOM.stream().map(GroupMeaningTest::custom))
                .flatMap(all -> all)
                .toList();
    }

    private static Known custom(String name) {
        return Known.at("profile." + name, Sort.ANY, true);
    }

    private static List<Known> filter() {
        return Stream.of(
                        Stream.of("id", "type").map(p -> Known.at(p, Sort.TEXT, false)),
                        Stream.of("lastUpdated", "lastMembershipUpdated")
                                .map(p -> Known.at(p, Sort.DATE, false)))
                .flatMap(all -> all)
                .toList();
    }

    /** Every name of a profile can be searched, also one that no group has. */
    private static Promise searching() {
        return new Promise(
                path ->
                        search().stream()
                                .filter(one -> one.path().equals(path))
                                .findFirst()
                                .or(
                                        () ->
                                                path.startsWith("profile.")
                                                        ? Optional.of(none(path))
                                                        : Optional.empty()));
    }

    private static Known none(String path) {
        return new Known(path, Sort.ANY, true, group -> Stream.empty());
    }

    @Test
    @DisplayName("P26 P27 P28 given random searches, then they find the groups that they mean")
    void searches() {
        hold(1, "search", search(), searching(), 600);
    }

    @Test
    @DisplayName("P26 P27 P28 given random filters, then they find the groups that they mean")
    void filters() {
        hold(2, "filter", filter(), new Promise(filter()), 300);
    }

    @Test
    @Tag("deep")
    @DisplayName("P26 P27 P28 given 20 000 random searches, then they find what they mean")
    void manySearches() {
        hold(3, "search", search(), searching(), 20_000);
    }

    @Test
    @Tag("deep")
    @DisplayName("P26 P27 P28 given 5 000 random filters, then they find what they mean")
    void manyFilters() {
        hold(4, "filter", filter(), new Promise(filter()), 5_000);
    }

    private void hold(long seed, String parameter, List<Known> known, Promise promise, int count) {
        Map<String, List<String>> examples =
                Map.of(
                        "id", ids,
                        "type", Stream.of(GroupType.values()).map(Enum::name).toList(),
                        "source.id", List.of("0oa1", "0oa2", "0oA1"));
        Trial.Outcome outcome =
                new Trial(promise, groups, text -> found(parameter, text))
                        .run(new RandomExpressions(new Random(seed), known, examples), count);
        System.out.println("[groups by " + parameter + "] " + outcome);
        assertThat(outcome.differences()).isEmpty();
        assertThat(outcome.telling()).isGreaterThan(count / 4);
    }

    private Set<Integer> found(String parameter, String text) {
        String query = parameter + "=" + URLEncoder.encode(text, StandardCharsets.UTF_8);
        Set<Integer> numbers = new HashSet<>();
        TestDirectory.ids(directory.call(org, "listGroups", Map.of(), query))
                .forEach(id -> numbers.add(ids.indexOf(id)));
        return numbers;
    }
}
