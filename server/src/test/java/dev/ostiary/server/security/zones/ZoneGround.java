package dev.ostiary.server.security.zones;

import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.context.Atlas;
import dev.ostiary.platform.context.IpAddress;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.LogClient;
import dev.ostiary.platform.event.RequestContext;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.ConfigArea;
import dev.ostiary.platform.org.ConfigVersionLookup;
import dev.ostiary.platform.org.ConfigVersionStore;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.server.fixture.Ground;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Zones on a real database, asked as handlers are. */
final class ZoneGround implements AutoCloseable {

    static final String CLIENT = "192.0.2.1";

    final Ground ground;
    final Org org;
    final Org other;
    final OrgZones zones;
    final List<String> used = new ArrayList<>();
    private final ConfigVersionLookup versions;
    private final Map<String, Binding> bindings = new HashMap<>();

    ZoneGround(DatabaseAccess access, Atlas atlas) {
        ground = new Ground(access);
        org = ground.acme;
        other = ground.other;
        zones = new OrgZones(ground.database, atlas);
        versions = new ConfigVersionLookup(ground.database);
        ZoneChanges changes =
                new ZoneChanges(
                        ground.database,
                        new Ids(ground.clock, new SecureRandom()),
                        EventCatalogue.load(),
                        ground.clock,
                        atlas,
                        List.of((reader, id) -> used.contains(id) ? List.of("a test") : List.of()));
        new Zones(ground.database, changes)
                .bindings()
                .forEach(binding -> bindings.put(binding.operationId(), binding));
    }

    /** The zones as the next request sees them. */
    ZoneMap map(Org where) {
        return zones.of(where, versions.now(where));
    }

    Reply call(Org where, String operation, String id, String query, String body) {
        Request asked =
                Ground.request(
                        where, operation, query, Map.of("zoneId", id), Set.of("SUPER_ADMIN"));
        return handle(asked, asked.caller(), body);
    }

    Reply callAsOperator(Org where, String operation, String id, String body) {
        return handle(
                Ground.request(where, operation, "", Map.of("zoneId", id), Set.of()),
                new Caller.Operator(),
                body);
    }

    private Reply handle(Request asked, Caller caller, String body) {
        Request request =
                new Request(
                        asked.id(),
                        asked.org(),
                        asked.operation(),
                        caller,
                        asked.variables(),
                        asked.query(),
                        asked.baseUrl(),
                        asked.headers(),
                        body.getBytes(StandardCharsets.UTF_8));
        RequestContext context =
                RequestContext.web(
                        "req1", "/", null, new LogClient(CLIENT, null, null, null, null, null));
        return RequestContext.bind(context)
                .call(
                        () ->
                                Objects.requireNonNull(
                                                bindings.get(asked.operation().id()),
                                                asked.operation().id())
                                        .handler()
                                        .handle(request));
    }

    JsonNode create(Org where, String body) {
        return json(call(where, "createNetworkZone", "", "", body));
    }

    /** Makes a zone of gateways; its id. */
    String ip(Org where, String name, String usage, String... cidrs) {
        return create(where, body(name, usage, "gateways", cidrs)).path("id").stringValue();
    }

    static String body(String name, String usage, String field, String... cidrs) {
        List<String> entries = new ArrayList<>();
        for (String cidr : cidrs) {
            entries.add("{\"type\":\"CIDR\",\"value\":\"" + cidr + "\"}");
        }
        return """
        {"type":"IP","name":"%s","usage":"%s","%s":[%s]}"""
                .formatted(name, usage, field, String.join(",", entries));
    }

    JsonNode get(Org where, String id) {
        return json(call(where, "getNetworkZone", id, "", ""));
    }

    List<String> names(Org where, String query) {
        List<String> names = new ArrayList<>();
        json(call(where, "listNetworkZones", "", query, ""))
                .forEach(zone -> names.add(zone.path("name").stringValue()));
        return names;
    }

    /** The types of an org's events, oldest first. */
    List<String> events(Org where) {
        return ground.database.read(
                where.number(),
                reader ->
                        reader.list(
                                Sql.of(
                                        "SELECT event_type FROM system_log WHERE org_id = ? ORDER BY published, ordinal",
                                        where.number()),
                                row -> row.text("event_type")));
    }

    /** Takes an org back to its beginning. */
    void forget(Org where) {
        ground.database.write(
                where.number(),
                tx -> {
                    tx.run(Sql.of("DELETE FROM document WHERE org_id = ?", where.number()));
                    tx.run(Sql.of("DELETE FROM system_log WHERE org_id = ?", where.number()));
                    ConfigVersionStore.raise(tx, ConfigArea.ZONES);
                    return where;
                });
    }

    static JsonNode json(Reply reply) {
        return Json.parse(reply.body());
    }

    static IpAddress address(String text) {
        return Objects.requireNonNull(IpAddress.parse(text), text);
    }

    @Override
    public void close() {
        ground.close();
    }
}
