package dev.ostiary.server;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.AppChanges;
import dev.ostiary.server.security.zones.OrgZones;
import dev.ostiary.server.security.zones.ZoneMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The zones that a client's {@code network} names are those of its org: one that nobody knows would
 * let nobody in, and nobody would know why. What an app named before is not asked for again.
 * Thread-safe.
 */
record ClientZones(OrgZones zones) implements AppChanges.Watch {

    private static final String NETWORK = "/settings/oauthClient/network";

    @Override
    public void created(Tx tx, Org org, App app) {
        require(tx, org, named(app));
    }

    @Override
    public void updated(Tx tx, Org org, App before, App after) {
        Set<String> added = named(after);
        added.removeAll(named(before));
        require(tx, org, added);
    }

    private void require(Reader reader, Org org, Set<String> ids) {
        List<String> unknown =
                ids.stream()
                        .filter(id -> !id.equals(ZoneMap.ALL_IP_ZONES))
                        .filter(id -> !zones.has(reader, org, id))
                        .map(id -> "network: The id '" + id + "' does not exist")
                        .toList();
        if (!unknown.isEmpty()) {
            throw ApiException.validation("network", unknown);
        }
    }

    private static Set<String> named(App app) {
        JsonNode network = app.document().at(NETWORK);
        Set<String> ids = new LinkedHashSet<>();
        if (network.path("connection").asString("").equals("ZONE")) {
            Stream.of("include", "exclude")
                    .flatMap(list -> network.path(list).valueStream())
                    .forEach(id -> ids.add(id.asString()));
        }
        return ids;
    }
}
