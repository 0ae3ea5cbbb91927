package dev.ostiary.platform.query;

import dev.ostiary.platform.store.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The way to an attribute inside a search document.
 *
 * @param steps from the outside in
 * @param several whether the last value may be an array, whose elements count one by one
 */
record DocumentPath(List<Step> steps, boolean several) {

    /** A property, and whether it holds an array of what the next step looks into. */
    record Step(String name, boolean array) {}

    static DocumentPath of(String place, boolean several) {
        List<Step> steps = new ArrayList<>();
        for (String name : place.split("\\.")) {
            boolean array = name.endsWith("[]");
            steps.add(new Step(array ? name.substring(0, name.length() - 2) : name, array));
        }
        return new DocumentPath(List.copyOf(steps), several);
    }

    /** The names joined by dots, as {@link #of} reads them. */
    String place() {
        return steps.stream()
                .map(step -> step.name() + (step.array() ? "[]" : ""))
                .collect(Collectors.joining("."));
    }

    /** Whether there is one value at most. */
    boolean isSingle() {
        return !several && !passesArrays();
    }

    /** Whether the way itself leads through arrays, so that there may be several values. */
    boolean passesArrays() {
        return steps.stream().anyMatch(Step::array);
    }

    /** The smallest documents that hold a value at this place: alone, or as an element. */
    List<String> containing(JsonNode value) {
        String alone = wrapped(value).toString();
        return several
                ? List.of(
                        alone, wrapped(JsonNodeFactory.instance.arrayNode().add(value)).toString())
                : List.of(alone);
    }

    private JsonNode wrapped(JsonNode value) {
        JsonNode inner = value;
        for (Step step : steps.reversed()) {
            JsonNode held = step.array() ? JsonNodeFactory.instance.arrayNode().add(inner) : inner;
            inner = JsonNodeFactory.instance.objectNode().set(step.name(), held);
        }
        return inner;
    }

    /**
     * The value as {@code jsonb}. Names are taken one by one, as text: so none can be the index of
     * an array, and nothing has to be parsed row by row.
     */
    Sql json(String doc) {
        return descent(doc, "->");
    }

    /** The value as text. */
    Sql text(String doc) {
        return descent(doc, "->>");
    }

    private Sql descent(String doc, String last) {
        Sql value = Sql.of(doc);
        for (Step step : steps.subList(0, steps.size() - 1)) {
            value = value.then("-> ?::text", step.name());
        }
        return value.then(last + " ?::text", steps.getLast().name()).grouped();
    }

    /** A set-returning call that yields each value as {@code jsonb}. */
    Sql elements(String doc) {
        if (passesArrays()) {
            return Sql.of("jsonb_path_query(" + doc + ", ?::jsonpath)", jsonPath());
        }
        return Sql.of("jsonb_path_query(").then(json(doc)).then(", '$[*]')");
    }

    private String jsonPath() {
        StringBuilder path = new StringBuilder("$");
        for (Step step : steps) {
            path.append('.').append(JsonNodeFactory.instance.stringNode(step.name()));
            path.append(step.array() ? "[*]" : "");
        }
        return path.append(several ? "[*]" : "").toString();
    }
}
