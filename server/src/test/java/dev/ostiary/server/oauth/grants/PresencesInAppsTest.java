package dev.ostiary.server.oauth.grants;

import static dev.ostiary.server.apps.TestApps.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.apps.TestApps;
import dev.ostiary.server.directory.TestDirectory;
import dev.ostiary.server.oauth.grants.Presences.Sought;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Users who are asked about with an app")
class PresencesInAppsTest {

    private final TestApps apps;
    private final TestDirectory directory;
    private final Org org;
    private final String self;
    private final String member;
    private final String admin;
    private final String named;
    private final String nobody;
    private final String team;

    PresencesInAppsTest(DatabaseAccess access) {
        apps = new TestApps(access);
        directory = apps.directory;
        org = directory.org("in-apps");
        self = directory.user(org, "self@org.example");
        member = directory.user(org, "member@org.example");
        admin = directory.user(org, "admin@org.example");
        named = directory.user(org, "named@org.example");
        nobody = directory.user(org, "nobody@org.example");
        team = directory.group(org, "Team");
        directory.member("assignUserToGroup", org, team, member);
        directory.member("assignUserToGroup", org, team, named);
        write("INSERT INTO admin_role (org_id, user_id, role) VALUES (?, ?, 'SUPER_ADMIN')", admin);
    }

    @AfterAll
    void close() {
        apps.close();
    }

    @Test
    @DisplayName("given an app of nobody's, then nobody has it, and nobody has one that is not")
    void ofNobody() {
        assertThat(having(app("Nobody's"))).isEmpty();
        assertThat(having("0oaNoSuchApp00000000")).isEmpty();
    }

    @Test
    @DisplayName("given users and groups of an app, then those have it, and are called as there")
    void given() {
        String app = app("Given");
        assign(app, "{\"id\": \"" + self + "\", \"scope\": \"USER\"}");
        assertThat(having(app)).containsExactly(self);
        group(app, team);
        assertThat(having(app)).containsExactly(self, member, named);
        apps.of(
                org,
                "updateApplicationUser",
                app,
                "userId",
                named,
                "{\"credentials\": {\"userName\": \"Nom de guerre\"}}");
        assertThat(Objects.requireNonNull(presences(app).get(named)).appUserName())
                .contains("Nom de guerre");
        assertThat(having(app)).containsExactly(self, member, named);
        directory.member("unassignUserFromGroup", org, team, named);
        assertThat(having(app)).containsExactly(self, member);
        directory.member("assignUserToGroup", org, team, named);
    }

    @Test
    @DisplayName("given the groups that the server keeps, then whoever is in them has the app")
    void builtIn() {
        String admins = app("Of administrators");
        group(admins, administrators());
        assertThat(having(admins)).containsExactly(admin);
        String all = app("Of everyone");
        group(all, directory.everyone(org));
        assertThat(having(all)).containsExactly(self, member, admin, named, nobody);
    }

    @Test
    @DisplayName("given an app for everybody, then everybody has it")
    void forEverybody() {
        String app = app("For everybody");
        write("UPDATE app SET for_everyone = TRUE WHERE org_id = ? AND id = ?", app);
        assertThat(having(app)).containsExactly(self, member, admin, named, nobody);
    }

    private String app(String label) {
        return id(apps.bookmark(org, label));
    }

    private void assign(String app, String body) {
        directory.call(org, "assignUserToApplication", Map.of("appId", app), "", body);
    }

    private void group(String app, String group) {
        apps.of(org, "assignGroupToApplication", app, "groupId", group, "{}");
    }

    private String administrators() {
        return directory
                .database()
                .read(
                        org.number(),
                        reader ->
                                reader.one(
                                        Sql.of(
                                                "SELECT id FROM groups WHERE org_id = ?"
                                                        + " AND built_in = 'ADMINISTRATORS'",
                                                reader.org()),
                                        row -> row.text("id")))
                .orElseThrow();
    }

    private void write(String statement, String id) {
        directory
                .database()
                .write(
                        org.number(),
                        tx -> {
                            tx.write(Sql.of(statement, tx.org(), id));
                            return tx;
                        });
    }

    /** Those who have it, as the same statement says that finds them; asked one by one, too. */
    private List<String> having(String app) {
        Map<String, Presence> all = presences(app);
        List<String> having = new ArrayList<>();
        for (String user : List.of(self, member, admin, named, nobody)) {
            boolean has = Objects.requireNonNull(all.get(user)).assigned();
            assertThat(has)
                    .as("%s, by the condition that other rooms ask by", user)
                    .isEqualTo(
                            directory
                                    .database()
                                    .<Boolean>read(
                                            org.number(),
                                            reader ->
                                                    apps.clients.isAssigned(
                                                            reader, org, app, user)));
            if (has) {
                having.add(user);
            }
        }
        return having;
    }

    private Map<String, Presence> presences(String app) {
        PresenceStore store = new PresenceStore(apps.clients.toUserInGroups());
        List<Sought> sought = new ArrayList<>();
        for (String user : List.of(self, member, admin, named, nobody)) {
            sought.add(new Sought(user, Optional.of(app), Optional.empty()));
        }
        Map<String, Presence> found = new HashMap<>();
        directory
                .database()
                .lookUp(org.number(), reader -> store.find(reader, sought))
                .forEach((who, here) -> found.put(who.userId(), here));
        return found;
    }
}
