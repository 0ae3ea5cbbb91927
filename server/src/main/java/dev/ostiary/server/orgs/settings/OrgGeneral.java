package dev.ostiary.server.orgs.settings;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Way;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.Setting;
import dev.ostiary.platform.org.Setting.Kept;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** The tag OrgSettingGeneral: {@code POST} changes what its body names, {@code PUT} all. */
public final class OrgGeneral implements Family {

    private static final Schema SCHEMA =
            Schema.object("OrgSetting")
                    .with(OrgAddress.SHAPE.schema(Way.OUT))
                    .always("id", Schema.TEXT)
                    .always("created", Schema.MOMENT)
                    .always("lastUpdated", Schema.MOMENT)
                    .always("expiresAt", Schema.MOMENT.orNull())
                    .always("status", Schema.words("ACTIVE", "INACTIVE"))
                    .always("subdomain", Schema.TEXT)
                    .always("_links", Links.SCHEMA);

    private final Database database;
    private final OrgLog log;
    private final Setting<OrgAddress> setting;

    public OrgGeneral(Database database, InstantSource time, EventCatalogue events) {
        this.database = database;
        this.log = new OrgLog(events);
        this.setting = new Setting<>("orgGeneral", OrgAddress.SHAPE, OrgAddress.NOTHING, time);
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("getOrgSettings", this::get).answers(SCHEMA),
                Binding.of("updateOrgSettings", this::update)
                        .takes(OrgAddress.SHAPE)
                        .answers(SCHEMA),
                Binding.of("replaceOrgSettings", this::replace)
                        .takes(OrgAddress.SHAPE)
                        .answers(SCHEMA));
    }

    private Reply get(Request request) {
        Org org = request.org();
        return answer(request, database.read(org.number(), reader -> setting.read(reader, org)));
    }

    private Reply update(Request request) {
        ObjectNode body = request.object();
        OrgAddress named = OrgAddress.SHAPE.decode(body);
        return change(request, old -> old.with(named, body::has));
    }

    private Reply replace(Request request) {
        OrgAddress all = request.body(OrgAddress.SHAPE);
        return change(request, old -> all);
    }

    private Reply change(Request request, UnaryOperator<OrgAddress> changing) {
        Org org = request.org();
        return answer(
                request,
                setting.change(
                        database,
                        org,
                        changing,
                        (tx, old, now) -> log.changed(tx, org, old.texts(), now.texts())));
    }

    /** An org that has not said its name is called as its host is. */
    private static Reply answer(Request request, Kept<OrgAddress> kept) {
        Org org = request.org();
        String base = request.url("/api/v1/org");
        return Reply.ok(
                out -> {
                    out.writeStartObject();
                    out.writeStringProperty("id", org.id());
                    out.writeStringProperty("subdomain", org.name());
                    OrgAddress.SHAPE.writeFields(out, kept.value().called(org.name()));
                    out.writeStringProperty("status", "ACTIVE");
                    out.writeNullProperty("expiresAt");
                    out.writeStringProperty("created", Dates.text(kept.created()));
                    out.writeStringProperty("lastUpdated", Dates.text(kept.lastUpdated()));
                    new Links()
                            .to("preferences", base + "/preferences")
                            .to("oktaCommunication", base + "/privacy/oktaCommunication")
                            .to("oktaSupport", base + "/privacy/oktaSupport")
                            .to("contacts", base + "/contacts")
                            .write(out);
                    out.writeEndObject();
                });
    }
}
