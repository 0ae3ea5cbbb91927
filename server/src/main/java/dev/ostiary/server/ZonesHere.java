package dev.ostiary.server;

import dev.ostiary.platform.context.IpAddress;
import dev.ostiary.platform.event.RequestContext;
import dev.ostiary.platform.org.Org;
import dev.ostiary.server.oauth.clients.ClientNetworks;
import dev.ostiary.server.security.zones.OrgZones;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * In which zones of an org the request comes from that this thread answers. Thread-safe.
 *
 * @param zones of all orgs
 */
record ZonesHere(OrgZones zones) implements ClientNetworks.Zones {

    @Override
    public boolean areAround(Org org, List<String> ids) {
        @Nullable String text = RequestContext.current().client().ipAddress();
        @Nullable IpAddress address = text == null ? null : IpAddress.parse(text);
        return address != null && zones.of(org, org.versions()).isIn(ids, address);
    }
}
