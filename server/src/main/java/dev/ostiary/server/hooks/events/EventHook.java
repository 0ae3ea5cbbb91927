package dev.ostiary.server.hooks.events;

import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Way;
import dev.ostiary.server.hooks.channel.HttpConfig;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * A hook. Immutable.
 *
 * @param id {@code who…}
 * @param listing what a client says of it, without the secret
 * @param verified whether its receiver has proven that it is meant
 * @param createdBy id of the user who made it; null where nobody in particular did
 */
record EventHook(
        String id,
        Listing listing,
        boolean active,
        boolean verified,
        @Nullable String createdBy,
        Instant created,
        Instant lastUpdated) {

    /**
     * The part that a client may set.
     *
     * @param channel where the receiver is
     */
    record Listing(
            String name, @Nullable String description, Subscription events, HttpConfig channel) {

        Listing withoutSecret() {
            return new Listing(name, description, events, channel.withoutSecret());
        }
    }

    static final Schema SCHEMA =
            Schema.object("EventHook")
                    .always("id", Schema.TEXT)
                    .always("status", Schema.words("ACTIVE", "INACTIVE"))
                    .always("verificationStatus", Schema.words("VERIFIED", "UNVERIFIED"))
                    .always("created", Schema.MOMENT)
                    .always("createdBy", Schema.TEXT.orNull())
                    .always("lastUpdated", Schema.MOMENT)
                    .with(EventHookBody.SHAPE.schema(Way.OUT))
                    .always("_links", Links.SCHEMA);

    EventHook with(Listing other, boolean isVerified, Instant now) {
        return new EventHook(
                id, other.withoutSecret(), active, isVerified, createdBy, created, now);
    }

    EventHook active(boolean isActive, Instant now) {
        return new EventHook(id, listing, isActive, verified, createdBy, created, now);
    }

    EventHook verified(Instant now) {
        return new EventHook(id, listing, active, true, createdBy, created, now);
    }

    /** Whether events go to it. */
    boolean receives() {
        return active && verified;
    }

    void write(JsonGenerator out, String baseUrl) {
        String self = baseUrl + "/api/v1/eventHooks/" + id;
        String step = active ? "deactivate" : "activate";
        out.writeStartObject();
        out.writeStringProperty("id", id);
        out.writeStringProperty("status", active ? "ACTIVE" : "INACTIVE");
        out.writeStringProperty("verificationStatus", verified ? "VERIFIED" : "UNVERIFIED");
        out.writeStringProperty("created", Dates.text(created));
        if (createdBy == null) {
            out.writeNullProperty("createdBy");
        } else {
            out.writeStringProperty("createdBy", createdBy);
        }
        out.writeStringProperty("lastUpdated", Dates.text(lastUpdated));
        EventHookBody.SHAPE.writeFields(out, listing);
        new Links()
                .to("self", self)
                .hinted("verify", self + "/lifecycle/verify", "POST")
                .hinted(step, self + "/lifecycle/" + step, "POST")
                .write(out);
        out.writeEndObject();
    }

    /** How events name it. */
    Target target() {
        return new Target(id, "EventHook", listing.name(), listing.name());
    }
}
