package dev.ostiary.server.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What expressions mean, against a reference that was written apart. */
class ExpressionMeaningTest {

    private static final int SOME = 3_000;
    private static final int MANY = 300_000;

    @Test
    @DisplayName("given some random expressions, then each has the value that the reference finds")
    void some() throws InvalidExpression {
        compare(SOME, 20261128);
    }

    @Test
    @Tag("deep")
    @DisplayName("given many random expressions, then each has the value that the reference finds")
    void many() throws InvalidExpression {
        compare(MANY, new Random().nextLong());
    }

    private static void compare(int count, long seed) throws InvalidExpression {
        Random random = new Random(seed);
        List<Group> groups = Somebody.john().groups();
        RandomExpressions expressions =
                new RandomExpressions(
                        random,
                        groups.stream().map(Group::id).toList(),
                        groups.stream().map(Group::name).toList());
        int holding = 0;
        for (int n = 0; n < count; n++) {
            String text = expressions.condition(1 + random.nextInt(4));
            Somebody somebody = new Somebody(profile(random).toString());
            boolean expected = Reference.holds(text, plain(somebody), somebody.groups());
            Expression expression = Expression.condition(text, Somebody.RULES);
            assertThat(expression.value(somebody)).as("seed %d: %s", seed, text).isPresent();
            assertThat(expression.holds(somebody))
                    .as("seed %d: %s for %s", seed, text, somebody)
                    .isEqualTo(expected);
            holding += expected ? 1 : 0;
        }
        assertThat(holding).isBetween(count / 10, count * 9 / 10);
    }

    private static ObjectNode profile(Random random) {
        ObjectNode profile = Json.object();
        List<String> words = List.of("", "a", "ab", "A", "a b", "Engineer", "é");
        for (String name :
                List.of("firstName", "lastName", "city", "title", "middleInitial", "department")) {
            switch (random.nextInt(4)) {
                case 0 -> profile.putNull(name);
                case 1 -> {}
                default -> profile.put(name, words.get(random.nextInt(words.size())));
            }
        }
        for (String name : List.of("salary", "groupCode", "yearJoined")) {
            if (random.nextBoolean()) {
                profile.put(name, random.nextInt(-3, 6));
            }
        }
        if (random.nextBoolean()) {
            profile.put("rating", random.nextInt(10) / 2.0);
        }
        for (String name : List.of("isContractor", "hasBadge")) {
            if (random.nextInt(3) > 0) {
                profile.put(name, random.nextBoolean());
            }
        }
        if (random.nextBoolean()) {
            profile.putArray("strArray").add("a").add(words.get(random.nextInt(words.size())));
        }
        return profile;
    }

    static Map<String, ?> plain(Somebody somebody) {
        Map<String, Object> plain = new HashMap<>();
        somebody.profile()
                .properties()
                .forEach(
                        property -> {
                            Object value = plain(property.getValue());
                            if (value != null) {
                                plain.put(property.getKey(), value);
                            }
                        });
        plain.put("$id", "00u1");
        plain.put("$status", "ACTIVE");
        return plain;
    }

    private static @Nullable Object plain(JsonNode node) {
        if (node.isArray()) {
            List<@Nullable Object> items = new ArrayList<>();
            node.forEach(item -> items.add(plain(item)));
            return items;
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isIntegralNumber()) {
            return node.intValue();
        }
        return node.isNumber() ? node.doubleValue() : node.isNull() ? null : node.stringValue();
    }
}
