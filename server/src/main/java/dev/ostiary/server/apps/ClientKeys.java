package dev.ostiary.server.apps;

import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The public keys by which an OAuth client proves itself or has its ID tokens encrypted (RFC 7517;
 * ApplicationSSOPublicKeys). Only public members are kept, whatever a client sends.
 */
public final class ClientKeys {

    /** More than any client rotates through. */
    public static final int MOST = 50;

    private static final int SHORTEST_RSA = 2048;
    private static final List<String> CURVES = List.of("P-256", "P-384", "P-521");

    private ClientKeys() {}

    /**
     * A whole key set, as an app's settings hold it. Keys that the app had under the same {@code
     * kid} stay who they are.
     *
     * @param ids makes ids {@code pks…}
     */
    static ArrayNode all(
            JsonNode given, JsonNode before, Supplier<String> ids, Instant now, Reading reading) {
        ArrayNode keys = Json.object().arrayNode();
        Set<String> kids = new HashSet<>();
        Path at = Path.root("jwks").field("jwks").field("keys");
        if (given.size() > MOST) {
            reading.wrong(at, "must have at most " + MOST + " elements");
            return keys;
        }
        for (int i = 0; i < given.size(); i++) {
            Path here = at.item(i);
            one(given.get(i), here, reading)
                    .ifPresent(
                            key -> {
                                String kid = key.path("kid").asString("");
                                if (given.size() > 1 && !kids.add(kid)) {
                                    reading.sentence(
                                            "JsonWebKey",
                                            "All keys in the 'jwks' must have a unique `kid`.");
                                }
                                keys.add(known(key, before, ids, now));
                            });
        }
        return keys;
    }

    private static ObjectNode known(
            ObjectNode key, JsonNode before, Supplier<String> ids, Instant now) {
        Optional<JsonNode> same =
                before.valueStream()
                        .filter(each -> !key.path("kid").isMissingNode())
                        .filter(each -> each.path("kid").equals(key.path("kid")))
                        .findFirst();
        return same.map(old -> aged(key, old, now)).orElseGet(() -> born(key, ids.get(), now));
    }

    /** A new key with its id and its dates. */
    public static ObjectNode born(ObjectNode key, String id, Instant now) {
        ObjectNode whole = Json.object().put("id", id);
        whole.setAll(key);
        return whole.put("created", Dates.text(now)).put("lastUpdated", Dates.text(now));
    }

    private static ObjectNode aged(ObjectNode key, JsonNode old, Instant now) {
        ObjectNode whole = born(key, old.path("id").asString(), now);
        whole.set("created", old.path("created"));
        ObjectNode dateless = whole.deepCopy();
        dateless.remove("lastUpdated");
        ObjectNode before = old.deepCopy().asObject();
        JsonNode date = before.remove("lastUpdated");
        if (dateless.equals(before)) {
            whole.set("lastUpdated", date);
        }
        return whole;
    }

    /** The public part of a key. */
    public static Optional<ObjectNode> one(JsonNode given, Path at, Reading reading) {
        String type = given.path("kty").asString("");
        ObjectNode key = Json.object();
        copy(given, key, "kid", "kty", "alg");
        String use = given.path("use").asString("sig");
        if (!use.equals("sig") && !use.equals("enc")) {
            return reading.wrong(at.field("use"), "'use' is invalid. Valid values: [sig, enc].");
        }
        key.put("use", use);
        switch (type) {
            case "RSA" -> {
                if (!rsa(given, at, reading)) {
                    return Optional.empty();
                }
                copy(given, key, "e", "n");
            }
            case "EC" -> {
                if (!curve(given, at, reading)) {
                    return Optional.empty();
                }
                copy(given, key, "crv", "x", "y");
            }
            default -> {
                return reading.wrong(at.field("kty"), "'kty' is invalid. Valid values: [RSA, EC].");
            }
        }
        String status = given.path("status").asString("ACTIVE");
        key.put("status", status.equals("INACTIVE") ? status : "ACTIVE");
        return Optional.of(key);
    }

    private static boolean rsa(JsonNode given, Path at, Reading reading) {
        Optional<BigInteger> modulus = number(given.path("n"));
        if (modulus.isEmpty() || number(given.path("e")).isEmpty()) {
            reading.wrong(at, "'n' and 'e' must be base64url");
            return false;
        }
        if (modulus.get().bitLength() < SHORTEST_RSA) {
            reading.sentence(
                    "JsonWebKey",
                    "RSA key length in the 'jwks' is less than '2,048' bits for the given key.");
            return false;
        }
        return true;
    }

    private static boolean curve(JsonNode given, Path at, Reading reading) {
        if (!CURVES.contains(given.path("crv").asString(""))) {
            reading.wrong(at.field("crv"), "'crv' is invalid. Valid values: " + CURVES + ".");
            return false;
        }
        if (number(given.path("x")).isEmpty() || number(given.path("y")).isEmpty()) {
            reading.wrong(at, "'x' and 'y' must be base64url");
            return false;
        }
        return true;
    }

    /** An unsigned number (RFC 7518, 2); some libraries pad what they write. */
    private static Optional<BigInteger> number(JsonNode node) {
        String text = node.asString("");
        if (text.isEmpty() || text.length() > 4096) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigInteger(1, Base64.getUrlDecoder().decode(text)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static void copy(JsonNode from, ObjectNode to, String... names) {
        for (String name : names) {
            if (from.path(name).isString()) {
                to.set(name, from.get(name));
            }
        }
    }
}
