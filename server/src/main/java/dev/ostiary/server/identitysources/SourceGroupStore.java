package dev.ostiary.server.identitysources;

import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The rows of {@code identity_source_group}: which group a source means. Thread-safe. */
final class SourceGroupStore {

    /** A group by the source's id and by the org's. */
    record Named(String externalId, String groupId) {}

    /** Ids of the groups that a source knows by these ids, held against deletion. */
    Map<String, String> held(Tx tx, String sourceId, Collection<String> externalIds) {
        Map<String, String> found = new HashMap<>();
        if (!externalIds.isEmpty()) {
            tx.list(
                            Sql.of(
                                    """
                                    SELECT s.external_id, s.group_id FROM identity_source_group s
                                    JOIN groups g ON g.org_id = s.org_id AND g.id = s.group_id
                                    WHERE s.org_id = ? AND s.source_id = ?
                                      AND s.external_id = ANY(?)
                                    ORDER BY s.group_id FOR KEY SHARE OF g""",
                                    tx.org(),
                                    sourceId,
                                    externalIds),
                            row -> new Named(row.text("external_id"), row.text("group_id")))
                    .forEach(named -> found.put(named.externalId(), named.groupId()));
        }
        return found;
    }

    /** The group of an id of the source, or else of the org. */
    Optional<Named> find(Reader reader, String sourceId, String reference) {
        return reader
                .list(
                        Sql.of(
                                """
                                SELECT external_id, group_id FROM identity_source_group
                                WHERE org_id = ? AND source_id = ?
                                  AND (external_id = ? OR group_id = ?)
                                ORDER BY external_id <> ? LIMIT 1""",
                                reader.org(),
                                sourceId,
                                reference,
                                reference,
                                reference),
                        row -> new Named(row.text("external_id"), row.text("group_id")))
                .stream()
                .findFirst();
    }

    /** Adds a group, later. */
    void insert(Tx tx, String sourceId, Named named) {
        tx.write(
                Sql.of(
                        """
                        INSERT INTO identity_source_group (org_id, source_id, external_id, group_id)
                        VALUES (?, ?, ?, ?)""",
                        tx.org(),
                        sourceId,
                        named.externalId(),
                        named.groupId()));
    }
}
