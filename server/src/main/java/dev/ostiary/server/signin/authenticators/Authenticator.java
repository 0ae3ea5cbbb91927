package dev.ostiary.server.signin.authenticators;

import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.org.Org;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.ObjectNode;

/**
 * What users of an org may prove themselves with. Immutable.
 *
 * @param id {@code aut…}
 * @param key what it is
 * @param name what people call it
 * @param active whether it may be used at present
 * @param settings JSON object; empty for none
 * @param limited whether somebody has said what it is allowed for; what it begins with keeps nobody
 *     from signing in by it
 * @param inactiveMethods its methods that may not be used
 * @param methodSettings JSON objects by method, as far as somebody has changed what they are set to
 */
record Authenticator(
        String id,
        AuthenticatorKey key,
        String name,
        boolean active,
        String settings,
        boolean limited,
        Set<String> inactiveMethods,
        Map<String, String> methodSettings,
        Instant created,
        Instant lastUpdated) {

    static final Schema.Fields SCHEMA =
            Schema.object("Authenticator")
                    .always("type", Schema.TEXT)
                    .always("id", Schema.TEXT)
                    .always("key", Schema.TEXT)
                    .always("status", Schema.words("ACTIVE", "INACTIVE"))
                    .always("name", Schema.TEXT)
                    .always("created", Schema.MOMENT)
                    .always("lastUpdated", Schema.MOMENT)
                    .maybe("settings", Schema.DOCUMENT)
                    .always("_links", Links.SCHEMA);

    static final Schema.Fields METHOD =
            Schema.object("AuthenticatorMethod")
                    .always("type", Schema.TEXT)
                    .always("status", Schema.words("ACTIVE", "INACTIVE"))
                    .with(MethodSettings.SCHEMA)
                    .maybe("factorProfileId", Schema.TEXT)
                    .always("_links", Links.SCHEMA);

    private static final String PREFIX = "aut";
    private static final String BASE_62 =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /** The last character of an id that is not the org's. */
    private static final int OWN = 16;

    Authenticator {
        inactiveMethods = Set.copyOf(inactiveMethods);
        methodSettings = Map.copyOf(methodSettings);
    }

    /** One that every org begins with; its id follows from the org's. */
    static Authenticator born(Org org, AuthenticatorKey key) {
        char[] id = (PREFIX + org.id().substring(PREFIX.length())).toCharArray();
        int own = BASE_62.indexOf(id[OWN]) + 1 + key.ordinal();
        id[OWN] = BASE_62.charAt(own % BASE_62.length());
        return new Authenticator(
                new String(id),
                key,
                key.displayName(),
                true,
                key.settings(),
                false,
                Set.of(),
                Map.of(),
                org.created(),
                org.created());
    }

    Authenticator changed(String otherName, String otherSettings, boolean limits, Instant now) {
        return new Authenticator(
                id,
                key,
                otherName,
                active,
                otherSettings,
                limits,
                inactiveMethods,
                methodSettings,
                created,
                now);
    }

    Authenticator active(boolean on, Instant now) {
        return new Authenticator(
                id,
                key,
                name,
                on,
                settings,
                limited,
                inactiveMethods,
                methodSettings,
                created,
                now);
    }

    Authenticator method(String method, boolean on, Instant now) {
        Set<String> inactive = new TreeSet<>(inactiveMethods);
        if (on) {
            inactive.remove(method);
        } else {
            inactive.add(method);
        }
        return new Authenticator(
                id, key, name, active, settings, limited, inactive, methodSettings, created, now);
    }

    /** With other settings of a method. */
    Authenticator method(String method, ObjectNode set, Instant now) {
        Map<String, String> all = new TreeMap<>(methodSettings);
        all.put(method, Json.text(set));
        return new Authenticator(
                id, key, name, active, settings, limited, inactiveMethods, all, created, now);
    }

    /** What it is allowed for; empty for everything. */
    private String allowedFor() {
        return settings().isEmpty() ? "" : Json.object(settings).path("allowedFor").asString("");
    }

    /** Whether it is of use at sign-in. */
    boolean signsIn() {
        return switch (allowedFor()) {
            case "none" -> false;
            case "recovery" -> !limited;
            default -> true;
        };
    }

    /** Whether it is of use to who forgot a password or is locked out. */
    boolean recovers() {
        return switch (allowedFor()) {
            case "none", "sso" -> false;
            default -> true;
        };
    }

    /** What a method is set to, standard values included. */
    ObjectNode methodSettings(String method) {
        String set = methodSettings.get(method);
        return MethodSettings.of(key, method).whole(set == null ? Json.object() : Json.object(set));
    }

    /** Names what its tokens are like, to whoever enrols one. */
    String factorProfileId() {
        return "fpr" + id.substring(PREFIX.length());
    }

    boolean methodActive(String method) {
        return !inactiveMethods.contains(method);
    }

    /** How events name it. */
    Target target() {
        return new Target(id, "AuthenticatorConfiguration", key.wire(), name);
    }

    void write(JsonGenerator out, String baseUrl) {
        String self = baseUrl + "/api/v1/authenticators/" + id;
        out.writeStartObject();
        out.writeStringProperty("type", key.type());
        out.writeStringProperty("id", id);
        out.writeStringProperty("key", key.wire());
        out.writeStringProperty("status", status(active));
        out.writeStringProperty("name", name);
        out.writeStringProperty("created", Dates.text(created));
        out.writeStringProperty("lastUpdated", Dates.text(lastUpdated));
        if (!settings.isEmpty()) {
            out.writeName("settings");
            Json.raw(out, settings);
        }
        Links links =
                new Links()
                        .hinted("self", self, "GET", "PUT")
                        .hinted("methods", self + "/methods", "GET");
        if (key != AuthenticatorKey.OKTA_PASSWORD) {
            step(links, self, active);
        }
        if (key == AuthenticatorKey.WEBAUTHN) {
            links.hinted("aaguids", self + "/aaguids", "GET", "POST");
        }
        links.write(out);
        out.writeEndObject();
    }

    void writeMethod(JsonGenerator out, String method, String baseUrl) {
        String self = baseUrl + "/api/v1/authenticators/" + id + "/methods/" + method;
        out.writeStartObject();
        out.writeStringProperty("type", method);
        out.writeStringProperty("status", status(methodActive(method)));
        methodSettings(method)
                .forEachEntry(
                        (property, value) -> {
                            out.writeName(property);
                            Json.raw(out, Json.text(value));
                        });
        if (key == AuthenticatorKey.CUSTOM_OTP) {
            out.writeStringProperty("factorProfileId", factorProfileId());
        }
        Links links = new Links().hinted("self", self, "GET", "PUT");
        if (key.methods().size() > 1) {
            step(links, self, methodActive(method));
        }
        links.write(out);
        out.writeEndObject();
    }

    private static void step(Links links, String self, boolean active) {
        String step = active ? "deactivate" : "activate";
        links.hinted(step, self + "/lifecycle/" + step, "POST");
    }

    private static String status(boolean active) {
        return active ? "ACTIVE" : "INACTIVE";
    }
}
