package dev.ostiary.server.limits;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.limits.RateTable;
import dev.ostiary.platform.org.ConfigVersionLookup;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.server.fixture.Ground;
import dev.ostiary.server.orgs.AddressedOrgs;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The families of rate limits on a real database, and tokens that they can be about. */
final class LimitsGround implements AutoCloseable {

    final Ground ground;
    final RateTable table = RateTable.load();
    final OrgRateLimits limits;
    final ConfigVersionLookup versions;
    private final Ids ids;
    private final Map<String, Binding> bindings = new HashMap<>();

    LimitsGround(DatabaseAccess access) {
        ground = new Ground(access);
        ids = new Ids(ground.clock, new SecureRandom());
        versions = new ConfigVersionLookup(ground.database);
        var standard = table.profile("unlimited").orElseThrow();
        limits = new OrgRateLimits(ground.database, table, standard);
        EventCatalogue events = EventCatalogue.load();
        bind(new PrincipalRateLimits(ground.database, ids, ground.clock, events));
        bind(new RateLimitSettings(ground.database, events));
        AddressedOrgs addressed = new AddressedOrgs(ground.database, ground.acme.name());
        bind(new OrgProfiles(ground.database, table, standard, addressed, events));
    }

    private void bind(Family family) {
        family.bindings().forEach(binding -> bindings.put(binding.operationId(), binding));
    }

    JsonNode call(Org org, String operation, String query, Map<String, String> variables) {
        return call(org, operation, query, variables, "");
    }

    JsonNode call(
            Org org, String operation, String query, Map<String, String> variables, String body) {
        return Json.parse(reply(org, operation, query, variables, body).body());
    }

    Reply reply(
            Org org, String operation, String query, Map<String, String> variables, String body) {
        Request plain = Ground.request(org, operation, query, variables, Set.of("SUPER_ADMIN"));
        Request request =
                new Request(
                        plain.id(),
                        plain.org(),
                        plain.operation(),
                        plain.caller(),
                        plain.variables(),
                        plain.query(),
                        plain.baseUrl(),
                        plain.headers(),
                        body.getBytes(StandardCharsets.UTF_8));
        return Objects.requireNonNull(bindings.get(operation)).handler().handle(request);
    }

    /** A token, and the user who made it. */
    String token(Org org) {
        String id = ids.next("00T", org.tail());
        ground.database.write(
                org.number(),
                tx ->
                        tx.run(
                                Sql.of(
                                        """
                                        INSERT INTO api_token (org_id, id, hash, user_id, name, client_name,
                                            network, window_days, created, last_updated, last_used)
                                        VALUES (?, ?, ?, '00u1', 'CI', 'test', '{}', 30, ?, ?, ?)""",
                                        org.number(),
                                        id,
                                        id.getBytes(StandardCharsets.UTF_8),
                                        ground.clock.instant(),
                                        ground.clock.instant(),
                                        ground.clock.instant())));
        return id;
    }

    void revoke(Org org, String token) {
        ground.database.write(
                org.number(),
                tx ->
                        tx.run(
                                Sql.of(
                                        "DELETE FROM api_token WHERE org_id = ? AND id = ?",
                                        org.number(),
                                        token)));
    }

    /** The events of a type, oldest first. */
    List<JsonNode> events(Org org, String type) {
        return ground.database.read(
                org.number(),
                reader ->
                        reader.list(
                                Sql.of(
                                        """
                                        SELECT body FROM system_log WHERE org_id = ?
                                        AND body ->> 'eventType' = ? ORDER BY recorded_at""",
                                        org.number(),
                                        type),
                                row -> Json.parse(row.json("body"))));
    }

    @Override
    public void close() {
        ground.close();
    }
}
