package dev.ostiary.server.directory.users;

import static dev.ostiary.server.directory.users.UserGround.assertRefused;
import static dev.ostiary.server.directory.users.UserGround.named;
import static dev.ostiary.server.directory.users.UserGround.withPassword;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Making users, on PostgreSQL. */
@ExtendWith(TestDatabase.class)
class UserCreationTest {

    private static UserGround ground;

    @BeforeAll
    static void open(DatabaseAccess access) {
        ground = new UserGround(access);
    }

    @AfterAll
    static void close() {
        ground.close();
    }

    @ParameterizedTest(name = "{0} with a password: {1} gives {2}")
    @CsvSource({
        "'', false, PROVISIONED",
        "'', true, ACTIVE",
        "activate=true, true, ACTIVE",
        "activate=false, false, STAGED",
        "activate=false, true, STAGED",
        "activate=true&nextLogin=changePassword, true, PASSWORD_EXPIRED",
    })
    void theStatusFollowsFromActivationAndPassword(String query, boolean password, String status) {
        ObjectNode body = named("status" + (query + password).hashCode() + "@example.com");
        if (password) {
            withPassword(body, "tlpWENT2m");
        }
        JsonNode user = ground.create(body, query);
        assertThat(user.path("status").stringValue()).isEqualTo(status);
        assertThat(ground.get(user.path("id").stringValue())).isEqualTo(user);
    }

    @Test
    @DisplayName(
            "given an identity provider, a new user is active and has neither password nor mail")
    void aFederatedUserIsActive() {
        ObjectNode body = named("federated@example.com");
        body.putObject("credentials").putObject("provider").put("type", "FEDERATION");
        JsonNode user = ground.create(body, "provider=true");
        assertThat(user.path("status").stringValue()).isEqualTo("ACTIVE");
        assertThat(user.path("credentials").toString())
                .isEqualTo("{\"provider\":{\"type\":\"FEDERATION\",\"name\":\"FEDERATION\"}}");
    }

    @Test
    @DisplayName("a hash of another system makes an imported credential")
    void aHashIsImported() {
        ObjectNode body = named("imported@example.com");
        body.putObject("credentials")
                .putObject("password")
                .putObject("hash")
                .put("algorithm", "BCRYPT")
                .put("workFactor", 10)
                .put("salt", "rwh3vH166HCH/NT9XV5FYu")
                .put("value", "qaMqvAPULkbiQzkTCWo5XDcvzpk8Tna");
        JsonNode user = ground.create(body, "");
        assertThat(user.path("status").stringValue()).isEqualTo("ACTIVE");
        assertThat(user.at("/credentials/provider/type").stringValue()).isEqualTo("IMPORT");
        assertThat(user.at("/credentials/password").isObject()).isTrue();
    }

    @Test
    @DisplayName(
            "P37 P38 a user without credentials comes with its events and its mail, in one statement")
    void aCreateIsOneStatement() {
        JsonNode user = ground.create(named("one.statement@example.com"), "");
        String id = user.path("id").stringValue();
        assertThat(ground.events(id))
                .containsExactly("user.lifecycle.create", "user.lifecycle.activate");
        assertThat(ground.mails).anyMatch(mail -> mail.to().equals("one.statement@example.com"));
        List<String> commands =
                ground.database.read(
                        ground.org.number(),
                        reader ->
                                reader.list(
                                        Sql.of(
                                                """
                                                SELECT xmin || ' ' || cmin FROM users
                                                WHERE org_id = ? AND id = ?
                                                UNION SELECT xmin || ' ' || cmin FROM user_search
                                                WHERE org_id = ? AND id = ?
                                                UNION SELECT xmin || ' ' || cmin FROM user_tokens
                                                WHERE org_id = ? AND user_id = ?""",
                                                ground.org.number(),
                                                id,
                                                ground.org.number(),
                                                id,
                                                ground.org.number(),
                                                id),
                                        row -> row.text(1)));
        assertThat(commands).hasSize(1);
    }

    @Test
    @DisplayName("P6 a bad profile is refused with every cause at once")
    void everyCauseIsTold() {
        ObjectNode body = Json.object();
        body.putObject("profile")
                .put("login", "nobody")
                .put("email", "nobody")
                .put("lastName", "x".repeat(51))
                .put("countryCode", 7)
                .put("shoeSize", 43);
        body.putObject("credentials").putObject("password").put("value", "short");
        assertRefused(
                () -> ground.create(body, ""),
                "E0000001",
                "login",
                "login: Username must be in the form of an email address",
                "firstName: The field cannot be left blank",
                "lastName: The field is too long: at most 50 characters are allowed",
                "email: Does not match required pattern",
                "countryCode: must be a string",
                "Property name 'shoeSize' is not defined in profile",
                "password: Password requirements were not met. Password requirements: at least 8"
                        + " characters, a lowercase letter, an uppercase letter, a number, no parts of"
                        + " your username. Your password cannot be any of your last 4 passwords.");
    }

    @Test
    void anUnknownPropertyIsNamed() {
        ObjectNode body = named("unknown.property@example.com");
        ((ObjectNode) body.path("profile")).put("shoeSize", 43);
        assertRefused(
                () -> ground.create(body, ""),
                "E0000001",
                "newUser",
                "Property name 'shoeSize' is not defined in profile");
    }

    @ParameterizedTest
    @CsvSource({"taken@example.com", "TAKEN@Example.com", "tákèn@example.com"})
    @DisplayName("a login that differs only in case or marks is taken, in its org")
    void aTakenLoginIsRefused(String login) {
        if (ground.call("listUsers")
                .query("filter=profile.login+eq+%22taken@example.com%22")
                .json()
                .isEmpty()) {
            ground.create(named("taken@example.com"), "");
        }
        ObjectNode again = named(login);
        ((ObjectNode) again.path("profile")).put("email", "other@example.com");
        assertRefused(
                () -> ground.create(again, ""),
                "E0000001",
                "login",
                "login: An object with this field already exists in the current organization");
    }

    @Test
    @DisplayName("P40 a login that is taken here is free in another org")
    void loginsAreFreeInAnotherOrg() {
        ground.create(named("both@example.com"), "");
        Reply reply =
                ground.call("createUser")
                        .in(ground.other)
                        .body(Json.text(named("both@example.com")))
                        .reply();
        assertThat(reply.status()).isEqualTo(200);
    }

    @Test
    @DisplayName(
            "P39 of two who take a login at once, one wins and the other gets the documented 400")
    void aRaceForALoginHasOneWinner() throws InterruptedException {
        for (int round = 0; round < 10; round++) {
            String body = Json.text(named("race" + round + "@example.com"));
            List<String> outcomes =
                    together(
                            () -> ground.call("createUser").body(body).reply().status() + "",
                            () -> ground.call("createUser").body(body).reply().status() + "");
            assertThat(outcomes)
                    .containsExactlyInAnyOrder(
                            "200",
                            "E0000001 [login] [login: An object with this field already exists in"
                                    + " the current organization]");
        }
    }

    private interface Action {
        String run();
    }

    private static List<String> together(Action... actions) throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> running = new ArrayList<>();
            for (Action action : actions) {
                running.add(threads.submit(action::run));
            }
            List<String> outcomes = new ArrayList<>();
            for (Future<String> one : running) {
                try {
                    outcomes.add(one.get());
                } catch (ExecutionException e) {
                    outcomes.add(String.valueOf(ApiException.in(e)).replaceFirst("^[^ ]+: ", ""));
                }
            }
            return outcomes;
        }
    }

    @Test
    void aUserIsMadeInGroups() {
        String group = ground.group("Readers");
        ObjectNode body = named("in.group@example.com");
        body.putArray("groupIds").add(group);
        String id = ground.create(body, "activate=false").path("id").stringValue();
        assertThat(ground.events(id))
                .containsExactly("user.lifecycle.create", "group.user_membership.add");
        assertThat(
                        ground.database.<List<String>>read(
                                ground.org.number(),
                                reader ->
                                        ground.parts
                                                .memberships()
                                                .groupsOf(reader, ground.org, id)))
                .containsExactly(group);
    }

    @Test
    @DisplayName("P37 a group that is not there leaves no user behind")
    void anUnknownGroupMakesNoUser() {
        ObjectNode body = named("no.group@example.com");
        body.putArray("groupIds").add("00g0000000000000a1d1");
        assertRefused(
                () -> ground.create(body, ""),
                "E0000007",
                "Resource not found: 00g0000000000000a1d1 (UserGroup)");
        assertRefused(
                () -> ground.get("no.group@example.com"),
                "E0000007",
                "Resource not found: no.group@example.com (User)");
    }
}
