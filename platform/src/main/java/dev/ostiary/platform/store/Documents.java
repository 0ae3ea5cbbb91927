package dev.ostiary.platform.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Rows of small, seldom written families: get, insert, replace, delete, page. What a document means
 * and which ones may be is the family's affair. One for each kind; thread-safe.
 *
 * @param kind the family's word for its rows, such as {@code trustedOrigin}
 */
public record Documents(String kind) {

    private static final String COLUMNS = "id, version, body, created, last_updated";

    /** One document. Bodies are JSON objects. */
    public record Document(
            String id, long version, String body, Instant created, Instant lastUpdated) {}

    public Optional<Document> get(Reader reader, String id) {
        return reader.one(
                Sql.of(
                        "SELECT "
                                + COLUMNS
                                + " FROM document"
                                + " WHERE org_id = ? AND kind = ? AND id = ?",
                        reader.org(),
                        kind,
                        id),
                Documents::document);
    }

    /** As {@link #get}; nobody else changes it before this transaction ends. */
    public Optional<Document> lock(Tx tx, String id) {
        return tx.one(
                Sql.of(
                        "SELECT "
                                + COLUMNS
                                + " FROM document"
                                + " WHERE org_id = ? AND kind = ? AND id = ? FOR UPDATE",
                        tx.org(),
                        kind,
                        id),
                Documents::document);
    }

    /**
     * Documents for which a condition holds. There are few of a kind in an org: they are gone
     * through by the key, and no index serves the condition.
     *
     * @param condition on the columns of {@code d}
     * @param order what follows {@code ORDER BY}
     */
    public List<Document> find(Reader reader, Sql condition, Sql order, int atMost) {
        return reader.search(
                Sql.of(
                                "SELECT "
                                        + COLUMNS
                                        + " FROM document d WHERE org_id = ? AND kind = ? AND",
                                reader.org(),
                                kind)
                        .then(condition.grouped())
                        .then("ORDER BY")
                        .then(order)
                        .then("LIMIT ?", atMost),
                Documents::document);
    }

    /** Documents in the order of their ids, after one of them; all ids are greater than "". */
    public List<Document> page(Reader reader, String afterId, int limit) {
        return reader.list(
                Sql.of(
                        "SELECT "
                                + COLUMNS
                                + " FROM document"
                                + " WHERE org_id = ? AND kind = ? AND id > ?"
                                + " ORDER BY id LIMIT ?",
                        reader.org(),
                        kind,
                        afterId,
                        limit),
                Documents::document);
    }

    /** Deferred. A taken id is a {@link UniqueViolation} of {@code document_pk}. */
    public void insert(Tx tx, String id, Json body, Instant now) {
        tx.write(
                Sql.of(
                        "INSERT INTO document"
                                + " (org_id, kind, id, version, body, created, last_updated)"
                                + " VALUES (?, ?, ?, 1, ?, ?, ?)",
                        tx.org(),
                        kind,
                        id,
                        body,
                        now,
                        now));
    }

    /**
     * Replaces the body of the version that the caller has read. False if another writer was
     * faster, or the document is gone: the caller reads again and decides anew.
     */
    public boolean replace(Tx tx, String id, long version, Json body, Instant now) {
        Sql update =
                Sql.of(
                        "UPDATE document SET version = version + 1, body = ?, last_updated = ?"
                                + " WHERE org_id = ? AND kind = ? AND id = ? AND version = ?",
                        body,
                        now,
                        tx.org(),
                        kind,
                        id,
                        version);
        return tx.run(update) == 1;
    }

    /** Deferred: gives a body to a document that the transaction has {@link #lock locked}. */
    public void put(Tx tx, String id, Json body, Instant now) {
        tx.write(
                Sql.of(
                        "UPDATE document SET version = version + 1, body = ?, last_updated = ?"
                                + " WHERE org_id = ? AND kind = ? AND id = ?",
                        body,
                        now,
                        tx.org(),
                        kind,
                        id));
    }

    /**
     * {@link #put Puts} a body, or {@link #insert inserts} the document where there is none: for
     * what stands nowhere until it is first changed. The caller sees to it that nobody else writes
     * it.
     */
    public void save(Tx tx, String id, Json body, Instant now) {
        if (get(tx, id).isPresent()) {
            put(tx, id, body, now);
        } else {
            insert(tx, id, body, now);
        }
    }

    /** Whether there was one. */
    public boolean delete(Tx tx, String id) {
        Sql delete =
                Sql.of(
                        "DELETE FROM document WHERE org_id = ? AND kind = ? AND id = ?",
                        tx.org(),
                        kind,
                        id);
        return tx.run(delete) == 1;
    }

    private static Document document(Row row) {
        return new Document(
                row.text(1), row.number(2), row.text(3), row.instant(4), row.instant(5));
    }
}
