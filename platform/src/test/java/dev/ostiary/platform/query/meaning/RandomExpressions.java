package dev.ostiary.platform.query.meaning;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.query.meaning.Known.Sort;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Random expressions of the whole grammar, in every spelling that it allows; a few that it does
 * not, and a few that ask an attribute for what it has not.
 */
public final class RandomExpressions {

    private static final List<String> ORDER = List.of("eq", "ne", "gt", "ge", "lt", "le");
    private static final List<String> EQUAL = List.of("eq", "ne");
    private static final List<String> EVERY =
            List.of("eq", "ne", "gt", "ge", "lt", "le", "sw", "co", "ew");
    private static final List<String> BLANKS = List.of(" ", " ", " ", "  ", "\t", "\n", "\r\n");
    private static final List<String> OFFSETS = List.of("+HH:MM", "+HHMM", "+HH:mm", "+HHmm");

    private final Random random;
    private final RandomValues values;
    private final List<Known> known;
    private final Map<String, List<String>> examples;

    /** Over these attributes. */
    public RandomExpressions(Random random, List<Known> known) {
        this(random, known, Map.of());
    }

    /**
     * Over these attributes.
     *
     * @param examples texts that some of them have, which they are mostly compared with
     */
    public RandomExpressions(Random random, List<Known> known, Map<String, List<String>> examples) {
        this.random = random;
        this.values = new RandomValues(random);
        this.known = known;
        this.examples = examples;
    }

    /** The next one. */
    public String next() {
        String text = edge() + alternatives(random.nextInt(4)) + edge();
        return random.nextInt(20) == 0 ? broken(text) : text;
    }

    private String alternatives(int depth) {
        return chain("or", depth, () -> chain("and", depth, () -> single(depth)));
    }

    private interface Part {
        String write();
    }

    private String chain(String word, int depth, Part part) {
        StringBuilder text = new StringBuilder(part.write());
        for (int more = depth == 0 ? 0 : random.nextInt(3) - 1; more > 0; more--) {
            text.append(blank()).append(cased(word)).append(blank()).append(part.write());
        }
        return text.toString();
    }

    private String single(int depth) {
        return switch (depth == 0 ? 9 : random.nextInt(10)) {
            case 0, 1 -> cased("not") + blank() + single(depth - 1);
            case 2 -> cased("not") + bracketed(depth);
            case 3, 4, 5 -> bracketed(depth);
            default -> comparison();
        };
    }

    private String bracketed(int depth) {
        return "(" + edge() + alternatives(depth - 1) + edge() + ")";
    }

    private String comparison() {
        Known attribute = values.pick(known);
        String path = random.nextInt(60) == 0 ? miswritten(attribute.path()) : attribute.path();
        if (attribute.sort() == Sort.OBJECT ? random.nextInt(12) > 0 : random.nextInt(6) == 0) {
            return path + blank() + cased("pr");
        }
        Sort sort =
                attribute.sort() == Sort.ANY || attribute.sort() == Sort.OBJECT
                        ? values.pick(List.of(Sort.TEXT, Sort.TEXT, Sort.NUMBER, Sort.BOOLEAN))
                        : attribute.sort();
        boolean wrong = random.nextInt(40) == 0;
        String operator = values.pick(wrong ? EVERY : operators(sort));
        String literal =
                random.nextInt(60) == 0
                        ? literal(values.pick(List.of(Sort.values())))
                        : literal(attribute.path(), sort);
        String space = literal.startsWith("\"") ? edge() : blank();
        return path + blank() + cased(operator) + space + literal;
    }

    private static List<String> operators(Sort sort) {
        return switch (sort) {
            case TEXT -> EVERY;
            case NUMBER, DATE -> ORDER;
            case BOOLEAN -> EQUAL;
            case ANY, OBJECT -> EVERY;
        };
    }

    private String literal(String path, Sort sort) {
        List<String> some = examples.getOrDefault(path, List.of());
        return sort == Sort.TEXT && !some.isEmpty() && random.nextInt(5) > 0
                ? string(part(values.pick(some)))
                : literal(sort);
    }

    private String literal(Sort sort) {
        return switch (sort) {
            case TEXT, ANY -> string(part(values.text()));
            case NUMBER, OBJECT -> number(values.number());
            case BOOLEAN -> random.nextBoolean() ? "true" : "false";
            case DATE -> string(date(values.finer()));
        };
    }

    private String part(String text) {
        int[] points = text.codePoints().toArray();
        int from = random.nextInt(3) == 0 ? random.nextInt(points.length + 1) : 0;
        int to =
                random.nextInt(3) == 0
                        ? from + random.nextInt(points.length + 1 - from)
                        : points.length;
        String cut = new String(points, from, to - from);
        return switch (random.nextInt(4)) {
            case 0 -> cut.toUpperCase(Locale.ROOT);
            case 1 -> cut.toLowerCase(Locale.ROOT);
            default -> cut;
        };
    }

    private String string(String text) {
        if (random.nextInt(3) > 0) {
            return Json.text(JsonNodeFactory.instance.stringNode(text));
        }
        StringBuilder quoted = new StringBuilder("\"");
        for (int c : text.codePoints().toArray()) {
            if (c == '/') {
                quoted.append("\\/");
            } else if (c < ' ' || c == '"' || c == '\\' || random.nextBoolean()) {
                Character.toString(c).chars().forEach(unit -> quoted.append(escape(unit)));
            } else {
                quoted.appendCodePoint(c);
            }
        }
        return quoted.append('"').toString();
    }

    private String escape(int unit) {
        String hex = "%04x".formatted(unit);
        return "\\u" + (random.nextBoolean() ? hex : hex.toUpperCase(Locale.ROOT));
    }

    private String number(BigDecimal number) {
        return switch (random.nextInt(4)) {
            case 0 -> number.add(BigDecimal.ONE).toString();
            case 1 -> number.scale() >= 0 && number.scale() < 20 ? number.toPlainString() : "1E+2";
            case 2 -> number.toString().replace('E', 'e');
            default -> number.toString();
        };
    }

    private String date(Instant instant) {
        int quarters = random.nextInt(105) - 52;
        ZoneOffset offset = ZoneOffset.ofTotalSeconds(quarters * 900);
        OffsetDateTime date = instant.atOffset(offset);
        return switch (random.nextInt(8)) {
            case 0 -> DateTimeFormatter.ISO_LOCAL_DATE.format(date);
            case 1 -> DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm", Locale.ROOT).format(date);
            case 2, 3 -> DateTimeFormatter.ISO_INSTANT.format(instant);
            case 4 -> values.text();
            default ->
                    DateTimeFormatter.ofPattern(
                                            random.nextBoolean()
                                                    ? "uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS"
                                                    : "uuuu-MM-dd'T'HH:mm:ss.SSS",
                                            Locale.ROOT)
                                    .format(date)
                            + new java.time.format.DateTimeFormatterBuilder()
                                    .appendOffset(values.pick(OFFSETS), "Z")
                                    .toFormatter(Locale.ROOT)
                                    .format(date);
        };
    }

    private String miswritten(String path) {
        return switch (random.nextInt(3)) {
            case 0 -> path.toUpperCase(Locale.ROOT);
            case 1 -> path + ".x";
            default -> "no." + path;
        };
    }

    /** Something is put in, maybe in the place of a character; no character is halved. */
    private String broken(String text) {
        int points = text.codePointCount(0, text.length());
        int at = text.offsetByCodePoints(0, random.nextInt(points));
        int after = random.nextBoolean() ? at : text.offsetByCodePoints(at, 1);
        String noise = values.pick(List.of("(", ")", "\"", " and ", " not ", "\\", "pr", "x", ""));
        return text.substring(0, at) + noise + text.substring(after);
    }

    private String blank() {
        return values.pick(BLANKS);
    }

    private String edge() {
        return random.nextInt(4) == 0 ? blank() : "";
    }

    private String cased(String word) {
        return switch (random.nextInt(6)) {
            case 0 -> word.toUpperCase(Locale.ROOT);
            case 1 -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
            default -> word;
        };
    }
}
