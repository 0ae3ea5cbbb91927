package dev.ostiary.server.policy;

import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.time.Instant;
import java.util.List;

/** The table of mappings between policies. Thread-safe. */
final class PolicyMappingStore {

    /** What is mapped to a policy, oldest first. */
    List<String> resources(Reader reader, String policyId) {
        return reader.list(
                Sql.of(
                        "SELECT resource_id FROM policy_mapping WHERE org_id = ? AND policy_id = ?"
                                + " ORDER BY created, resource_id",
                        reader.org(),
                        policyId),
                row -> row.text("resource_id"));
    }

    /** Maps something to a policy, and to no other. */
    void map(Tx tx, String policyId, String resourceId, Instant now) {
        tx.run(
                Sql.of(
                        """
                        INSERT INTO policy_mapping (org_id, resource_id, policy_id, created)
                        VALUES (?, ?, ?, ?)
                        ON CONFLICT (org_id, resource_id) DO UPDATE
                        SET policy_id = EXCLUDED.policy_id, created = EXCLUDED.created""",
                        tx.org(),
                        resourceId,
                        policyId,
                        now));
    }

    void unmap(Tx tx, String resourceId) {
        tx.run(
                Sql.of(
                        "DELETE FROM policy_mapping WHERE org_id = ? AND resource_id = ?",
                        tx.org(),
                        resourceId));
    }
}
