package dev.ostiary.server.policy;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.expression.Group;
import dev.ostiary.server.policy.kind.PolicyType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The tables of policies, rules and mappings. Knows nothing of what is born. Thread-safe. */
final class PolicyStore {

    private static final String POLICY =
            "id, type, system, name, description, status, position, conditions, settings, created,"
                    + " last_updated";

    private static final String RULE =
            "id, policy_id, type, system, name, status, position, conditions, actions, created,"
                    + " last_updated";

    /** What of a policy its siblings have to know. */
    record Head(String id, String name, boolean system) {}

    /** The policy of an id that has a row. */
    Optional<Policy> policy(Reader reader, String id) {
        return reader.one(
                Sql.of(
                        "SELECT " + POLICY + " FROM policy WHERE org_id = ? AND id = ?",
                        reader.org(),
                        id),
                PolicyStore::policy);
    }

    /** The policies of a type that have a row, in their order. */
    List<Policy> policies(Reader reader, PolicyType type) {
        return reader.list(
                Sql.of(
                        "SELECT "
                                + POLICY
                                + " FROM policy WHERE org_id = ? AND type = ? ORDER BY position, id",
                        reader.org(),
                        type),
                PolicyStore::policy);
    }

    /** The heads of the policies of a type that have a row, in their order. */
    List<Head> heads(Reader reader, PolicyType type) {
        return reader.list(
                Sql.of(
                        "SELECT id, name, system FROM policy WHERE org_id = ? AND type = ?"
                                + " ORDER BY position, id",
                        reader.org(),
                        type),
                row -> new Head(row.text("id"), row.text("name"), row.flag("system")));
    }

    /** The rules of policies that have a row, in their order. */
    List<PolicyRule> rules(Reader reader, Collection<String> policyIds) {
        return reader.list(
                Sql.of(
                        "SELECT "
                                + RULE
                                + " FROM policy_rule WHERE org_id = ? AND policy_id = ANY(?)"
                                + " ORDER BY policy_id, position, id",
                        reader.org(),
                        policyIds),
                PolicyStore::rule);
    }

    /** The rules of all policies of a type that have a row, in their order. */
    List<PolicyRule> rules(Reader reader, PolicyType type) {
        return reader.list(
                Sql.of(
                        "SELECT "
                                + RULE
                                + " FROM policy_rule WHERE org_id = ? AND type = ?"
                                + " ORDER BY policy_id, position, id",
                        reader.org(),
                        type),
                PolicyStore::rule);
    }

    /** The group that everybody is in. */
    Optional<String> everyone(Reader reader) {
        return reader.one(
                Sql.of(
                        "SELECT id FROM groups WHERE org_id = ? AND built_in = 'EVERYONE'",
                        reader.org()),
                row -> row.text("id"));
    }

    /** The rules that name a zone, so that it stays. */
    List<String> tiedTo(Reader reader, String zoneId) {
        return reader.list(
                Sql.of(
                        """
                        SELECT name FROM policy_rule
                        WHERE org_id = ? AND status <> 'REMOVED'
                          AND (conditions #> '{network,include}' @> to_jsonb(?::text)
                            OR conditions #> '{network,exclude}' @> to_jsonb(?::text))
                        ORDER BY id LIMIT 10""",
                        reader.org(),
                        zoneId,
                        zoneId),
                row -> "policy rule " + row.text("name"));
    }

    /** Of these groups, those that there are not. */
    List<String> unknownGroups(Reader reader, Collection<String> ids) {
        List<String> known =
                ids.isEmpty()
                        ? List.of()
                        : reader.list(
                                Sql.of(
                                        "SELECT id FROM groups WHERE org_id = ? AND id = ANY(?)",
                                        reader.org(),
                                        ids),
                                row -> row.text("id"));
        return ids.stream().filter(id -> !known.contains(id)).toList();
    }

    /** Groups as expressions know them. */
    List<Group> groups(Reader reader, Collection<String> ids) {
        return reader.list(
                Sql.of(
                        "SELECT id, name, type FROM groups WHERE org_id = ? AND id = ANY(?)"
                                + " ORDER BY id",
                        reader.org(),
                        ids),
                row -> Group.of(row.text("id"), row.text("name"), row.text("type")));
    }

    /** Writes a policy; the org's row is held, so that nobody else does. */
    void save(Tx tx, Policy policy) {
        tx.run(
                Sql.of(
                        """
                        INSERT INTO policy (org_id, id, type, system, name, description, status,
                            position, conditions, settings, created, last_updated)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        ON CONFLICT (org_id, id) DO UPDATE SET name = EXCLUDED.name,
                            description = EXCLUDED.description, status = EXCLUDED.status,
                            position = EXCLUDED.position, conditions = EXCLUDED.conditions,
                            settings = EXCLUDED.settings, last_updated = EXCLUDED.last_updated""",
                        tx.org(),
                        policy.id(),
                        policy.type(),
                        policy.system(),
                        policy.name(),
                        policy.description().orElse(null),
                        policy.active() ? "ACTIVE" : "INACTIVE",
                        policy.priority(),
                        json(policy.conditions()),
                        json(policy.settings()),
                        policy.created(),
                        policy.lastUpdated()));
    }

    /** Puts policies into this order. Those that stand where they should are left alone. */
    void place(Tx tx, List<String> ids) {
        place(tx, "UPDATE policy p", ids, 1);
    }

    /** Puts rules into this order. */
    void placeRules(Tx tx, List<String> ids, int first) {
        place(tx, "UPDATE policy_rule p", ids, first);
    }

    private static void place(Tx tx, String update, List<String> ids, int first) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            places.add(first + i);
        }
        tx.run(
                Sql.of(
                        update
                                + """
                                 SET position = o.position
                                FROM unnest(?::text[], ?::integer[]) AS o(id, position)
                                WHERE p.org_id = ? AND p.id = o.id AND p.position <> o.position""",
                        ids,
                        places,
                        tx.org()));
    }

    /** A policy, with its rules and mappings. */
    void delete(Tx tx, String id) {
        tx.run(Sql.of("DELETE FROM policy_rule WHERE org_id = ? AND policy_id = ?", tx.org(), id));
        tx.run(
                Sql.of(
                        "DELETE FROM policy_mapping WHERE org_id = ?"
                                + " AND (policy_id = ? OR resource_id = ?)",
                        tx.org(),
                        id,
                        id));
        tx.run(Sql.of("DELETE FROM policy WHERE org_id = ? AND id = ?", tx.org(), id));
    }

    /** Writes a rule; the org's row is held, so that nobody else does. */
    void save(Tx tx, PolicyRule rule) {
        tx.run(
                Sql.of(
                        """
                        INSERT INTO policy_rule (org_id, id, policy_id, type, system, name, status,
                            position, conditions, actions, created, last_updated)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        ON CONFLICT (org_id, id) DO UPDATE SET name = EXCLUDED.name,
                            status = EXCLUDED.status, position = EXCLUDED.position,
                            conditions = EXCLUDED.conditions, actions = EXCLUDED.actions,
                            last_updated = EXCLUDED.last_updated""",
                        tx.org(),
                        rule.id(),
                        rule.policyId(),
                        rule.type(),
                        rule.system(),
                        rule.name(),
                        rule.status(),
                        rule.priority(),
                        json(rule.conditions()),
                        json(Optional.of(rule.actions())),
                        rule.created(),
                        rule.lastUpdated()));
    }

    void deleteRule(Tx tx, String id) {
        tx.run(Sql.of("DELETE FROM policy_rule WHERE org_id = ? AND id = ?", tx.org(), id));
    }

    private static dev.ostiary.platform.store.@Nullable Json json(Optional<ObjectNode> document) {
        return document.map(Json::text).map(dev.ostiary.platform.store.Json::new).orElse(null);
    }

    private static Policy policy(Row row) {
        return new Policy(
                row.text("id"),
                PolicyType.valueOf(row.text("type")),
                row.flag("system"),
                row.text("name"),
                Optional.ofNullable(row.textOrNull("description")),
                row.text("status").equals("ACTIVE"),
                row.integer("position"),
                document(row.textOrNull("conditions")),
                document(row.textOrNull("settings")),
                row.instant("created"),
                row.instant("last_updated"));
    }

    private static PolicyRule rule(Row row) {
        return new PolicyRule(
                row.text("id"),
                row.text("policy_id"),
                PolicyType.valueOf(row.text("type")),
                row.flag("system"),
                row.text("name"),
                PolicyRule.Status.valueOf(row.text("status")),
                row.integer("position"),
                document(row.textOrNull("conditions")),
                document(row.textOrNull("actions")).orElseThrow(),
                row.instant("created"),
                row.instant("last_updated"));
    }

    private static Optional<ObjectNode> document(@Nullable String json) {
        return Optional.ofNullable(json).map(Json::parse).map(JsonNode::asObject);
    }
}
