package dev.ostiary.server.orgs.settings;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import java.time.InstantSource;
import java.util.List;

/** The tags OrgSettingCustomization and OrgSettingCommunication. */
public final class OrgPreferences implements Family {

    private static final String FOOTER = "showEndUserFooter";
    private static final String OPT_OUT = "optOutEmailUsers";

    private static final Schema PREFERENCES =
            Schema.object("OrgPreferences")
                    .always(FOOTER, Schema.BOOLEAN)
                    .always("_links", Links.SCHEMA);

    private static final Schema COMMUNICATION =
            Schema.object("OrgOktaCommunicationSetting")
                    .always(OPT_OUT, Schema.BOOLEAN)
                    .always("_links", Links.SCHEMA);

    private final Switch footer;
    private final Switch optOut;

    public OrgPreferences(Database database, InstantSource time, EventCatalogue events) {
        OrgLog log = new OrgLog(events);
        this.footer = new Switch(database, time, log, "orgFooter", FOOTER, true);
        this.optOut = new Switch(database, time, log, "orgCommunication", OPT_OUT, false);
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("getOrgPreferences", request -> preferences(request, footer.of(request)))
                        .answers(PREFERENCES),
                Binding.of(
                                "setOrgHideOktaUIFooter",
                                request -> preferences(request, footer.turn(request, false)))
                        .answers(PREFERENCES),
                Binding.of(
                                "setOrgShowOktaUIFooter",
                                request -> preferences(request, footer.turn(request, true)))
                        .answers(PREFERENCES),
                Binding.of(
                                "getOktaCommunicationSettings",
                                request -> communication(request, optOut.of(request)))
                        .answers(COMMUNICATION),
                Binding.of(
                                "optInUsersToOktaCommunicationEmails",
                                request -> communication(request, optOut.turn(request, false)))
                        .answers(COMMUNICATION),
                Binding.of(
                                "optOutUsersFromOktaCommunicationEmails",
                                request -> communication(request, optOut.turn(request, true)))
                        .answers(COMMUNICATION));
    }

    /** Whether pages for users have a footer, for those who render them. */
    public boolean showsFooter(Org org) {
        return footer.of(org);
    }

    private static Reply preferences(Request request, boolean shown) {
        String base = request.url("/api/v1/org/preferences/");
        String other = shown ? "hideEndUserFooter" : FOOTER;
        return Reply.ok(
                out -> {
                    out.writeStartObject();
                    out.writeBooleanProperty(FOOTER, shown);
                    new Links().hinted(other, base + other, "POST").write(out);
                    out.writeEndObject();
                });
    }

    private static Reply communication(Request request, boolean out) {
        String other = out ? "optIn" : "optOut";
        String url = request.url("/api/v1/org/privacy/oktaCommunication/" + other);
        return Reply.ok(
                json -> {
                    json.writeStartObject();
                    json.writeBooleanProperty(OPT_OUT, out);
                    new Links().hinted(other, url, "POST").write(json);
                    json.writeEndObject();
                });
    }
}
