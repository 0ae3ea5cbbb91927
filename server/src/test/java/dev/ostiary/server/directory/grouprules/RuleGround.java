package dev.ostiary.server.directory.grouprules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.server.directory.TestDirectory;
import dev.ostiary.server.directory.realms.OrgRealms;
import dev.ostiary.server.directory.schemas.OrgSchemas;
import dev.ostiary.server.directory.users.Belongings;
import dev.ostiary.server.directory.users.CredentialRules;
import dev.ostiary.server.directory.users.UserLifecycle;
import dev.ostiary.server.directory.users.UserParts;
import dev.ostiary.server.directory.users.Users;
import dev.ostiary.server.directory.users.password.Argon2Cost;
import dev.ostiary.server.directory.users.password.CommonPasswords;
import dev.ostiary.server.directory.users.password.HashingPool;
import dev.ostiary.server.directory.users.password.PasswordHasher;
import dev.ostiary.server.directory.users.password.PasswordPolicies;
import dev.ostiary.server.directory.users.password.PasswordPolicy;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Users, groups and rules on a real database, called as the Pipeline calls them. */
final class RuleGround implements AutoCloseable {

    private final TestDirectory directory;
    private final HashingPool pool = new HashingPool(1, Duration.ofSeconds(30));

    RuleGround(DatabaseAccess access) {
        directory = new TestDirectory(access);
        UserParts parts =
                UserParts.of(
                        new PasswordHasher(pool, new SecureRandom(), new Argon2Cost(64, 1, 1)),
                        new CredentialRules(
                                PasswordPolicies.always(PasswordPolicy.observedDefault()),
                                CommonPasswords.load()),
                        EventCatalogue.load(),
                        new Tokens(new SecureRandom()),
                        (tx, where, mail) -> {},
                        directory.memberships(),
                        new Belongings(List.of(), List.of(), List.of()),
                        new OrgSchemas(directory.database()),
                        new OrgRealms(directory.database()),
                        directory.rules());
        directory.bind(new Users(directory.database(), directory.ids(), directory.time(), parts));
        directory.bind(new UserLifecycle(directory.database(), directory.time(), parts));
    }

    TestDirectory directory() {
        return directory;
    }

    Org org(String name) {
        return directory.org(name);
    }

    Reply call(Org org, String operation, Map<String, String> variables, String query) {
        return directory.call(org, operation, variables, query);
    }

    /** Makes a user with this title and city, staged; its id. */
    String user(Org org, String login, @Nullable String title, @Nullable String city) {
        return TestDirectory.json(
                        directory.call(
                                org,
                                "createUser",
                                Map.of(),
                                "activate=false",
                                profile(login, title, city)))
                .path("id")
                .asString();
    }

    /** Gives a user another title and city. */
    void change(Org org, String id, @Nullable String title, @Nullable String city) {
        ObjectNode body = Json.object();
        body.putObject("profile").put("title", title).put("city", city);
        directory.call(org, "updateUser", Map.of("id", id), "", Json.text(body));
    }

    private static String profile(String login, @Nullable String title, @Nullable String city) {
        ObjectNode body = Json.object();
        body.putObject("profile")
                .put("login", login)
                .put("email", login)
                .put("firstName", "Ann")
                .put("lastName", "Lee")
                .put("title", title)
                .put("city", city);
        return Json.text(body);
    }

    static String body(String name, String expression, List<String> groups, List<String> excluded) {
        ObjectNode body = Json.object().put("type", "group_rule").put("name", name);
        ObjectNode conditions = body.putObject("conditions");
        conditions
                .putObject("expression")
                .put("value", expression)
                .put("type", "urn:okta:expression:1.0");
        ObjectNode users = conditions.putObject("people").putObject("users");
        excluded.forEach(users.putArray("exclude")::add);
        ObjectNode assign = body.putObject("actions").putObject("assignUserToGroups");
        groups.forEach(assign.putArray("groupIds")::add);
        return Json.text(body);
    }

    JsonNode create(Org org, String body) {
        return TestDirectory.json(directory.call(org, "createGroupRule", Map.of(), "", body));
    }

    /** Makes a rule and activates it, without applying it to those who are there; its id. */
    String active(Org org, String name, String expression, String... groups) {
        String id =
                create(org, body(name, expression, List.of(groups), List.of()))
                        .path("id")
                        .asString();
        on(org, "activateGroupRule", id, "");
        return id;
    }

    Reply on(Org org, String operation, String ruleId, String query) {
        return call(org, operation, Map.of("groupRuleId", ruleId), query);
    }

    JsonNode get(Org org, String ruleId) {
        return TestDirectory.json(on(org, "getGroupRule", ruleId, ""));
    }

    /** Does what is to be done in the background, as far as it is due. */
    void sweep(Org org) {
        boolean more = true;
        while (more) {
            more = directory.rules().sweeps().step(org.number());
        }
    }

    /** The groups that a user is in, built-in ones left out. */
    TreeSet<String> groupsOf(Org org, String userId) {
        TreeSet<String> groups = new TreeSet<>();
        TestDirectory.json(call(org, "listUserGroups", Map.of("id", userId, "userId", userId), ""))
                .forEach(
                        group -> {
                            if (!group.path("type").asString().equals("BUILT_IN")) {
                                groups.add(group.path("id").asString());
                            }
                        });
        return groups;
    }

    void join(Org org, String groupId, String userId) {
        directory.member("assignUserToGroup", org, groupId, userId);
    }

    void leave(Org org, String groupId, String userId) {
        directory.member("unassignUserFromGroup", org, groupId, userId);
    }

    static void refused(ThrowingCallable call, String code, String subject, String... causes) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(code);
                            assertThat(e.arguments().toString()).isEqualTo("[" + subject + "]");
                            if (causes.length > 0) {
                                assertThat(e.causes()).containsExactly(causes);
                            }
                        });
    }

    @Override
    public void close() {
        pool.close();
        directory.close();
    }
}
