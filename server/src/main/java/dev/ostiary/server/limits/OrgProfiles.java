package dev.ostiary.server.limits;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.RequestContext;
import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.limits.Profile;
import dev.ostiary.platform.limits.RateTable;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.orgs.AddressedOrgs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which profile an org has: the operator's to say, and that of administrators of the default org,
 * never the org's own.
 */
public final class OrgProfiles implements Family {

    /** What {@link #answer} writes. */
    private static final Schema SCHEMA =
            Schema.object("OrgRateLimits")
                    .always("profile", Schema.TEXT.orNull())
                    .always("inEffect", Schema.TEXT);

    private final Database database;
    private final RateTable table;
    private final Profile standard;
    private final AddressedOrgs addressed;
    private final EventCatalogue events;
    private final RateLimitSettingsStore store = new RateLimitSettingsStore();

    /**
     * @param standard the profile of orgs that have none of their own
     */
    public OrgProfiles(
            Database database,
            RateTable table,
            Profile standard,
            AddressedOrgs addressed,
            EventCatalogue events) {
        this.database = database;
        this.table = table;
        this.standard = standard;
        this.addressed = addressed;
        this.events = events;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("getOstiaryOrgRateLimits", this::get).answers(SCHEMA),
                Binding.of("replaceOstiaryOrgRateLimits", this::replace)
                        .takes(Body.shape(table))
                        .answers(SCHEMA));
    }

    /**
     * @param profile the org's own; null for none
     */
    private record Body(@Nullable String profile) {
        static Shape<Body> shape(RateTable table) {
            Shape.Builder<Body> shape = Shape.of("rateLimits");
            Field<Body, String> profile =
                    shape.field("profile", Type.TEXT, Body::profile)
                            .must(
                                    name -> table.profile(name).isPresent(),
                                    "must be one of " + RateTable.names());
            return shape.build(in -> new Body(in.orNull(profile)));
        }
    }

    private Reply get(Request request) {
        return answer(database.read(addressed.of(request).number(), store::read));
    }

    private Reply replace(Request request) {
        Org org = addressed.of(request);
        Body body = request.body(Body.shape(table));
        return RequestContext.bind(request.contextIn(org))
                .call(() -> answer(change(org, body.profile())));
    }

    private Chosen change(Org org, @Nullable String profile) {
        return database.write(
                org.number(),
                tx -> {
                    Chosen old = store.readForUpdate(tx);
                    Chosen now = old.withProfile(profile);
                    if (!now.equals(old)) {
                        tell(tx, org, old, now);
                        store.write(tx, now);
                    }
                    return now;
                });
    }

    private void tell(Tx tx, Org org, Chosen old, Chosen now) {
        tx.emit(
                events.event("system.rate_limit.configuration.update")
                        .target(new Target(org.id(), "Org", org.name(), org.name()))
                        .debug("oldProfile", inEffect(old))
                        .debug("newProfile", inEffect(now)));
    }

    private String inEffect(Chosen chosen) {
        String own = chosen.profile();
        return own == null ? standard.name() : own;
    }

    private Reply answer(Chosen chosen) {
        String own = chosen.profile();
        return Reply.ok(
                out -> {
                    out.writeStartObject();
                    if (own == null) {
                        out.writeNullProperty("profile");
                    } else {
                        out.writeStringProperty("profile", own);
                    }
                    out.writeStringProperty("inEffect", inEffect(chosen));
                    out.writeEndObject();
                });
    }
}
