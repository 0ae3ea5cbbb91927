package dev.ostiary.server.apps.assignments;

import dev.ostiary.platform.query.CaseFold;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import java.util.ArrayList;
import java.util.List;

/**
 * Which users have an app, page by page. Every source of them is read along its own key, from the
 * cursor on and no further than a page; what a page costs depends on the number of groups that are
 * assigned, never on how many members they have.
 */
final class AssignedUsers {

    private AssignedUsers() {}

    private record Source(String groupId, String builtIn) {}

    /**
     * Ids of users in order.
     *
     * @param beyond a condition on {@code user_id}
     * @param beginning what a login, first or last name or mail address begins with; empty for any
     */
    static List<String> page(
            Reader reader, String appId, Sql beyond, Sql order, int most, String beginning) {
        List<Sql> sources = new ArrayList<>();
        sources.add(
                Sql.of(
                        """
                        SELECT user_id FROM app_user
                        WHERE org_id = ? AND app_id = ? AND scope = 'USER'\
                        """,
                        reader.org(),
                        appId));
        for (Source source : groups(reader, appId)) {
            sources.add(members(reader.org(), source));
        }
        List<Sql> pages =
                sources.stream()
                        .map(
                                source ->
                                        bounded(
                                                reader.org(),
                                                source,
                                                beyond,
                                                order,
                                                most,
                                                beginning))
                        .toList();
        return reader.search(
                Sql.of("SELECT user_id FROM (")
                        .then(Sql.join(" UNION ", pages))
                        .then(") every ORDER BY")
                        .then(order)
                        .then("LIMIT ?", most),
                row -> row.text("user_id"));
    }

    private static List<Source> groups(Reader reader, String appId) {
        return reader.list(
                Sql.of(
                        """
                        SELECT ag.group_id, coalesce(g.built_in, '') AS built_in
                        FROM app_group ag
                        JOIN groups g ON g.org_id = ag.org_id AND g.id = ag.group_id
                        WHERE ag.org_id = ? AND ag.app_id = ? ORDER BY ag.priority\
                        """,
                        reader.org(),
                        appId),
                row -> new Source(row.text("group_id"), row.text("built_in")));
    }

    private static Sql members(long org, Source source) {
        return switch (source.builtIn()) {
            case "EVERYONE" -> Sql.of("SELECT id AS user_id FROM users WHERE org_id = ?", org);
            case "ADMINISTRATORS" ->
                    Sql.of("SELECT DISTINCT user_id FROM admin_role WHERE org_id = ?", org);
            default ->
                    Sql.of(
                            "SELECT user_id FROM group_membership WHERE org_id = ? AND group_id = ?",
                            org,
                            source.groupId());
        };
    }

    private static Sql bounded(
            long org, Sql source, Sql beyond, Sql order, int most, String beginning) {
        return Sql.of("(SELECT user_id FROM (")
                .then(source)
                .then(") one WHERE")
                .then(beyond)
                .then(
                        """
                        AND EXISTS (SELECT 1 FROM users u WHERE u.org_id = ? AND u.id = one.user_id
                            AND u.status <> 'DEPROVISIONED'\
                        """,
                        org)
                .then(begins(beginning))
                .then(") ORDER BY")
                .then(order)
                .then("LIMIT ?)", most);
    }

    private static Sql begins(String beginning) {
        if (beginning.isEmpty()) {
            return Sql.nothing();
        }
        String folded = CaseFold.fold(beginning);
        return Sql.of(
                """
                AND (lower(u.profile ->> 'login') ^@ ? OR lower(u.profile ->> 'email') ^@ ?
                    OR lower(u.profile ->> 'firstName') ^@ ?
                    OR lower(u.profile ->> 'lastName') ^@ ?)\
                """,
                folded,
                folded,
                folded,
                folded);
    }
}
