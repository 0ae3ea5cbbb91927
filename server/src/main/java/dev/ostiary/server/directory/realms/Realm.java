package dev.ostiary.server.directory.realms;

import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Way;
import dev.ostiary.platform.org.Org;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * A part of an org's users. Immutable.
 *
 * @param id {@code guo…}
 * @param profile what a client says of it
 */
public record Realm(String id, RealmProfile profile, Instant created, Instant lastUpdated) {

    /** The type of a realm in errors and events (WIRE, "Errors"). */
    static final String TYPE = "Realm";

    static final String PREFIX = "guo";

    /** WIRE, "What an org holds before anyone touches it". */
    static final String DEFAULT_NAME = "Default Realm";

    static final Schema SCHEMA =
            Schema.object("Realm")
                    .always("id", Schema.TEXT)
                    .always("created", Schema.MOMENT)
                    .always("lastUpdated", Schema.MOMENT)
                    .always("isDefault", Schema.BOOLEAN)
                    .always("profile", RealmProfile.SHAPE.schema(Way.OUT).named("RealmProfile"))
                    .always("_links", Links.SCHEMA);

    /** The id of the realm that an org begins with. */
    public static String defaultId(Org org) {
        return PREFIX + org.id().substring(PREFIX.length());
    }

    /** The realm that an org begins with. */
    static Realm born(Org org) {
        return new Realm(
                defaultId(org),
                new RealmProfile(DEFAULT_NAME, RealmType.DEFAULT, List.of()),
                org.created(),
                org.created());
    }

    /** Whether the org began with it. */
    public boolean isDefault(Org org) {
        return id.equals(defaultId(org));
    }

    /** As users say that they are in it: null for the default one. */
    public @Nullable String storedId(Org org) {
        return isDefault(org) ? null : id;
    }

    Realm with(RealmProfile other, Instant now) {
        return new Realm(id, other, created, now);
    }

    /** As events name it; what they tell of it beside its name differs. */
    Target target(Map<String, @Nullable Object> details) {
        return new Target(id, TYPE, profile.name(), profile.name(), details);
    }

    void write(JsonGenerator out, Org org, String baseUrl) {
        out.writeStartObject();
        out.writeStringProperty("id", id);
        out.writeStringProperty("created", Dates.text(created));
        out.writeStringProperty("lastUpdated", Dates.text(lastUpdated));
        out.writeBooleanProperty("isDefault", isDefault(org));
        out.writeName("profile");
        RealmProfile.SHAPE.write(out, profile);
        new Links().action("self", baseUrl + "/api/v1/realms/" + id, "GET").write(out);
        out.writeEndObject();
    }
}
