package dev.ostiary.server.directory.linkedobjects;

import dev.ostiary.platform.org.ConfigVersionStore;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.linkedobjects.LinkedObject.Side;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The rows of {@code linked_object}. Thread-safe. */
final class LinkedObjectStore {

    private static final String SELECT =
            """
            SELECT primary_name, primary_title, primary_description, associated_name,
                associated_title, associated_description
            FROM linked_object WHERE org_id = ?""";

    private static final String BY_NAME = SELECT + " AND (primary_name = ? OR associated_name = ?)";

    /** All of an org, in the order in which they were made. */
    List<LinkedObject> all(Reader reader) {
        return reader.list(
                Sql.of(SELECT + " ORDER BY created, primary_name", reader.org()),
                LinkedObjectStore::object);
    }

    /** The one of which either side has this name. */
    Optional<LinkedObject> byName(Reader reader, String name) {
        return find(reader, name, "");
    }

    /** As {@link #byName}; it stays until the transaction ends, and others may link to it. */
    Optional<LinkedObject> keep(Tx tx, String name) {
        return find(tx, name, "FOR KEY SHARE");
    }

    /** As {@link #byName}; until the transaction ends nobody links to it or deletes it. */
    Optional<LinkedObject> lock(Tx tx, String name) {
        return find(tx, name, "FOR UPDATE");
    }

    private static Optional<LinkedObject> find(Reader reader, String name, String lock) {
        return LinkedObject.isName(name)
                ? reader.one(
                        Sql.of(BY_NAME, reader.org(), name, name).then(lock),
                        LinkedObjectStore::object)
                : Optional.empty();
    }

    /** As {@link #all}; nobody makes another one before the transaction ends. */
    List<LinkedObject> allAlone(Tx tx) {
        ConfigVersionStore.hold(tx);
        return all(tx);
    }

    /** Adds a definition after {@link #allAlone} has shown that it may be. */
    void insert(Tx tx, LinkedObject object, Instant now) {
        tx.write(
                Sql.of(
                        """
                        INSERT INTO linked_object (org_id, primary_name, primary_title,
                            primary_description, associated_name, associated_title,
                            associated_description, created)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
                        tx.org(),
                        object.primary().name(),
                        object.primary().title(),
                        object.primary().description(),
                        object.associated().name(),
                        object.associated().title(),
                        object.associated().description(),
                        now));
    }

    /** Removes a definition; its links go with it. */
    void delete(Tx tx, LinkedObject object) {
        tx.write(
                Sql.of(
                        "DELETE FROM linked_object WHERE org_id = ? AND primary_name = ?",
                        tx.org(),
                        object.primary().name()));
    }

    private static LinkedObject object(Row row) {
        return new LinkedObject(side(row, "primary"), side(row, "associated"));
    }

    private static Side side(Row row, String which) {
        return new Side(
                row.text(which + "_name"),
                row.text(which + "_title"),
                row.textOrNull(which + "_description"));
    }
}
