package dev.ostiary.server.directory.grouprules;

import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.query.CaseFold;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows of {@code group_rule} and {@code group_rule_exclusion}. Thread-safe. */
final class GroupRuleStore {

    /** The unique index of names, as the migration wrote it. */
    static final String NAME_IS_TAKEN = "group_rule_name";

    /** The reference of exclusions to users, as the migration wrote it. */
    static final String NO_USER = "group_rule_exclusion_user";

    private static final String COLUMNS =
            """
            r.id, r.name, r.status, r.expression, r.group_ids, r.created, r.last_updated,
            r.removed""";

    private static final String EXCLUDED =
            """
            , ARRAY(SELECT x.user_id FROM group_rule_exclusion x
                WHERE x.org_id = r.org_id AND x.rule_id = r.id ORDER BY x.user_id) AS excluded""";

    private static final String PRESENT =
            " FROM group_rule r WHERE r.org_id = ? AND r.removed IS NULL";

    /** All there are and those that are being removed, in the order in which they were made. */
    List<GroupRule> all(Reader reader) {
        return reader.list(
                Sql.of(
                        "SELECT "
                                + COLUMNS
                                + ", '{}'::text[] AS excluded FROM group_rule r"
                                + " WHERE r.org_id = ? ORDER BY r.created, r.id",
                        reader.org()),
                GroupRuleStore::rule);
    }

    /** How many there are. */
    long count(Reader reader) {
        return reader.one(
                        Sql.of("SELECT count(*) AS rules" + PRESENT, reader.org()),
                        row -> row.number("rules"))
                .orElse(0L);
    }

    Optional<GroupRule> find(Reader reader, String id) {
        return Ids.isId(id)
                ? reader.one(
                        Sql.of(
                                "SELECT " + COLUMNS + EXCLUDED + PRESENT + " AND r.id = ?",
                                reader.org(),
                                id),
                        GroupRuleStore::rule)
                : Optional.empty();
    }

    /** Those that put users into a group. */
    List<GroupRule> into(Tx tx, String groupId) {
        return tx.list(
                Sql.of(
                        "SELECT " + COLUMNS + EXCLUDED + PRESENT + " AND ? = ANY(r.group_ids)",
                        tx.org(),
                        groupId),
                GroupRuleStore::rule);
    }

    /** Rows for which a condition on {@code r} holds. */
    List<GroupRule> page(Reader reader, Sql condition, Sql order, int most) {
        return reader.list(
                Sql.of("SELECT " + COLUMNS + EXCLUDED + PRESENT, reader.org())
                        .then("AND")
                        .then(condition)
                        .then("ORDER BY")
                        .then(order)
                        .then("LIMIT ?", most),
                GroupRuleStore::rule);
    }

    void insert(Tx tx, GroupRule rule) {
        tx.run(
                Sql.of(
                        """
                        INSERT INTO group_rule (org_id, id, name, name_folded, status, expression,
                            group_ids, created, last_updated)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                        tx.org(),
                        rule.id(),
                        rule.name(),
                        CaseFold.fold(rule.name()),
                        rule.status(),
                        rule.expression(),
                        rule.groupIds(),
                        rule.created(),
                        rule.lastUpdated()));
        exclude(tx, rule);
    }

    void update(Tx tx, GroupRule rule) {
        tx.run(
                Sql.of(
                        """
                        UPDATE group_rule SET name = ?, name_folded = ?, status = ?, expression = ?,
                            last_updated = ?
                        WHERE org_id = ? AND id = ?""",
                        rule.name(),
                        CaseFold.fold(rule.name()),
                        rule.status(),
                        rule.expression(),
                        rule.lastUpdated(),
                        tx.org(),
                        rule.id()));
    }

    /** Gives a rule its exclusions instead of those that it had. */
    void replaceExclusions(Tx tx, GroupRule rule) {
        tx.run(
                Sql.of(
                        "DELETE FROM group_rule_exclusion WHERE org_id = ? AND rule_id = ?",
                        tx.org(),
                        rule.id()));
        exclude(tx, rule);
    }

    private static void exclude(Tx tx, GroupRule rule) {
        if (!rule.excluded().isEmpty()) {
            tx.run(
                    Sql.of(
                            """
                            INSERT INTO group_rule_exclusion (org_id, rule_id, user_id)
                            SELECT ?::bigint, ?::text, unnest(?::text[])""",
                            tx.org(),
                            rule.id(),
                            rule.excluded()));
        }
    }

    /** Puts a user on the list of exclusions; whether it was not there. */
    boolean exclude(Tx tx, String ruleId, String userId) {
        return tx.run(
                        Sql.of(
                                """
                                INSERT INTO group_rule_exclusion (org_id, rule_id, user_id)
                                VALUES (?, ?, ?) ON CONFLICT DO NOTHING""",
                                tx.org(),
                                ruleId,
                                userId))
                > 0;
    }

    /** Removes a rule for whoever asks; its memberships are seen to in the background. */
    void remove(Tx tx, GroupRule rule, GroupRule.Removed how, Instant now) {
        tx.run(
                Sql.of(
                        """
                        UPDATE group_rule SET removed = ?, last_updated = ?
                        WHERE org_id = ? AND id = ?""",
                        how,
                        now,
                        tx.org(),
                        rule.id()));
    }

    /** Forgets what was removed before a moment, and holds no membership any more. */
    int forget(Tx tx, Instant before) {
        return tx.run(
                Sql.of(
                        """
                        DELETE FROM group_rule r
                        WHERE r.org_id = ? AND r.removed IS NOT NULL AND r.last_updated <= ?
                          AND NOT EXISTS (SELECT 1 FROM group_rule_grant g
                            WHERE g.org_id = r.org_id AND g.rule_id = r.id)""",
                        tx.org(),
                        before));
    }

    /** The names of groups. */
    Map<String, String> names(Reader reader, Collection<String> groupIds) {
        Map<String, String> names = new HashMap<>();
        reader.list(
                        Sql.of(
                                "SELECT id, name FROM groups WHERE org_id = ? AND id = ANY(?)",
                                reader.org(),
                                groupIds),
                        row -> Map.entry(row.text("id"), row.text("name")))
                .forEach(entry -> names.put(entry.getKey(), entry.getValue()));
        return names;
    }

    /** Of these groups, those into which users can be put; they stay meanwhile. */
    List<String> assignable(Tx tx, Collection<String> groupIds) {
        return tx.list(
                Sql.of(
                        """
                        SELECT id FROM groups WHERE org_id = ? AND id = ANY(?)
                          AND type = 'OKTA_GROUP' AND built_in IS NULL
                        ORDER BY id FOR KEY SHARE""",
                        tx.org(),
                        groupIds),
                row -> row.text("id"));
    }

    private static GroupRule rule(Row row) {
        return new GroupRule(
                row.text("id"),
                row.text("name"),
                GroupRule.Status.valueOf(row.text("status")),
                row.text("expression"),
                row.texts("group_ids"),
                row.texts("excluded"),
                row.instant("created"),
                row.instant("last_updated"),
                Optional.ofNullable(row.textOrNull("removed")).map(GroupRule.Removed::valueOf));
    }
}
