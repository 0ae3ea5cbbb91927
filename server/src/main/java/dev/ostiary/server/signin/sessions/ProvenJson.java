package dev.ostiary.server.signin.sessions;

import dev.ostiary.platform.json.Json;
import dev.ostiary.server.policy.assurance.Method;
import dev.ostiary.server.policy.assurance.Proven;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** What was proven, as rows keep it: moments by methods. */
public final class ProvenJson {

    private ProvenJson() {}

    /** Writes it. */
    public static String write(Proven proven) {
        ObjectNode json = Json.object();
        proven.methods().forEach((method, when) -> json.put(method.name(), when.toString()));
        return Json.text(json);
    }

    /** Reads it; what no version knows any more is left out. */
    public static Proven read(String json) {
        Map<Method, Instant> methods = new EnumMap<>(Method.class);
        Json.object(json)
                .properties()
                .forEach(
                        each ->
                                Method.named(each.getKey())
                                        .ifPresent(
                                                method ->
                                                        methods.put(
                                                                method,
                                                                Instant.parse(
                                                                        each.getValue()
                                                                                .asString()))));
        return new Proven(methods);
    }
}
