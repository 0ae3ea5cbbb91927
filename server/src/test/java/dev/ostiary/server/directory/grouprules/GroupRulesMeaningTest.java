package dev.ostiary.server.directory.grouprules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.directory.TestDirectory;
import dev.ostiary.server.expression.Group;
import dev.ostiary.server.expression.Reference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * After any sequence of changes of profiles, rules and memberships the members of groups are those
 * that an evaluation of everything anew finds: by a reference that keeps no state but what was
 * said, and evaluates conditions with an evaluator of its own.
 */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Group rules, against an evaluation from scratch")
class GroupRulesMeaningTest {

    private static final int SOME = 200;
    private static final int MANY = 10_000;
    private static final int STEPS = 14;

    private static final List<String> TITLES = List.of("Engineer", "Artist", "");
    private static final List<String> CITIES = List.of("Oslo", "Rome");

    /** Sequences wait for the database most of the time, so many of them go beside each other. */
    private static final int LANES = 3;

    private final DatabaseAccess access;
    private final RuleGround ground;

    GroupRulesMeaningTest(DatabaseAccess access) {
        this.access = access;
        ground = new RuleGround(access);
    }

    @AfterAll
    void close() {
        ground.close();
    }

    @Test
    @DisplayName("given some sequences of changes, then members are as evaluated from scratch")
    void some() {
        sequences(ground, "some", SOME, 4711);
    }

    @Test
    @Tag("deep")
    @DisplayName("given 10 000 sequences of changes, then members are as evaluated from scratch")
    void many() throws Exception {
        long seed = new Random().nextLong();
        try (ExecutorService lanes = Executors.newFixedThreadPool(LANES)) {
            List<Future<?>> all = new ArrayList<>();
            for (int lane = 0; lane < LANES; lane++) {
                int from = MANY * lane / LANES;
                int count = MANY * (lane + 1) / LANES - from;
                String name = "many-" + lane;
                all.add(lanes.submit(() -> lane(name, count, seed + from)));
            }
            for (Future<?> lane : all) {
                lane.get();
            }
        }
    }

    /** On a ground of its own, and so by a clock of its own: a seed says all that happens. */
    private void lane(String name, int count, long seed) {
        try (RuleGround own = new RuleGround(access)) {
            sequences(own, name, count, seed);
        }
        System.out.println("[rules] " + count + " sequences of " + name);
    }

    private static void sequences(RuleGround ground, String name, int count, long seed) {
        Random random = new Random(seed);
        for (int n = 0; n < count; n++) {
            long own = random.nextLong();
            new Sequence(ground, name + "-" + n, own).run();
        }
    }

    /** What was said of a rule, and what it left behind where it rests. */
    private static final class Rule {
        private final String expression;
        private final List<String> groups;
        private final Set<String> excluded = new LinkedHashSet<>();
        private boolean active;
        private boolean invalid;

        /** Places, as user and group, that it holds while it rests. */
        private final Set<List<String>> left = new LinkedHashSet<>();

        Rule(String expression, List<String> groups) {
            this.expression = expression;
            this.groups = new ArrayList<>(groups);
        }
    }

    /** Some steps in an org of their own. */
    private static final class Sequence {

        private final RuleGround ground;
        private final long seed;
        private final Random random;
        private final Org org;
        private final Map<String, Map<String, String>> users = new LinkedHashMap<>();
        private final Map<String, String> groups = new LinkedHashMap<>();
        private final Map<String, Rule> rules = new LinkedHashMap<>();
        private final Set<List<String>> byHand = new LinkedHashSet<>();
        private final List<String> done = new ArrayList<>();
        private final String everyone;
        private int made;

        Sequence(RuleGround ground, String name, long seed) {
            this.ground = ground;
            this.seed = seed;
            this.random = new Random(seed);
            this.org = ground.org(name);
            this.everyone = ground.directory().everyone(org);
        }

        void run() {
            for (String name : List.of("A", "B", "AB")) {
                groups.put(ground.directory().group(org, name), name);
            }
            user();
            user();
            for (int step = 0; step < STEPS; step++) {
                step();
                if (random.nextInt(3) == 0) {
                    check();
                }
            }
            check();
        }

        private void step() {
            switch (random.nextInt(12)) {
                case 0 -> user();
                case 1, 2, 3 -> profile();
                case 4, 5 -> rule();
                case 6 -> activate();
                case 7 -> deactivate();
                case 8 -> delete();
                case 9 -> join();
                case 10 -> leave();
                default -> groupOrSweep();
            }
        }

        private void user() {
            String title = random.nextInt(4) == 0 ? null : pick(TITLES);
            String id = ground.user(org, "u" + made++ + "@example.com", title, pick(CITIES));
            Map<String, String> profile = new HashMap<>();
            if (title != null) {
                profile.put("title", title);
            }
            done.add("user " + id + " " + title);
            users.put(id, profile);
            remember(id);
        }

        /** The city is what the sequence does not have to remember: it is read back. */
        private void remember(String id) {
            Map<String, String> profile = of(users, id);
            profile.put("firstName", "Ann");
            profile.put(
                    "city",
                    TestDirectory.json(ground.call(org, "getUser", Map.of("id", id), ""))
                            .at("/profile/city")
                            .asString());
        }

        private void profile() {
            String id = pick(new ArrayList<>(users.keySet()));
            String title = random.nextInt(4) == 0 ? null : pick(TITLES);
            ground.change(org, id, title, pick(CITIES));
            of(users, id).remove("title");
            if (title != null) {
                of(users, id).put("title", title);
            }
            remember(id);
            done.add("profile " + id + " " + title);
        }

        private void rule() {
            if (groups.isEmpty()) {
                return;
            }
            Set<String> into = new LinkedHashSet<>();
            into.add(pick(new ArrayList<>(groups.keySet())));
            into.add(pick(new ArrayList<>(groups.keySet())));
            String expression = condition(2);
            String id =
                    ground.create(
                                    org,
                                    RuleGround.body(
                                            "R" + made++, expression, List.copyOf(into), List.of()))
                            .path("id")
                            .asString();
            rules.put(id, new Rule(expression, List.copyOf(into)));
            done.add("rule " + id + " " + expression + " -> " + into);
            if (random.nextInt(3) > 0) {
                activate(id);
            }
        }

        private String condition(int depth) {
            return switch (random.nextInt(depth == 0 ? 6 : 9)) {
                case 0 -> "user.title == \"Engineer\"";
                case 1 -> "user.city == 'Oslo'";
                case 2 -> "isMemberOfGroupName(\"" + pick(List.of("A", "B", "C")) + "\")";
                case 3 -> "isMemberOfGroup('" + pick(groupIds()) + "')";
                case 4 -> "isMemberOfGroupNameStartsWith('A')";
                case 5 -> "user.isMemberOf({'group.id': {'" + pick(groupIds()) + "'}})";
                case 6 -> "!(" + condition(depth - 1) + ")";
                case 7 -> "(" + condition(depth - 1) + " AND " + condition(depth - 1) + ")";
                default -> "(" + condition(depth - 1) + " OR " + condition(depth - 1) + ")";
            };
        }

        private List<String> groupIds() {
            List<String> ids = new ArrayList<>(groups.keySet());
            ids.add(everyone);
            return ids;
        }

        private void activate() {
            any(false).ifPresent(this::activate);
        }

        private void activate(String id) {
            ground.on(org, "activateGroupRule", id, "");
            of(rules, id).active = true;
            of(rules, id).left.clear();
            done.add("activate " + id);
        }

        private void deactivate() {
            any(true)
                    .ifPresent(
                            id -> {
                                ground.sweep(org);
                                rest(id);
                                ground.on(org, "deactivateGroupRule", id, "");
                                done.add("deactivate " + id);
                            });
        }

        /** What it holds now, it holds from now on. */
        private void rest(String id) {
            Rule rule = of(rules, id);
            for (String user : users.keySet()) {
                held(user).getOrDefault(id, Set.of()).forEach(g -> rule.left.add(List.of(user, g)));
            }
            rule.active = false;
        }

        private void delete() {
            if (rules.isEmpty()) {
                return;
            }
            String id = pick(new ArrayList<>(rules.keySet()));
            boolean drops = random.nextBoolean();
            ground.sweep(org);
            if (of(rules, id).active) {
                rest(id);
            }
            Rule rule = Objects.requireNonNull(rules.remove(id));
            if (!drops) {
                byHand.addAll(rule.left);
            }
            ground.on(org, "deleteGroupRule", id, drops ? "removeUsers=true" : "");
            done.add("delete " + id + " " + drops);
        }

        private void join() {
            if (groups.isEmpty()) {
                return;
            }
            String user = pick(new ArrayList<>(users.keySet()));
            String group = pick(new ArrayList<>(groups.keySet()));
            ground.join(org, group, user);
            byHand.add(List.of(user, group));
            done.add("join " + user + " " + group);
        }

        private void leave() {
            if (groups.isEmpty()) {
                return;
            }
            ground.sweep(org);
            String user = pick(new ArrayList<>(users.keySet()));
            String group = pick(new ArrayList<>(groups.keySet()));
            Map<String, Set<String>> held = held(user);
            for (Map.Entry<String, Rule> entry : rules.entrySet()) {
                Rule rule = entry.getValue();
                boolean holds =
                        rule.active
                                ? held.getOrDefault(entry.getKey(), Set.of()).contains(group)
                                : rule.left.contains(List.of(user, group));
                if (holds) {
                    rule.excluded.add(user);
                    rule.left.remove(List.of(user, group));
                }
            }
            ground.leave(org, group, user);
            byHand.remove(List.of(user, group));
            done.add("leave " + user + " " + group);
        }

        private void groupOrSweep() {
            if (random.nextBoolean() || groups.size() < 2) {
                ground.sweep(org);
                return;
            }
            String group = pick(new ArrayList<>(groups.keySet()));
            if (random.nextBoolean()) {
                String name = pick(List.of("C", "AC", "D")) + (made++);
                ground.directory().replace(org, group, "{\"profile\":{\"name\":\"" + name + "\"}}");
                groups.put(group, name);
                done.add("rename " + group + " " + name);
                return;
            }
            ground.sweep(org);
            for (Map.Entry<String, Rule> entry : rules.entrySet()) {
                if (entry.getValue().groups.contains(group)) {
                    if (entry.getValue().active) {
                        rest(entry.getKey());
                    }
                    entry.getValue().invalid = true;
                }
            }
            ground.call(org, "deleteGroup", Map.of("groupId", group), "");
            groups.remove(group);
            byHand.removeIf(place -> place.get(1).equals(group));
            rules.values().forEach(rule -> rule.left.removeIf(place -> place.get(1).equals(group)));
            done.add("delete group " + group);
        }

        private Optional<String> any(boolean active) {
            List<String> ids =
                    rules.entrySet().stream()
                            .filter(
                                    entry ->
                                            entry.getValue().active == active
                                                    && !entry.getValue().invalid)
                            .map(Map.Entry::getKey)
                            .toList();
            return ids.isEmpty() ? Optional.empty() : Optional.of(pick(ids));
        }

        /** From scratch: which groups each active rule puts a user into. */
        private Map<String, Set<String>> held(String user) {
            Set<String> in = new LinkedHashSet<>();
            byHand.stream().filter(p -> p.get(0).equals(user)).forEach(p -> in.add(p.get(1)));
            for (Rule rule : rules.values()) {
                rule.left.stream()
                        .filter(p -> p.get(0).equals(user))
                        .forEach(p -> in.add(p.get(1)));
            }
            Map<String, Set<String>> held = new LinkedHashMap<>();
            for (Map.Entry<String, Rule> entry : rules.entrySet()) {
                Rule rule = entry.getValue();
                if (rule.active
                        && !rule.excluded.contains(user)
                        && Reference.holds(rule.expression, of(users, user), seen(in))) {
                    held.put(entry.getKey(), new LinkedHashSet<>(rule.groups));
                    in.addAll(rule.groups);
                }
            }
            return held;
        }

        private List<Group> seen(Set<String> in) {
            List<Group> seen = new ArrayList<>();
            seen.add(Group.of(everyone, "Everyone", "BUILT_IN"));
            in.forEach(id -> seen.add(Group.of(id, of(groups, id), "OKTA_GROUP")));
            return seen;
        }

        private void check() {
            ground.sweep(org);
            if (random.nextInt(4) == 0) {
                ground.directory().pass(Duration.ofMinutes(2));
                ground.sweep(org);
            }
            for (String user : users.keySet()) {
                TreeSet<String> expected = new TreeSet<>();
                byHand.stream()
                        .filter(p -> p.get(0).equals(user))
                        .forEach(p -> expected.add(p.get(1)));
                rules.values().stream()
                        .flatMap(rule -> rule.left.stream())
                        .filter(p -> p.get(0).equals(user))
                        .forEach(p -> expected.add(p.get(1)));
                held(user).values().forEach(expected::addAll);
                assertThat(ground.groupsOf(org, user))
                        .as("seed %d: %s in %s after %s", seed, user, groups, done)
                        .isEqualTo(expected);
            }
        }

        private static <T> T of(Map<String, T> map, String id) {
            return Objects.requireNonNull(map.get(id));
        }

        private <T> T pick(List<T> any) {
            return any.get(random.nextInt(any.size()));
        }
    }
}
