package dev.ostiary.server.directory.grouprules;

import dev.ostiary.platform.org.ConfigArea;
import dev.ostiary.platform.org.ConfigVersionStore;
import dev.ostiary.platform.org.ConfigVersions;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.memberships.RuleMade.Grant;
import dev.ostiary.server.expression.Group;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads in one statement all that the rules have to know of some users besides their profiles, so
 * that a change of a profile costs one round trip more: memberships, what holds them, exclusions,
 * the groups that rules put users into, and which version of the rules is in force. Thread-safe.
 */
final class StandingStore {

    private static final String MEMBERSHIPS =
            """
            SELECT m.user_id, 'M' AS kind, m.group_id, NULL AS rule_id, m.by_hand::text, g.name, g.type
            FROM group_membership m JOIN groups g ON g.org_id = m.org_id AND g.id = m.group_id
            WHERE m.org_id = ? AND m.user_id = ANY(?)
            UNION ALL
            SELECT DISTINCT r.user_id, 'M', g.id, NULL, NULL, g.name, g.type
            FROM admin_role r JOIN groups g ON g.org_id = r.org_id AND g.built_in = 'ADMINISTRATORS'
            WHERE r.org_id = ? AND r.user_id = ANY(?)
            UNION ALL
            SELECT g.user_id, 'G', g.group_id, g.rule_id, NULL, NULL, NULL
            FROM group_rule_grant g WHERE g.org_id = ? AND g.user_id = ANY(?)
            UNION ALL
            SELECT x.user_id, 'X', NULL, x.rule_id, NULL, NULL, NULL
            FROM group_rule_exclusion x WHERE x.org_id = ? AND x.user_id = ANY(?)
            UNION ALL
            SELECT NULL, CASE WHEN g.built_in = 'EVERYONE' THEN 'E' ELSE 'T' END, g.id, NULL, NULL,
                g.name, g.type
            FROM groups g WHERE g.org_id = ? AND (g.built_in = 'EVERYONE' OR g.id = ANY(?))
            UNION ALL
            SELECT NULL, 'V', NULL, NULL, NULL,\s""";

    /**
     * What was read.
     *
     * @param version of the rules
     * @param users where each of the users stands
     * @param targets groups into which users are put, by id
     */
    record Found(long version, Map<String, Standing> users, Map<String, Group> targets) {}

    /** Where users stand. */
    Found read(Tx tx, Collection<String> userIds, Collection<String> targets) {
        Sql query =
                Sql.of(
                                MEMBERSHIPS,
                                tx.org(),
                                userIds,
                                tx.org(),
                                userIds,
                                tx.org(),
                                userIds,
                                tx.org(),
                                userIds,
                                tx.org(),
                                targets)
                        .then(ConfigVersionStore.EXPRESSION + "::text, NULL", tx.org());
        Map<String, Standing> users = new HashMap<>();
        userIds.forEach(id -> users.put(id, new Standing()));
        Map<String, Group> found = new HashMap<>();
        long version = 0;
        for (Line line : tx.list(query, Line::of)) {
            if (line.kind().equals("V")) {
                version = ConfigVersions.parse(line.name()).of(ConfigArea.GROUP_RULES);
            } else {
                take(line, users, found);
            }
        }
        return new Found(version, users, found);
    }

    /** A row; what its kind has not is empty. */
    private record Line(
            String userId,
            String kind,
            String groupId,
            String ruleId,
            boolean stored,
            boolean byHand,
            String name,
            String type) {

        static Line of(Row row) {
            String byHand = row.textOrNull(5);
            return new Line(
                    text(row, 1),
                    text(row, 2),
                    text(row, 3),
                    text(row, 4),
                    byHand != null,
                    "true".equals(byHand),
                    text(row, 6),
                    text(row, 7));
        }

        private static String text(Row row, int column) {
            String text = row.textOrNull(column);
            return text == null ? "" : text;
        }

        Group group() {
            return Group.of(groupId, name, type);
        }
    }

    private static void take(Line line, Map<String, Standing> users, Map<String, Group> targets) {
        switch (line.kind()) {
            case "E" -> users.values().forEach(standing -> standing.builtIn(line.group()));
            case "T" -> targets.put(line.groupId(), line.group());
            default -> {
                Standing standing = users.get(line.userId());
                if (standing != null) {
                    take(line, standing);
                }
            }
        }
    }

    private static void take(Line line, Standing standing) {
        switch (line.kind()) {
            case "G" -> standing.grant(new Grant(line.userId(), line.groupId(), line.ruleId()));
            case "X" -> standing.excluded(line.ruleId());
            default -> {
                if (line.stored()) {
                    standing.member(line.group(), line.byHand());
                } else {
                    standing.builtIn(line.group());
                }
            }
        }
    }

    /** Ids of the rules that hold a membership, or held it when they came to rest. */
    List<String> holders(Tx tx, String groupId, String userId) {
        return tx.list(
                Sql.of(
                        """
                        SELECT g.rule_id FROM group_rule_grant g
                        JOIN group_rule r ON r.org_id = g.org_id AND r.id = g.rule_id
                        WHERE g.org_id = ? AND g.user_id = ? AND g.group_id = ?
                          AND r.removed IS NULL
                        ORDER BY g.rule_id""",
                        tx.org(),
                        userId,
                        groupId),
                row -> row.text("rule_id"));
    }
}
