package dev.ostiary.platform.query;

import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.query.meaning.Promise;
import dev.ostiary.platform.store.Sql;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What holds for every text that somebody may send as a filter (P30). The fuzzer calls {@link
 * #fuzzerTestOneInput} and looks for one that breaks it.
 */
public final class FilterTarget {

    private static final int LONGEST_REFUSAL = 2000;

    private static final Documents DOCUMENTS = new Documents("s.doc", "s.words");

    /** Every type, in columns and in documents, by lists and openly. */
    private static final Attributes ATTRIBUTES =
            Attributes.of(
                            Attribute.text("id").column("s.text"),
                            Attribute.foldedText("type").column("s.folded"),
                            Attribute.number("age").column("s.number"),
                            Attribute.bool("open").column("s.bool"),
                            Attribute.instant("created").column("s.instant"),
                            DOCUMENTS.hotText("name", "s.hot"),
                            DOCUMENTS.text("title"),
                            DOCUMENTS.number("size"),
                            DOCUMENTS.bool("live"),
                            DOCUMENTS.instant("hired"),
                            DOCUMENTS.node("profile"),
                            DOCUMENTS.placed("target.id", Kind.ANY, "target[].id", true))
                    .or(
                            "profile.*",
                            path ->
                                    path.startsWith("profile.")
                                            ? Optional.of(DOCUMENTS.any(path))
                                            : Optional.empty());

    private static final Pattern SHOWN_POSITION = Pattern.compile("at position (\\d+)");

    /** Every word that the compiler may write. */
    private static final Set<String> WORDS =
            Set.of(
                    ("AND OR IS NOT TRUE FALSE NULL IN LIKE COLLATE \"C\" CASE WHEN THEN ELSE END EXISTS"
                                    + " SELECT 1 FROM AS WHERE = <> > >= < <= ^@ @> -> ->> #>> ::numeric"
                                    + " ? ?::jsonb ?::text ?::jsonpath '' 'null' '\"\"' '[]' '{}'"
                                    + " 'string' 'number' 'array' '$[*]' jsonb_typeof jsonb_path_query"
                                    + " jsonb_path_exists e v e.v left 200"
                                    + " s.text s.folded s.number s.bool s.instant s.hot s.doc s.words")
                            .split(" "));

    private FilterTarget() {}

    /** What Jazzer calls first, so that loading classes does not count as hanging. */
    public static void fuzzerInitialize() {
        check("not (id eq \"x\" and age gt 5.5 or hired le \"2026-03-01\" and profile.x eq true)");
        check("id eq \"");
    }

    /** What Jazzer calls. */
    public static void fuzzerTestOneInput(byte[] input) {
        check(new String(input, StandardCharsets.UTF_8));
    }

    /** Holds one text to everything that holds for all. */
    static void check(String text) {
        boolean understood = Promise.isExpression(text);
        check(text, FilterErrors.SEARCH, false, understood);
        check(text, FilterErrors.LOG, true, understood);
    }

    private static void check(
            String text, FilterErrors errors, boolean strict, boolean understood) {
        try {
            Filter filter = FilterParser.parse(text, errors);
            demand(understood, "accepted, though it is no expression");
            demand(depth(filter) <= FilterParser.MAX_DEPTH + 2, "too deep");
        } catch (ApiException refusal) {
            demand(!understood, "refused, though it is an expression");
            checkRefusal(text, refusal);
            return;
        }
        try {
            check(new SqlFilter(ATTRIBUTES, errors, strict).where(text));
        } catch (ApiException refusal) {
            checkRefusal(text, refusal);
        }
    }

    private static int depth(Filter filter) {
        return switch (filter) {
            case Filter.And(List<Filter> terms) -> 1 + deepest(terms);
            case Filter.Or(List<Filter> terms) -> 1 + deepest(terms);
            case Filter.Not(Filter term) -> 1 + depth(term);
            case Filter.Comparison _, Filter.Present _ -> 1;
        };
    }

    private static int deepest(List<Filter> terms) {
        return terms.stream().mapToInt(FilterTarget::depth).max().orElse(0);
    }

    private static void checkRefusal(String text, ApiException refusal) {
        demand(
                Set.of("E0000031", "E0000053", "E0000030").contains(refusal.code()),
                "code " + refusal.code());
        String said = refusal.getMessage() + refusal.arguments() + refusal.causes();
        demand(said.length() < LONGEST_REFUSAL, "refused at length");
        Matcher position = SHOWN_POSITION.matcher(String.join("\n", refusal.causes()));
        while (position.find()) {
            demand(
                    text.contains("at position")
                            || Integer.parseInt(position.group(1)) <= text.length(),
                    "a position outside of the text");
        }
    }

    private static void check(Sql sql) {
        int places = 0;
        String text = sql.text().replace(DocumentAttribute.FULL, "");
        for (String word : text.split("[\\s(),]+")) {
            demand(word.isEmpty() || WORDS.contains(word), "in the SQL: " + word);
            places += word.startsWith("?") ? 1 : 0;
        }
        demand(places == sql.parameters().size(), "places and parameters differ");
        for (Object parameter : sql.parameters()) {
            if (parameter instanceof String value) {
                demand(value.indexOf('\0') < 0, "NUL in a parameter");
                demand(StandardCharsets.UTF_8.newEncoder().canEncode(value), "half a character");
            }
        }
    }

    private static void demand(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }
}
