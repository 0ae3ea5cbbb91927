package dev.ostiary.platform.query.meaning;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Values that meet often, and among them everything that could be written or compared wrongly. */
public final class RandomValues {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final List<String> TEXTS =
            List.of(
                    "",
                    "a",
                    "A",
                    "ab",
                    "aB",
                    "abc",
                    "smith",
                    "Smith",
                    "SMITHERS",
                    "blacksmith",
                    "Zoë",
                    "zoe",
                    "ZOË",
                    "100%",
                    "1000",
                    "100_",
                    "a_c",
                    "abc%",
                    "a\\c",
                    "\\",
                    "\\\\",
                    "%",
                    "_",
                    "'",
                    "''",
                    "\"q\"",
                    "\"",
                    "'; DROP TABLE users; --",
                    "?",
                    "$1",
                    "{}",
                    "[]",
                    "null",
                    "true",
                    "5",
                    "5.0",
                    " ",
                    " a",
                    "a ",
                    "a\nb",
                    "\n",
                    "\t",
                    "\u0001",
                    "\u007f",
                    "ß",
                    "ẞ",
                    "SS",
                    "ﬁ",
                    "fi",
                    "İ",
                    "i",
                    "I",
                    "ı",
                    "ς",
                    "σ",
                    "Σ",
                    "ΌΔΟΣ",
                    "όδος",
                    "ǅ",
                    "ǆ",
                    "Å",
                    "Å",
                    "A\u030a",
                    "K",
                    "k",
                    "😀",
                    "a😀",
                    "😀b",
                    "𐐀",
                    "𐐨",
                    "𝔄",
                    "\uE000",
                    "\uFFFD",
                    "\uFFFF",
                    "\uD7FF",
                    "\u2028",
                    "é",
                    "e\u0301",
                    "2026-03-01T10:00:00.000Z",
                    "x\" or \"\" eq \"",
                    ")",
                    "(a pr)",
                    // about as long as an index goes
                    "x".repeat(199),
                    "x".repeat(200),
                    "x".repeat(200) + "a",
                    "x".repeat(200) + "b",
                    "x".repeat(199) + "😀",
                    "x".repeat(199) + "😀a",
                    "x".repeat(198) + "a");

    private static final List<Integer> POINTS =
            List.of(
                    (int) 'a',
                    (int) 'B',
                    (int) 'c',
                    (int) '0',
                    (int) '%',
                    (int) '_',
                    (int) '\\',
                    (int) '"',
                    (int) '\'',
                    (int) ' ',
                    (int) '\n',
                    0xdf,
                    0xe9,
                    0x130,
                    0x131,
                    0x3c2,
                    0x3a3,
                    0x1c5,
                    0x212a,
                    0xd7ff,
                    0xe000,
                    0xffff,
                    0x10400,
                    0x10428,
                    0x1f600,
                    0x10ffff);

    private static final List<String> NUMBERS =
            List.of(
                    "0",
                    "1",
                    "-1",
                    "1.0",
                    "1.5",
                    "-1.5",
                    "2",
                    "10",
                    "100",
                    "1e2",
                    "0.1",
                    "0.10",
                    "1E-10",
                    "9007199254740992",
                    "9007199254740993",
                    "-9223372036854775809",
                    "12345678901234567890.123456789",
                    "12345678901234567890.123456788",
                    "1e300",
                    "-1e300",
                    "1e-300",
                    "3.4028235e38",
                    "0.30000000000000004");

    private static final Instant START = Instant.parse("2026-02-28T23:59:59.000Z");

    private final Random random;

    public RandomValues(Random random) {
        this.random = random;
    }

    /** A text, maybe empty; never with NUL or half a surrogate pair. */
    public String text() {
        if (random.nextInt(5) > 0) {
            return pick(TEXTS);
        }
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i >= 0; i--) {
            text.appendCodePoint(pick(POINTS));
        }
        return text.toString();
    }

    /** A number. */
    public BigDecimal number() {
        return new BigDecimal(pick(NUMBERS));
    }

    /** A date, in whole milliseconds. */
    public Instant date() {
        Duration step =
                switch (random.nextInt(4)) {
                    case 0 -> Duration.ofMillis(random.nextInt(3));
                    case 1 -> Duration.ofSeconds(random.nextInt(3));
                    case 2 -> Duration.ofHours(random.nextInt(30));
                    default -> Duration.ofDays(random.nextInt(4) - 2L);
                };
        return START.plus(step);
    }

    /** A date between two milliseconds, sometimes. */
    Instant finer() {
        return switch (random.nextInt(8)) {
            case 0 -> date().plus(random.nextInt(1000), ChronoUnit.MICROS);
            case 1 -> date().plusNanos(random.nextInt(1_000_000));
            default -> date();
        };
    }

    /** A value of any type, arrays, objects and null among them. */
    public JsonNode any() {
        return switch (random.nextInt(9)) {
            case 0, 1 -> JSON.numberNode(number());
            case 2 -> JSON.booleanNode(random.nextBoolean());
            case 3 -> JSON.nullNode();
            case 4 -> object();
            case 5 -> array();
            default -> JSON.stringNode(text());
        };
    }

    /** An object, maybe empty. */
    public JsonNode object() {
        return random.nextBoolean()
                ? JSON.objectNode()
                : JSON.objectNode().set("inner", JSON.stringNode(text()));
    }

    /** An array of values of any type. */
    public ArrayNode array() {
        ArrayNode array = JSON.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            array.add(any());
        }
        return array;
    }

    /** One of these. */
    public <T> T pick(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }
}
