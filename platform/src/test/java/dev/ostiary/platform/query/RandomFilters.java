package dev.ostiary.platform.query;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Random objects and filters over the same small stock of values, so that they meet. */
final class RandomFilters {

    static final List<String> TEXTS =
            List.of(
                    "",
                    "a",
                    "A",
                    "ab",
                    "Ab",
                    "abc",
                    "smith",
                    "Smith",
                    "Smithers",
                    "blacksmith",
                    "Zoë",
                    "zoe",
                    "100%",
                    "1000",
                    "a_c",
                    "a\\c",
                    "\\",
                    "%",
                    "_",
                    "'",
                    "\"q\"",
                    "Straße",
                    "😀",
                    "\uffee",
                    "x\ny",
                    "ΟΔΟΣ",
                    "οδοσα",
                    "İx",
                    "null",
                    "true",
                    "5");

    static final List<String> DATES =
            List.of(
                    "2013-06-01T00:00:00.000Z",
                    "2013-06-01T00:00:00.001Z",
                    "2013-06-01T02:00:00.000Z",
                    "2020-02-29T23:59:59.999Z",
                    "0999-01-01T00:00:00.000Z",
                    "9999-12-31T23:59:59.999Z");

    private static final List<String> ODD_DATES =
            List.of(
                    "2013-06-01T02:00:00.000+02:00",
                    "2013-05-31T17:00:00.000-07:00",
                    "2013-06-01T00:00:00.000500Z",
                    "2013-06-01T00:00:00Z");

    private static final List<String> NUMBERS =
            List.of("0", "-1", "5", "5.0", "5e0", "0.1", "12345678901234567890", "1e300", "-0.10");

    private static final List<String> ORDERED = List.of("eq", "ne", "gt", "ge", "lt", "le");
    private static final List<String> TEXTUAL =
            List.of("eq", "ne", "gt", "ge", "lt", "le", "sw", "co", "ew", "sw", "co");

    private final Random random;

    RandomFilters(long seed) {
        random = new Random(seed);
    }

    /** A value of one of the kinds, absent in every way that there is. */
    ObjectNode object(Map<String, Kind> kinds, boolean arrays) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        kinds.forEach(
                (path, kind) -> {
                    if (random.nextInt(5) > 0) {
                        int dot = path.indexOf('.');
                        ObjectNode holder =
                                dot < 0
                                        ? object
                                        : object.withObjectProperty(path.substring(0, dot));
                        holder.set(path.substring(dot + 1), value(kind, arrays));
                    }
                });
        return object;
    }

    private JsonNode value(Kind kind, boolean arrays) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (kind) {
            case TEXT -> json.stringNode(pick(TEXTS));
            case INSTANT -> json.stringNode(pick(DATES));
            case NUMBER -> json.numberNode(new BigDecimal(pick(NUMBERS)));
            case BOOLEAN -> json.booleanNode(random.nextBoolean());
            case ANY, NODE ->
                    switch (random.nextInt(arrays ? 8 : 5)) {
                        case 0 -> json.nullNode();
                        case 1 -> value(Kind.NUMBER, false);
                        case 2 -> value(Kind.BOOLEAN, false);
                        case 3 -> json.objectNode();
                        case 4 -> value(Kind.TEXT, false);
                        default -> {
                            var array = json.arrayNode();
                            for (int i = random.nextInt(4); i > 0; i--) {
                                array.add(value(Kind.ANY, false));
                            }
                            yield array;
                        }
                    };
        };
    }

    /** A filter text over attributes of these kinds. */
    String filter(Map<String, Kind> kinds, int depth) {
        int dice = depth == 0 ? 0 : random.nextInt(10);
        if (dice < 4) {
            return comparison(kinds);
        }
        if (dice < 6) {
            return "not (" + filter(kinds, depth - 1) + ")";
        }
        StringJoiner terms = new StringJoiner(random.nextBoolean() ? " and " : " or ", "(", ")");
        for (int i = 2 + random.nextInt(2); i > 0; i--) {
            terms.add(filter(kinds, depth - 1));
        }
        return terms.toString();
    }

    private String comparison(Map<String, Kind> kinds) {
        String path = pick(List.copyOf(kinds.keySet()));
        Kind kind = kinds.getOrDefault(path, Kind.NODE);
        if (kind == Kind.NODE || random.nextInt(8) == 0) {
            return path + " pr";
        }
        Kind compared =
                kind == Kind.ANY
                        ? pick(List.of(Kind.TEXT, Kind.TEXT, Kind.NUMBER, Kind.BOOLEAN))
                        : kind;
        return path + " " + comparison(compared);
    }

    private String comparison(Kind kind) {
        return switch (kind) {
            case TEXT -> pick(TEXTUAL) + " " + quoted(text());
            case INSTANT ->
                    pick(ORDERED) + " " + quoted(pick(random.nextBoolean() ? DATES : ODD_DATES));
            case NUMBER -> pick(ORDERED) + " " + pick(NUMBERS);
            case BOOLEAN -> pick(List.of("eq", "ne")) + " " + random.nextBoolean();
            case ANY, NODE -> throw new IllegalArgumentException(kind.name());
        };
    }

    /** One of the texts, or a piece of one, in any case. */
    private String text() {
        int[] all = pick(TEXTS).codePoints().toArray();
        int from = random.nextInt(all.length + 1);
        int to = from + random.nextInt(all.length - from + 1);
        String piece = random.nextBoolean() ? new String(all, from, to - from) : text(all);
        return random.nextInt(4) == 0 ? piece.toUpperCase(Locale.ROOT) : piece;
    }

    private static String text(int[] all) {
        return new String(all, 0, all.length);
    }

    private static String quoted(String text) {
        return JsonNodeFactory.instance.stringNode(text).toString();
    }

    private <T> T pick(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }
}
