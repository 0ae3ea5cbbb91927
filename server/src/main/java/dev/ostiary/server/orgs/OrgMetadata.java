package dev.ostiary.server.orgs;

import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.resource.Family;
import java.util.List;

/**
 * The tag OrgSettingMetadata: what anyone may know of an org. Clients ask it which engine they
 * speak to.
 */
public final class OrgMetadata implements Family {

    private final OrgHosts hosts;

    public OrgMetadata(OrgHosts hosts) {
        this.hosts = hosts;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(Binding.of("getWellknownOrgMetadata", this::get));
    }

    private Reply get(Request request) {
        return Reply.ok(
                out -> {
                    out.writeStartObject();
                    out.writeStringProperty("id", request.org().id());
                    new Links().to("organization", hosts.url(request.org())).write(out);
                    out.writeStringProperty("pipeline", "idx");
                    out.writeEndObject();
                });
    }
}
