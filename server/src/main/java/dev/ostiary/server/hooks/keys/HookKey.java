package dev.ostiary.server.hooks.keys;

import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Schema;
import java.time.Instant;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/**
 * A pair of keys. Immutable.
 *
 * @param id {@code HKY…}
 * @param keyId the name of the public half, a UUID
 * @param name unique in the org, in any case
 * @param n modulus, base64url
 * @param e exponent, base64url
 * @param sealed the private half as PKCS #8, encrypted
 */
record HookKey(
        String id,
        String keyId,
        String name,
        String n,
        String e,
        byte[] sealed,
        Instant created,
        Instant lastUpdated) {

    static final Schema.Fields PUBLIC =
            Schema.object("HookPublicKey")
                    .always("kty", Schema.TEXT)
                    .always("alg", Schema.TEXT)
                    .always("kid", Schema.TEXT)
                    .always("use", Schema.TEXT.orNull())
                    .always("e", Schema.TEXT)
                    .always("n", Schema.TEXT);

    static final Schema.Fields SCHEMA =
            Schema.object("HookKey")
                    .always("id", Schema.TEXT)
                    .always("keyId", Schema.TEXT)
                    .always("name", Schema.TEXT)
                    .always("created", Schema.MOMENT)
                    .always("lastUpdated", Schema.MOMENT)
                    .always("isUsed", Schema.BOOLEAN);

    static final Schema DETAILED = SCHEMA.named("DetailedHookKey").always("_embedded", PUBLIC);

    HookKey named(String other, Instant now) {
        return new HookKey(id, keyId, other, n, e, sealed, created, now);
    }

    void write(JsonGenerator out, boolean used, boolean detailed) {
        out.writeStartObject();
        out.writeStringProperty("id", id);
        out.writeStringProperty("keyId", keyId);
        out.writeStringProperty("name", name);
        out.writeStringProperty("created", Dates.text(created));
        out.writeStringProperty("lastUpdated", Dates.text(lastUpdated));
        out.writeBooleanProperty("isUsed", used);
        if (detailed) {
            out.writeName("_embedded");
            writePublic(out);
        }
        out.writeEndObject();
    }

    void writePublic(JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty("kty", "RSA");
        out.writeStringProperty("alg", "RSA");
        out.writeStringProperty("kid", keyId);
        out.writeNullProperty("use");
        out.writeStringProperty("e", e);
        out.writeStringProperty("n", n);
        out.writeEndObject();
    }

    /** How events name it. */
    Target target() {
        return new Target(id, "HookKey", name, name, Map.of("keyId", keyId));
    }
}
