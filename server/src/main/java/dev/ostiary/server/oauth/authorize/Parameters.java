package dev.ostiary.server.oauth.authorize;

import dev.ostiary.platform.http.Query;
import dev.ostiary.platform.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The parameters of a request as they came. One without a value is as good as none (RFC 6749, 3.1).
 * Immutable; prints no value.
 */
record Parameters(Map<String, List<String>> values) {

    /**
     * What is kept of a request that waits: what is understood, but for what is good for one use.
     */
    private static final Set<String> KEPT =
            Set.of(
                    "acr_values",
                    "client_id",
                    "code_challenge",
                    "code_challenge_method",
                    "login_hint",
                    "max_age",
                    "nonce",
                    "prompt",
                    "redirect_uri",
                    "response_mode",
                    "response_type",
                    "scope",
                    "state");

    static Parameters of(Query query) {
        return new Parameters(query.values());
    }

    /** The value of a parameter. */
    Optional<String> text(String name) {
        List<String> all = values.get(name);
        return all == null || all.getFirst().isEmpty()
                ? Optional.empty()
                : Optional.of(all.getFirst());
    }

    /** The same with another value of a parameter. */
    Parameters with(String name, String value) {
        Map<String, List<String>> more = new LinkedHashMap<>(values);
        more.put(name, List.of(value));
        return new Parameters(more);
    }

    /** The same without a parameter. */
    Parameters without(String name) {
        Map<String, List<String>> less = new LinkedHashMap<>(values);
        less.remove(name);
        return new Parameters(less);
    }

    /** Whether a request object may say it. */
    static boolean isKnown(String name) {
        return KEPT.contains(name);
    }

    /** Whether a parameter came twice (RFC 6749, 3.1). */
    boolean isAmbiguous(String name) {
        return values.getOrDefault(name, List.of()).size() > 1;
    }

    /** Whether any did. */
    boolean isAmbiguous() {
        return values.keySet().stream().anyMatch(this::isAmbiguous);
    }

    /** As they are kept. */
    String json() {
        ObjectNode json = Json.object();
        values.forEach(
                (name, all) -> {
                    if (KEPT.contains(name)) {
                        ArrayNode texts = json.putArray(name);
                        all.forEach(texts::add);
                    }
                });
        return Json.text(json);
    }

    /** As they were kept. */
    static Parameters parse(String json) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> each : Json.object(json).properties()) {
            List<String> texts = new ArrayList<>();
            each.getValue().forEach(text -> texts.add(text.asString()));
            values.put(each.getKey(), texts);
        }
        return new Parameters(values);
    }

    @Override
    public String toString() {
        return "Parameters" + values.keySet();
    }
}
