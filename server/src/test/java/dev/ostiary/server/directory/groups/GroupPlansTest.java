package dev.ostiary.server.directory.groups;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.http.Query;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.directory.TestDirectory;
import dev.ostiary.server.directory.schemas.SchemaSet;
import dev.ostiary.server.directory.searchindexes.SearchIndexes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GroupPlansTest {

    private final TestDirectory directory;

    GroupPlansTest(DatabaseAccess access) {
        directory = new TestDirectory(access);
    }

    @AfterAll
    void close() {
        directory.close();
    }

    @Test
    @DisplayName("each kind of search is served by its index")
    void plans() {
        Org big = directory.org("plans");
        directory.users(big, List.of("b1@org.example", "b2@org.example"));
        fill(big, 5000);
        assertThat(plan(big, "q=name+4999")).contains("group_search_name");
        assertThat(plan(big, "search=" + encoded("profile.name eq \"name 4999\"")))
                .contains("group_search_name");
        assertThat(plan(big, "search=" + encoded("profile.name sw \"name 499\"")))
                .contains("group_search_name");
        assertThat(plan(big, "search=" + encoded("profile.description co \"number 4999\"")))
                .contains("group_search_words");
        assertThat(plan(big, "search=" + encoded("profile.samAccountName eq \"x4999\"")))
                .contains("group_search_doc");
        assertThat(plan(big, "search=" + encoded("id eq \"00gABCDEFGHIJKLMN012\"")))
                .contains("group_search_pkey");
        assertThat(plan(big, "filter=" + encoded("lastUpdated gt \"2031-01-01T00:00:00Z\"")))
                .contains("group_search_updated");
        assertThat(plan(big, "limit=20")).contains("group_search_pkey").doesNotContain("Sort");
        assertThat(
                        plan(
                                big,
                                "filter="
                                        + encoded(
                                                "lastMembershipUpdated gt"
                                                        + " \"2031-01-01T00:00:00Z\"")))
                .contains("group_membership_added")
                .contains("group_departure_pkey");
    }

    private void fill(Org big, int count) {
        directory
                .database()
                .acrossOrgs(
                        tx -> {
                            tx.run(
                                    Sql.of(
                                            """
                                            INSERT INTO groups (org_id, id, type, profile, name,
                                                name_folded, created, last_updated)
                                            SELECT ?, '00g' || lpad(i::text, 17, '0'), 'OKTA_GROUP',
                                                jsonb_build_object('name', 'name ' || i),
                                                'name ' || i, 'name ' || i,
                                                timestamptz '2030-01-01' + i * interval '1 minute',
                                                timestamptz '2030-01-01' + i * interval '1 minute'
                                            FROM generate_series(1, ?) i\
                                            """,
                                            big.number(),
                                            count));
                            tx.run(
                                    Sql.of(
                                            """
                                            INSERT INTO group_search (org_id, id, type, name_folded,
                                                created, last_updated, doc, words)
                                            SELECT org_id, id, type, name_folded, created,
                                                last_updated,
                                                jsonb_build_object('profile', jsonb_build_object(
                                                    'name', name, 'samAccountName',
                                                    'x' || substr(name, 6), 'description',
                                                    'number ' || substr(name, 6))),
                                                name || E'\\nx' || substr(name, 6) || E'\\nnumber '
                                                    || substr(name, 6)
                                            FROM groups WHERE org_id = ? AND built_in IS NULL\
                                            """,
                                            big.number()));
                            tx.run(
                                    Sql.of(
                                            """
                                            INSERT INTO group_membership
                                                (org_id, group_id, user_id, added)
                                            SELECT g.org_id, g.id, u.id, g.created
                                            FROM groups g JOIN users u USING (org_id)
                                            WHERE g.org_id = ?""",
                                            big.number()));
                            tx.run(
                                    Sql.of(
                                            """
                                            INSERT INTO group_departure
                                                (org_id, group_id, user_id, departed)
                                            SELECT org_id, group_id, user_id, added
                                            FROM group_membership WHERE org_id = ?""",
                                            big.number()));
                            return count;
                        });
        directory.vacuum("groups", "group_search", "group_membership", "group_departure");
    }

    private String plan(Org big, String query) {
        GroupQuery asked =
                GroupQuery.of(
                        Query.parse(query),
                        big,
                        SchemaSet.untouched(),
                        SearchIndexes.NONE,
                        Instant.EPOCH);
        Sql sql = asked.sql(Sql.of("TRUE"), asked.keyset().order(), asked.page().limit() + 1);
        return directory
                .database()
                .read(
                        big.number(),
                        reader ->
                                String.join(
                                        "\n",
                                        reader.search(
                                                Sql.of("EXPLAIN").then(sql), row -> row.text(1))));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
