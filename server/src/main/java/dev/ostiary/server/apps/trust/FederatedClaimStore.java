package dev.ostiary.server.apps.trust;

import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows of {@code app_federated_claim}. Thread-safe. */
final class FederatedClaimStore {

    /** The constraint that no two claims of an app share a name. */
    static final String NAME_TAKEN = "app_federated_claim_name";

    private static final String SELECT =
            "SELECT id, name, expression, created, last_updated FROM app_federated_claim"
                    + " WHERE org_id = ? AND app_id = ?";

    List<FederatedClaim> all(Reader reader, String appId) {
        return reader.list(
                Sql.of(SELECT + " ORDER BY id", reader.org(), appId), FederatedClaimStore::read);
    }

    static Map<String, List<ClaimsOfApps.Said>> ofApps(Reader reader, Collection<String> appIds) {
        Map<String, List<ClaimsOfApps.Said>> found = new HashMap<>();
        reader.list(
                Sql.of(
                        """
                        SELECT app_id, name, expression FROM app_federated_claim
                        WHERE org_id = ? AND app_id = ANY(?) ORDER BY id""",
                        reader.org(),
                        appIds),
                row ->
                        found.computeIfAbsent(row.text("app_id"), none -> new ArrayList<>())
                                .add(
                                        new ClaimsOfApps.Said(
                                                row.text("name"), row.text("expression"))));
        return found;
    }

    /**
     * A claim of an app.
     *
     * @throws ApiException {@code E0000007} if there is none
     */
    FederatedClaim require(Reader reader, String appId, String id) {
        return (Ids.isId(id)
                        ? reader.one(
                                Sql.of(SELECT + " AND id = ?", reader.org(), appId, id),
                                FederatedClaimStore::read)
                        : Optional.<FederatedClaim>empty())
                .orElseThrow(() -> ApiException.notFound(id, FederatedClaim.TYPE));
    }

    void insert(Tx tx, String appId, FederatedClaim claim) {
        tx.write(
                Sql.of(
                        """
                        INSERT INTO app_federated_claim (org_id, app_id, id, name, expression,
                            created, last_updated)
                        VALUES (?, ?, ?, ?, ?, ?, ?)""",
                        tx.org(),
                        appId,
                        claim.id(),
                        claim.name(),
                        claim.expression(),
                        claim.created(),
                        claim.lastUpdated()));
    }

    void update(Tx tx, String appId, FederatedClaim claim) {
        tx.write(
                Sql.of(
                        """
                        UPDATE app_federated_claim SET name = ?, expression = ?, last_updated = ?
                        WHERE org_id = ? AND app_id = ? AND id = ?""",
                        claim.name(),
                        claim.expression(),
                        claim.lastUpdated(),
                        tx.org(),
                        appId,
                        claim.id()));
    }

    void delete(Tx tx, String appId, String id) {
        tx.write(
                Sql.of(
                        """
                        DELETE FROM app_federated_claim
                        WHERE org_id = ? AND app_id = ? AND id = ?""",
                        tx.org(),
                        appId,
                        id));
    }

    private static FederatedClaim read(Row row) {
        return new FederatedClaim(
                row.text("id"),
                row.text("name"),
                row.text("expression"),
                row.instant("created"),
                row.instant("last_updated"));
    }
}
