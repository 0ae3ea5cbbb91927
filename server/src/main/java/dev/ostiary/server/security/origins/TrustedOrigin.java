package dev.ostiary.server.security.origins;

import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.json.Way;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * A web site that an org trusts. Immutable.
 *
 * @param id {@code tos…}
 * @param listing what a client says of it
 * @param status whether it is trusted at present
 * @param createdBy id of the user who made it; null where the operator did
 * @param lastUpdatedBy id of the user who changed it last
 */
record TrustedOrigin(
        String id,
        Listing listing,
        Status status,
        Instant created,
        @Nullable String createdBy,
        Instant lastUpdated,
        @Nullable String lastUpdatedBy) {

    private static final int LONGEST_NAME = 255;

    /** As the wire has it. */
    enum Status {
        ACTIVE,
        INACTIVE
    }

    /**
     * The part that a client may set.
     *
     * @param name unique in the org, in any case
     * @param origin as the client wrote it; unique in the org as {@link WebOrigin}
     * @param scopes one to three, each type once
     */
    record Listing(String name, String origin, List<OriginScope> scopes) {

        /** The origin as a browser writes it. */
        String canonical() {
            return WebOrigin.parse(origin).orElseThrow().text();
        }
    }

    static final Shape<Listing> LISTING = shape();

    static final Schema SCHEMA =
            Schema.object("TrustedOrigin")
                    .always("id", Schema.TEXT)
                    .with(LISTING.schema(Way.OUT))
                    .always("status", Schema.words(Status.values()))
                    .always("created", Schema.MOMENT)
                    .maybe("createdBy", Schema.TEXT)
                    .always("lastUpdated", Schema.MOMENT)
                    .maybe("lastUpdatedBy", Schema.TEXT)
                    .always("_links", Links.SCHEMA);

    private static Shape<Listing> shape() {
        Shape.Builder<Listing> shape = Shape.of("trustedOrigin");
        Field<Listing, String> name = shape.name("name", LONGEST_NAME, Listing::name).required();
        Field<Listing, String> origin =
                shape.field("origin", Type.TEXT, Listing::origin)
                        .required()
                        .must(
                                text -> WebOrigin.parse(text).isPresent(),
                                "Origin value is not valid");
        Field<Listing, List<OriginScope>> scopes =
                shape.field("scopes", Type.list(Type.nested(OriginScope.SHAPE)), Listing::scopes)
                        .required()
                        .must(
                                TrustedOrigin::eachTypeOnce,
                                "must name one to three types, each once");
        return shape.build(in -> new Listing(in.get(name), in.get(origin), in.get(scopes)));
    }

    private static boolean eachTypeOnce(List<OriginScope> scopes) {
        return !scopes.isEmpty()
                && scopes.stream().map(OriginScope::type).distinct().count() == scopes.size();
    }

    /** Writes it with the links that its state has (P31). */
    void write(JsonGenerator out, String baseUrl) {
        out.writeStartObject();
        out.writeStringProperty("id", id);
        LISTING.writeFields(out, listing);
        out.writeStringProperty("status", status.name());
        out.writeStringProperty("created", Dates.text(created));
        text(out, "createdBy", createdBy);
        out.writeStringProperty("lastUpdated", Dates.text(lastUpdated));
        text(out, "lastUpdatedBy", lastUpdatedBy);
        String self = baseUrl + "/api/v1/trustedOrigins/" + id;
        String step = active() ? "deactivate" : "activate";
        new Links()
                .hinted("self", self, "GET", "PUT", "DELETE")
                .hinted(step, self + "/lifecycle/" + step, "POST")
                .write(out);
        out.writeEndObject();
    }

    private static void text(JsonGenerator out, String name, @Nullable String value) {
        if (value != null) {
            out.writeStringProperty(name, value);
        }
    }

    boolean active() {
        return status == Status.ACTIVE;
    }

    TrustedOrigin with(Listing changed, @Nullable String by, Instant now) {
        return new TrustedOrigin(id, changed, status, created, createdBy, now, by);
    }

    TrustedOrigin with(Status changed, @Nullable String by, Instant now) {
        return new TrustedOrigin(id, listing, changed, created, createdBy, now, by);
    }

    /** How events name it (TrustedOriginResourceDetails). */
    Target target() {
        Map<String, @Nullable Object> details = new HashMap<>();
        details.put("trustedOriginUrl", listing.origin());
        details.put("trustedOriginStatus", status.name());
        details.put("trustedOriginScopes", scopesText());
        return new Target(id, "TrustedOrigin", listing.origin(), listing.name(), details);
    }

    private String scopesText() {
        byte[] text =
                Json.bytes(
                        out ->
                                Type.list(Type.nested(OriginScope.SHAPE))
                                        .write(out, listing.scopes()));
        return new String(text, StandardCharsets.UTF_8);
    }
}
