package dev.ostiary.server.security.zones;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.query.Attribute;
import dev.ostiary.platform.query.Attributes;
import dev.ostiary.platform.query.FilterErrors;
import dev.ostiary.platform.query.Operator;
import dev.ostiary.platform.query.SqlFilter;
import dev.ostiary.platform.store.Documents;
import dev.ostiary.platform.store.Documents.Document;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Zones as documents. System zones that nobody touched have no row, and are there all the same.
 *
 * <p>Who writes has raised the version of the org's zones before and so is alone in the org: what
 * is read after that stays true until the commit.
 */
final class ZoneStore {

    private static final int MORE_THAN_THERE_ARE = 1000;

    private static final Attributes FILTERABLE =
            Attributes.of(
                    Attribute.text("id").column("z.id").documented(Operator.EQ),
                    Attribute.text("usage").column("z.usage").documented(Operator.EQ),
                    Attribute.bool("system").column("z.system").documented(Operator.EQ));

    private final Documents documents = new Documents("zone");

    /** Every zone, in the order of their ids. */
    List<Zone> all(Reader reader, Org org) {
        List<Zone> zones = new ArrayList<>();
        Set<String> touched = new HashSet<>();
        for (Zone zone : kept(reader)) {
            zones.add(asOldAsItsOrg(org, zone));
            touched.add(zone.id());
        }
        for (SystemZone system : SystemZone.values()) {
            if (!touched.contains(system.id(org))) {
                zones.add(system.untouched(org));
            }
        }
        zones.sort(Comparator.comparing(Zone::id));
        return zones;
    }

    /** Those that have a row: all that can match anything. */
    List<Zone> kept(Reader reader) {
        return documents.page(reader, "", MORE_THAN_THERE_ARE).stream()
                .map(ZoneStore::zone)
                .toList();
    }

    Optional<Zone> find(Reader reader, Org org, String id) {
        if (!Ids.isId(id)) {
            return Optional.empty();
        }
        return documents
                .get(reader, id)
                .map(document -> asOldAsItsOrg(org, zone(document)))
                .or(() -> SystemZone.of(org, id).map(system -> system.untouched(org)));
    }

    private static Zone asOldAsItsOrg(Org org, Zone zone) {
        return zone.system().isPresent() ? zone.created(org.created()) : zone;
    }

    /** The ids of those zones for which a client's filter holds. */
    Set<String> matching(Reader reader, Org org, List<Zone> zones, String filter) {
        SqlFilter sql = new SqlFilter(FILTERABLE, FilterErrors.SEARCH, org.settings().strict());
        String[] ids = zones.stream().map(Zone::id).toArray(String[]::new);
        String[] usages = zones.stream().map(zone -> zone.usage().name()).toArray(String[]::new);
        Boolean[] systems =
                zones.stream().map(zone -> zone.system().isPresent()).toArray(Boolean[]::new);
        return new HashSet<>(
                reader.search(
                        Sql.of(
                                        "SELECT z.id FROM unnest(?::text[], ?::text[], ?::boolean[])"
                                                + " AS z (id, usage, system) WHERE",
                                        ids,
                                        usages,
                                        systems)
                                .then(sql.where(filter)),
                        row -> row.text("id")));
    }

    /** Writes a zone, whether it has a row or not. */
    void save(Tx tx, Zone zone) {
        dev.ostiary.platform.store.Json body =
                dev.ostiary.platform.store.Json.ofUtf8(Json.bytes(zone::writeKept));
        Optional<Document> old = documents.get(tx, zone.id());
        if (old.isEmpty()) {
            documents.insert(tx, zone.id(), body, zone.lastUpdated());
        } else if (!documents.replace(
                tx, zone.id(), old.get().version(), body, zone.lastUpdated())) {
            throw new IllegalStateException("somebody else wrote zone " + zone.id());
        }
    }

    void delete(Tx tx, Zone zone) {
        documents.delete(tx, zone.id());
    }

    private static Zone zone(Document document) {
        ObjectNode body = Json.object(document.body());
        Reading reading = new Reading();
        Optional<? extends Perimeter> perimeter =
                ZoneBody.perimeter(
                        ZoneType.valueOf(body.path("type").stringValue()), body, reading);
        reading.finish();
        return new Zone(
                document.id(),
                body.path("name").stringValue(),
                body.path("status").stringValue().equals("ACTIVE"),
                ZoneUsage.valueOf(body.path("usage").stringValue()),
                body.has("system")
                        ? Optional.of(SystemZone.valueOf(body.path("system").stringValue()))
                        : Optional.empty(),
                perimeter.orElseThrow(),
                document.created(),
                document.lastUpdated());
    }
}
