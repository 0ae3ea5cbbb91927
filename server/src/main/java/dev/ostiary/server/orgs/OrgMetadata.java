package dev.ostiary.server.orgs;

import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.resource.Family;
import java.util.List;

/**
 * The tag OrgSettingMetadata: what anyone may know of an org. Clients ask it which engine they
 * speak to.
 */
public final class OrgMetadata implements Family {

    private static final Schema SCHEMA =
            Schema.object("OrgMetadata")
                    .always("id", Schema.TEXT)
                    .always("cell", Schema.TEXT)
                    .always("_links", Links.SCHEMA)
                    .always("pipeline", Schema.words("idx"))
                    .always(
                            "settings",
                            Schema.object()
                                    .always("analyticsCollectionEnabled", Schema.BOOLEAN)
                                    .always("bugReportingEnabled", Schema.BOOLEAN)
                                    .always("omEnabled", Schema.BOOLEAN));

    @Override
    public List<Binding> bindings() {
        return List.of(Binding.of("getWellknownOrgMetadata", this::get).answers(SCHEMA));
    }

    /** The server sends nothing anywhere, so every switch about reporting is off. */
    private Reply get(Request request) {
        return Reply.ok(
                out -> {
                    out.writeStartObject();
                    out.writeStringProperty("id", request.org().id());
                    out.writeStringProperty("cell", "local");
                    new Links().to("organization", request.baseUrl()).write(out);
                    out.writeStringProperty("pipeline", "idx");
                    out.writeObjectPropertyStart("settings");
                    out.writeBooleanProperty("analyticsCollectionEnabled", false);
                    out.writeBooleanProperty("bugReportingEnabled", false);
                    out.writeBooleanProperty("omEnabled", false);
                    out.writeEndObject();
                    out.writeEndObject();
                });
    }
}
