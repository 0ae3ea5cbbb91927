package dev.ostiary.platform.event;

import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Gives a logged event the original's order of properties back: {@code jsonb} does not keep it.
 * Thread-safe.
 */
public final class EventOrder {

    /** The order of an object's properties by the property that it stands under. */
    private static final Map<String, List<String>> ORDERS =
            Map.ofEntries(
                    Map.entry(
                            "",
                            List.of(
                                    "actor",
                                    "client",
                                    "device",
                                    "authenticationContext",
                                    "displayMessage",
                                    "eventType",
                                    "outcome",
                                    "published",
                                    "securityContext",
                                    "severity",
                                    "debugContext",
                                    "legacyEventType",
                                    "transaction",
                                    "uuid",
                                    "version",
                                    "request",
                                    "target")),
                    Map.entry("actor", principal()),
                    Map.entry("target", principal()),
                    Map.entry(
                            "client",
                            List.of(
                                    "userAgent",
                                    "zone",
                                    "device",
                                    "id",
                                    "ipAddress",
                                    "geographicalContext")),
                    Map.entry("userAgent", List.of("rawUserAgent", "os", "browser")),
                    Map.entry(
                            "geographicalContext",
                            List.of("city", "state", "country", "postalCode", "geolocation")),
                    Map.entry("geolocation", List.of("lat", "lon")),
                    Map.entry(
                            "authenticationContext",
                            List.of(
                                    "authenticationProvider",
                                    "credentialProvider",
                                    "credentialType",
                                    "issuer",
                                    "interface",
                                    "authenticationStep",
                                    "rootSessionId",
                                    "externalSessionId")),
                    Map.entry("debugData", List.of("requestId", "requestUri", "url")),
                    Map.entry("outcome", List.of("result", "reason")),
                    Map.entry(
                            "securityContext",
                            List.of("asNumber", "asOrg", "isp", "domain", "isProxy")),
                    Map.entry("transaction", List.of("type", "id", "detail")),
                    Map.entry(
                            "ipChain", List.of("ip", "geographicalContext", "version", "source")));

    private final JsonMapper json = JsonMapper.builder().build();

    /** The same event in the original's order; unknown properties come last. */
    public String inOrder(String body) {
        StringWriter text = new StringWriter(body.length() + 16);
        try (JsonGenerator out = json.createGenerator(text)) {
            write(out, "", json.readTree(body));
        }
        return text.toString();
    }

    private static List<String> principal() {
        return List.of("id", "type", "alternateId", "displayName", "detailEntry");
    }

    private static void write(JsonGenerator out, String under, JsonNode node) {
        if (node.isObject()) {
            writeObject(out, under, node);
        } else if (node.isArray()) {
            out.writeStartArray();
            for (JsonNode element : node) {
                write(out, under, element);
            }
            out.writeEndArray();
        } else {
            out.writeTree(node);
        }
    }

    private static void writeObject(JsonGenerator out, String under, JsonNode node) {
        List<String> order = ORDERS.getOrDefault(under, List.of());
        out.writeStartObject();
        for (String name : order) {
            @Nullable JsonNode value = node.get(name);
            if (value != null) {
                out.writeName(name);
                write(out, name, value);
            }
        }
        for (Map.Entry<String, JsonNode> property : node.properties()) {
            if (!order.contains(property.getKey())) {
                out.writeName(property.getKey());
                write(out, property.getKey(), property.getValue());
            }
        }
        out.writeEndObject();
    }
}
