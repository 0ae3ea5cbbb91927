package dev.ostiary.server.live;

import dev.ostiary.platform.json.Json;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tells what is not the same, a line each, and counts. Not thread-safe. */
final class Differences {

    private static final int LONGEST = 300;

    private final PrintWriter out;
    private long count;

    Differences(PrintWriter out) {
        this.out = out;
    }

    long count() {
        return count;
    }

    /** Something is on one side only. */
    void only(String what, boolean inSource) {
        tell(what + ": only in the " + (inSource ? "source" : "target"));
    }

    private void tell(String line) {
        count++;
        out.println(Said.plain(line));
    }

    /** Tells every property that is not the same, below objects, too. */
    void between(String what, JsonNode source, JsonNode target) {
        between(what, "", source, target);
    }

    private void between(
            String what, String path, @Nullable JsonNode source, @Nullable JsonNode target) {
        if (Objects.equals(source, target)) {
            return;
        }
        if (source == null || target == null || !source.isObject() || !target.isObject()) {
            tell(what + ": " + path + " " + text(source) + " / " + text(target));
            return;
        }
        Set<String> names = new TreeSet<>();
        source.properties().forEach(each -> names.add(each.getKey()));
        target.properties().forEach(each -> names.add(each.getKey()));
        for (String name : names) {
            between(
                    what,
                    path.isEmpty() ? name : path + "." + name,
                    source.get(name),
                    target.get(name));
        }
    }

    private static String text(@Nullable JsonNode value) {
        String text = value == null ? "-" : Json.text(value);
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    /** Compares what both sides have by names. */
    void named(
            String kind,
            Map<String, JsonNode> source,
            Map<String, JsonNode> target,
            UnaryOperator<JsonNode> picture) {
        Set<String> names = new TreeSet<>(source.keySet());
        names.addAll(target.keySet());
        for (String name : names) {
            JsonNode here = source.get(name);
            JsonNode there = target.get(name);
            if (here == null || there == null) {
                only(kind + " " + name, here != null);
            } else {
                between(kind + " " + name, picture.apply(here), picture.apply(there));
            }
        }
    }

    /** Compares the frames of two orgs. */
    void frames(Frame source, Frame target) {
        named("type", source.types(), target.types(), Differences::ofType);
        named("schema", source.schemas(), target.schemas(), Differences::ofSchema);
        between("schema of groups", ofSchema(source.ofGroups()), ofSchema(target.ofGroups()));
        named("realm", source.realms(), target.realms(), realm -> realm.path("profile"));
        named("linked object", source.relations(), target.relations(), Differences::ofRelation);
    }

    /** What is said of a user type. */
    static JsonNode ofType(JsonNode type) {
        return Json.object()
                .put("displayName", type.path("displayName").asString(""))
                .put("description", type.path("description").asString(""));
    }

    private static JsonNode ofSchema(JsonNode schema) {
        ObjectNode attributes = Json.object();
        attributes.set("base", schema.at("/definitions/base/properties"));
        attributes.set("custom", schema.at("/definitions/custom/properties"));
        return attributes;
    }

    private static JsonNode ofRelation(JsonNode relation) {
        ObjectNode sides = Json.object();
        sides.set("primary", relation.path("primary"));
        sides.set("associated", relation.path("associated"));
        return sides;
    }
}
