package dev.ostiary.server.oauth.servers;

import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.json.Way;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A public key of the resource server, under which access tokens can be encrypted. At most one of a
 * server is active. Immutable.
 *
 * @param id {@code apk…}
 * @param said what a client says of it
 */
record ResourceKey(String id, Said said, Instant created, Instant lastUpdated) {

    static final String PREFIX = "apk";

    /** The type of a key in errors. */
    static final String TYPE = "JsonWebKey";

    static final int MOST = 50;

    private static final int SHORTEST = 2_048;
    private static final int LONGEST_KID = 255;
    private static final int LONGEST_NUMBER = 4_096;

    /**
     * What a client says of a key.
     *
     * @param kid unique in the server, where there is one
     */
    record Said(@Nullable String kid, String kty, String use, String e, String n, Status status) {

        Said in(Status other) {
            return new Said(kid, kty, use, e, n, other);
        }
    }

    static final Shape<Said> SHAPE = shape();

    static final Shape<ResourceKey> STORED = stored();

    static final Schema SCHEMA =
            Schema.object("OAuth2ResourceServerJsonWebKey")
                    .always("id", Schema.TEXT)
                    .with(SHAPE.schema(Way.OUT))
                    .always("created", Schema.MOMENT)
                    .always("lastUpdated", Schema.MOMENT)
                    .always("_links", Links.SCHEMA);

    private static Shape<Said> shape() {
        Shape.Builder<Said> shape = Shape.of("JsonWebKey");
        Field<Said, String> kid =
                shape.field("kid", Type.TEXT, Said::kid)
                        .orNull()
                        .must(
                                text -> !text.isBlank() && text.length() <= LONGEST_KID,
                                "must be 1 to 255 characters");
        Field<Said, String> kty =
                shape.field("kty", Type.TEXT, Said::kty)
                        .required()
                        .must("RSA"::equals, "must be 'RSA'");
        Field<Said, String> use =
                shape.field("use", Type.TEXT, Said::use)
                        .required()
                        .must("enc"::equals, "must be 'enc'");
        Field<Said, String> e =
                shape.field("e", Type.TEXT, Said::e)
                        .required()
                        .must(text -> bits(text) > 1, "must be a base64url number");
        Field<Said, String> n =
                shape.field("n", Type.TEXT, Said::n)
                        .required()
                        .must(
                                text -> bits(text) >= SHORTEST,
                                "must be a base64url number of 2048 bits at least");
        Field<Said, Status> status =
                shape.field("status", new Word<>(Status.class), Said::status).always();
        return shape.build(
                in ->
                        new Said(
                                in.orNull(kid),
                                in.get(kty),
                                in.get(use),
                                in.get(e),
                                in.get(n),
                                in.find(status).orElse(Status.ACTIVE)));
    }

    private static int bits(String base64) {
        if (base64.length() > LONGEST_NUMBER) {
            return 0;
        }
        try {
            return new BigInteger(1, Base64.getUrlDecoder().decode(base64)).bitLength();
        } catch (IllegalArgumentException wrong) {
            return 0;
        }
    }

    private static Shape<ResourceKey> stored() {
        Shape.Builder<ResourceKey> shape = Shape.of("key");
        Field<ResourceKey, String> id = shape.field("id", Type.TEXT, ResourceKey::id).required();
        Field<ResourceKey, Said> said =
                shape.field("key", Type.nested(SHAPE), ResourceKey::said).required();
        Field<ResourceKey, Instant> created =
                shape.field("created", Type.INSTANT, ResourceKey::created).required();
        Field<ResourceKey, Instant> updated =
                shape.field("lastUpdated", Type.INSTANT, ResourceKey::lastUpdated).required();
        return shape.build(
                in -> new ResourceKey(in.get(id), in.get(said), in.get(created), in.get(updated)));
    }

    boolean active() {
        return said.status() == Status.ACTIVE;
    }

    /** Adds it to a key set as everybody knows it (RFC 7517, 4). */
    void addTo(ArrayNode keys) {
        ObjectNode key = keys.addObject();
        if (said.kid() != null) {
            key.put("kid", said.kid());
        }
        key.put("kty", said.kty()).put("use", said.use()).put("e", said.e()).put("n", said.n());
    }

    ResourceKey in(Status other, Instant now) {
        return said.status() == other ? this : new ResourceKey(id, said.in(other), created, now);
    }

    void write(JsonGenerator out, String server) {
        out.writeStartObject();
        out.writeStringProperty("id", id);
        SHAPE.writeFields(out, said);
        out.writeStringProperty("created", Dates.text(created));
        out.writeStringProperty("lastUpdated", Dates.text(lastUpdated));
        String self = server + "/resourceservercredentials/keys/" + id;
        Links links = new Links();
        if (active()) {
            links.hinted("deactivate", self + "/lifecycle/deactivate", "POST");
        } else {
            links.hinted("activate", self + "/lifecycle/activate", "POST")
                    .hinted("delete", self, "DELETE");
        }
        links.write(out);
        out.writeEndObject();
    }
}
