package dev.ostiary.server.directory.grouprules;

import dev.ostiary.platform.org.ConfigVersions;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgSettings;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of {@code group_rule_sweep}, at most one for an org. Thread-safe. */
final class SweepStore {

    /**
     * How far an org has come.
     *
     * @param cursor the last user who was evaluated
     * @param aftermath whether all were evaluated, and the latest are to be looked at once more
     * @param evaluated how many
     */
    record Sweep(
            Instant started,
            String cursor,
            boolean aftermath,
            long evaluated,
            @Nullable Instant finished) {}

    /** Begins one at the first user, also where one is under way. */
    void begin(Tx tx, Instant now) {
        tx.run(
                Sql.of(
                        """
                        INSERT INTO group_rule_sweep
                            (org_id, started, cursor, aftermath, due, evaluated)
                        VALUES (?, ?, '', false, ?, 0)
                        ON CONFLICT (org_id) DO UPDATE SET started = excluded.started, cursor = '',
                            aftermath = false, due = excluded.due, evaluated = 0, finished = NULL""",
                        tx.org(),
                        now,
                        now));
    }

    /** Numbers of the orgs in which there is something to do. */
    List<Long> due(Tx acrossOrgs, Instant now) {
        return acrossOrgs.list(
                Sql.of(
                        """
                        SELECT org_id FROM group_rule_sweep
                        WHERE finished IS NULL AND due <= ? ORDER BY due LIMIT 1000""",
                        now),
                row -> row.number("org_id"));
    }

    /**
     * What there is to do; empty if somebody else is at it.
     *
     * @param until when somebody else goes on, should nothing more be heard
     */
    Optional<Sweep> claim(Tx tx, Instant now, Instant until) {
        return tx.one(
                Sql.of(
                        """
                        UPDATE group_rule_sweep SET due = ?
                        WHERE org_id = ? AND finished IS NULL AND due <= ?
                        RETURNING started, cursor, aftermath, evaluated, finished""",
                        until,
                        tx.org(),
                        now),
                SweepStore::sweep);
    }

    Optional<Sweep> find(Reader reader) {
        return reader.one(
                Sql.of(
                        """
                        SELECT started, cursor, aftermath, evaluated, finished
                        FROM group_rule_sweep WHERE org_id = ?""",
                        reader.org()),
                SweepStore::sweep);
    }

    private static Sweep sweep(Row row) {
        return new Sweep(
                row.instant("started"),
                row.text("cursor"),
                row.flag("aftermath"),
                row.number("evaluated"),
                row.instantOrNull("finished"));
    }

    /**
     * Some more were evaluated, and there are others; nothing happens where the sweep began anew,
     * or somebody else went on.
     *
     * @param until as it was claimed
     */
    void advance(Tx tx, Instant until, String cursor, int evaluated, Instant now) {
        tx.write(
                Sql.of(
                        """
                        UPDATE group_rule_sweep SET cursor = ?, evaluated = evaluated + ?, due = ?
                        WHERE org_id = ? AND due = ?""",
                        cursor,
                        evaluated,
                        now,
                        tx.org(),
                        until));
    }

    /** All were evaluated; later those after a place are looked at once more. */
    void rest(Tx tx, String cursor, Instant due) {
        tx.write(
                Sql.of(
                        """
                        UPDATE group_rule_sweep SET aftermath = true, cursor = ?, due = ?
                        WHERE org_id = ?""",
                        cursor,
                        due,
                        tx.org()));
    }

    void finish(Tx tx, Instant now) {
        tx.write(
                Sql.of("UPDATE group_rule_sweep SET finished = ? WHERE org_id = ?", now, tx.org()));
    }

    /** The org of the transaction, at the versions of now. */
    Optional<Org> org(Tx tx) {
        return tx.one(
                Sql.of(
                        """
                        SELECT id, name, created, config_versions::text AS versions FROM org
                        WHERE org_id = ?""",
                        tx.org()),
                row ->
                        new Org(
                                        tx.org(),
                                        row.text("id"),
                                        row.text("name"),
                                        null,
                                        OrgSettings.defaults(),
                                        row.instant("created"))
                                .at(ConfigVersions.parse(row.text("versions"))));
    }
}
