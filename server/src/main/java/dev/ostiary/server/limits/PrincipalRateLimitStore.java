package dev.ostiary.server.limits;

import dev.ostiary.platform.limits.TokenShare;
import dev.ostiary.platform.org.ConfigArea;
import dev.ostiary.platform.org.ConfigVersionStore;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.query.Direction;
import dev.ostiary.platform.query.Keyset;
import dev.ostiary.platform.query.Page;
import dev.ostiary.platform.query.PageRequest;
import dev.ostiary.platform.query.PagingErrors;
import dev.ostiary.platform.query.SortKey;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The rows of {@code principal_rate_limit}. */
final class PrincipalRateLimitStore {

    /** One limit a token. */
    static final String ONE_A_TOKEN = "principal_rate_limit_token";

    private static final String COLUMNS =
            "id, token_id, percent, concurrency_percent, created, created_by, last_updated,"
                    + " last_updated_by";
    private static final Keyset BY_ID =
            Keyset.of(List.of(SortKey.id("id", Direction.ASC)), PagingErrors.PAGING);

    Page<PrincipalRateLimit> page(Reader reader, Sql filter, PageRequest asked) {
        return BY_ID.page(
                asked,
                (beyond, order, atMost) ->
                        reader.list(
                                Sql.of("SELECT " + COLUMNS + " FROM principal_rate_limit")
                                        .then("WHERE org_id = ? AND", reader.org())
                                        .then(filter)
                                        .then("AND")
                                        .then(beyond)
                                        .then("ORDER BY")
                                        .then(order)
                                        .then("LIMIT ?", atMost),
                                PrincipalRateLimitStore::limit),
                limit -> List.of(Optional.of(limit.id())));
    }

    Optional<PrincipalRateLimit> find(Reader reader, String id) {
        return Ids.isId(id) ? find(reader, id, "") : Optional.empty();
    }

    /** The same, and nobody changes it until the end of the transaction. */
    Optional<PrincipalRateLimit> findForUpdate(Tx tx, String id) {
        return Ids.isId(id) ? find(tx, id, "FOR UPDATE") : Optional.empty();
    }

    private static Optional<PrincipalRateLimit> find(Reader reader, String id, String lock) {
        return reader.one(
                Sql.of(
                                "SELECT "
                                        + COLUMNS
                                        + " FROM principal_rate_limit WHERE org_id = ? AND id = ?",
                                reader.org(),
                                id)
                        .then(lock),
                PrincipalRateLimitStore::limit);
    }

    /** The shares of all tokens that have one of their own. */
    Map<String, TokenShare> shares(Reader reader) {
        return reader
                .list(
                        Sql.of(
                                "SELECT token_id, percent, concurrency_percent FROM"
                                        + " principal_rate_limit WHERE org_id = ?",
                                reader.org()),
                        row ->
                                Map.entry(
                                        row.text("token_id"),
                                        new TokenShare(
                                                row.integer("percent"),
                                                row.integer("concurrency_percent"))))
                .stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    void insert(Tx tx, PrincipalRateLimit limit) {
        tx.write(
                Sql.of(
                        "INSERT INTO principal_rate_limit (org_id, "
                                + COLUMNS
                                + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        tx.org(),
                        limit.id(),
                        limit.tokenId(),
                        limit.share().percent(),
                        limit.share().concurrencyPercent(),
                        limit.created(),
                        limit.createdBy(),
                        limit.lastUpdated(),
                        limit.lastUpdatedBy()));
        ConfigVersionStore.raise(tx, ConfigArea.LIMITS);
    }

    void update(Tx tx, PrincipalRateLimit limit) {
        tx.write(
                Sql.of(
                        """
                        UPDATE principal_rate_limit SET percent = ?, concurrency_percent = ?,
                            last_updated = ?, last_updated_by = ? WHERE org_id = ? AND id = ?""",
                        limit.share().percent(),
                        limit.share().concurrencyPercent(),
                        limit.lastUpdated(),
                        limit.lastUpdatedBy(),
                        tx.org(),
                        limit.id()));
        ConfigVersionStore.raise(tx, ConfigArea.LIMITS);
    }

    private static PrincipalRateLimit limit(Row row) {
        return new PrincipalRateLimit(
                row.text("id"),
                row.text("token_id"),
                new TokenShare(row.integer("percent"), row.integer("concurrency_percent")),
                row.instant("created"),
                row.text("created_by"),
                row.instant("last_updated"),
                row.text("last_updated_by"));
    }
}
