package dev.ostiary.server.orgs;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.RequestContext;
import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.json.Way;
import dev.ostiary.platform.org.ConfigVersionStore;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgSettings;
import dev.ostiary.platform.org.OrgSettingsStore;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * The switches of an org (docs/quirks.md), for the operator and for administrators of the default
 * org.
 */
public final class OrgSwitches implements Family {

    private static final Shape<OrgSettings> SHAPE = shape();
    private static final Schema SCHEMA =
            SHAPE.schema(Way.OUT).named("OrgSettings").always("_links", Links.SCHEMA);

    private final Database database;
    private final OrgStore orgs;
    private final EventCatalogue events;
    private final InstantSource time;
    private final AddressedOrgs addressed;

    public OrgSwitches(
            Database database,
            OrgStore orgs,
            EventCatalogue events,
            InstantSource time,
            AddressedOrgs addressed) {
        this.database = database;
        this.orgs = orgs;
        this.events = events;
        this.time = time;
        this.addressed = addressed;
    }

    private static Shape<OrgSettings> shape() {
        Shape.Builder<OrgSettings> shape = Shape.of("settings");
        Field<OrgSettings, Boolean> strict =
                shape.field("strict", Type.BOOLEAN, OrgSettings::strict).always();
        Field<OrgSettings, String> delay =
                shape.field("searchDelay", Type.TEXT, OrgSettings::delayText)
                        .must(
                                text -> OrgSettings.delay(text).isPresent(),
                                "must be a number with ms, s or m, at most 10m")
                        .always();
        Field<OrgSettings, Boolean> test =
                shape.field("test", Type.BOOLEAN, OrgSettings::test).always();
        return shape.build(
                in ->
                        OrgSettings.defaults()
                                .strict(in.find(strict).orElse(false))
                                .searchDelay(
                                        in.find(delay)
                                                .flatMap(OrgSettings::delay)
                                                .orElse(OrgSettings.defaults().searchDelay()))
                                .test(in.find(test).orElse(false)));
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("getOstiaryOrgSettings", this::get).answers(SCHEMA),
                Binding.of("replaceOstiaryOrgSettings", this::replace)
                        .takes(SHAPE)
                        .answers(SCHEMA));
    }

    private Reply get(Request request) {
        Org org = addressed.of(request);
        return shown(
                request, org, database.read(org.number(), reader -> OrgSettingsStore.read(reader)));
    }

    /** What is not named goes back to its default (P9). */
    private Reply replace(Request request) {
        Org org = addressed.of(request);
        OrgSettings settings = request.body(SHAPE);
        RequestContext.bind(request.contextIn(org)).run(() -> write(org, settings));
        orgs.forget();
        return shown(request, org, settings);
    }

    private void write(Org org, OrgSettings settings) {
        database.write(
                org.number(),
                tx -> {
                    tx.emit(
                            events.event("support.org.update")
                                    .target(new Target(org.id(), "Org", org.name(), org.name())));
                    ConfigVersionStore.hold(tx);
                    OrgSettings before = OrgSettingsStore.read(tx);
                    OrgSettingsStore.write(
                            tx,
                            // an org that is tested with no more lives in the real time
                            settings.clock(settings.test() ? before.clock() : Duration.ZERO),
                            time.instant());
                    return true;
                });
    }

    private static Reply shown(Request request, Org org, OrgSettings settings) {
        return Reply.ok(
                out -> {
                    out.writeStartObject();
                    SHAPE.writeFields(out, settings);
                    new Links()
                            .hinted(
                                    "self",
                                    request.url("/ostiary/v1/orgs/" + org.id() + "/settings"),
                                    "GET",
                                    "PUT")
                            .write(out);
                    out.writeEndObject();
                });
    }
}
