package dev.ostiary.platform.event;

import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Shows a logged event as the System Log API does: in the original's order, which {@code jsonb}
 * does not keep, and with its nulls, which {@link EventJson} leaves out. Thread-safe.
 */
public final class EventOrder {

    private static final Form PRINCIPAL =
            Form.whole("id", "type", "alternateId", "displayName", "detailEntry");

    private static final Form PLACE =
            Form.whole("city", "state", "country", "postalCode", "geolocation")
                    .with("geolocation", Form.whole("lat", "lon"));

    private static final Form EVENT =
            Form.whole(
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
                            "target")
                    .with("actor", PRINCIPAL)
                    .with("target", PRINCIPAL)
                    .with(
                            "client",
                            Form.whole(
                                            "userAgent",
                                            "zone",
                                            "device",
                                            "id",
                                            "ipAddress",
                                            "geographicalContext")
                                    .with("userAgent", Form.whole("rawUserAgent", "os", "browser"))
                                    .with("geographicalContext", PLACE))
                    .with(
                            "authenticationContext",
                            Form.whole(
                                    "authenticationProvider",
                                    "credentialProvider",
                                    "credentialType",
                                    "issuer",
                                    "interface",
                                    "authenticationStep",
                                    "rootSessionId",
                                    "externalSessionId"))
                    .with("outcome", Form.whole("result", "reason"))
                    .with(
                            "securityContext",
                            Form.whole("asNumber", "asOrg", "isp", "domain", "isProxy"))
                    .with(
                            "debugContext",
                            Form.whole("debugData")
                                    .with("debugData", Form.free("requestId", "requestUri", "url")))
                    .with("transaction", Form.whole("type", "id", "detail"))
                    .with(
                            "request",
                            Form.whole("ipChain")
                                    .with(
                                            "ipChain",
                                            Form.whole(
                                                            "ip",
                                                            "geographicalContext",
                                                            "version",
                                                            "source")
                                                    .with("geographicalContext", PLACE)));

    private final JsonMapper json = JsonMapper.builder().build();

    /** The same event as it is shown; unknown properties come last. */
    public String inOrder(String body) {
        StringWriter text = new StringWriter(body.length() * 2);
        try (JsonGenerator out = json.createGenerator(text)) {
            write(out, EVENT, json.readTree(body));
        }
        return text.toString();
    }

    /**
     * What an object, or each of an array, looks like.
     *
     * @param names in the original's order
     * @param whole whether what is absent of them is shown as null
     */
    private record Form(List<String> names, boolean whole, Map<String, Form> inside) {

        static final Form ANY = free();

        static Form whole(String... names) {
            return new Form(List.of(names), true, Map.of());
        }

        static Form free(String... names) {
            return new Form(List.of(names), false, Map.of());
        }

        Form with(String name, Form form) {
            Map<String, Form> more = new HashMap<>(inside);
            more.put(name, form);
            return new Form(names, whole, Map.copyOf(more));
        }

        Form under(String name) {
            return inside.getOrDefault(name, ANY);
        }
    }

    private static void write(JsonGenerator out, Form form, JsonNode node) {
        if (node.isObject()) {
            writeObject(out, form, node);
        } else if (node.isArray()) {
            out.writeStartArray();
            for (JsonNode element : node) {
                write(out, form, element);
            }
            out.writeEndArray();
        } else {
            out.writeTree(node);
        }
    }

    private static void writeObject(JsonGenerator out, Form form, JsonNode node) {
        out.writeStartObject();
        for (String name : form.names()) {
            @Nullable JsonNode value = node.get(name);
            if (value != null) {
                out.writeName(name);
                write(out, form.under(name), value);
            } else if (form.whole()) {
                out.writeNullProperty(name);
            }
        }
        for (Map.Entry<String, JsonNode> property : node.properties()) {
            if (!form.names().contains(property.getKey())) {
                out.writeName(property.getKey());
                write(out, form.under(property.getKey()), property.getValue());
            }
        }
        out.writeEndObject();
    }
}
