package dev.ostiary.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.okta.sdk.resource.model.User;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.node.ObjectNode;

/** One thousand users, found in every way that lists offer. */
@ExtendWith(SuiteServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Java SDK: a thousand users")
class UserSearchJourneyTest {

    private static final int MANY = 1000;

    private final OktaSdk sdk;
    private final Org org;
    private boolean filled;

    UserSearchJourneyTest(Server server, Org org) {
        this.sdk = OktaSdk.of(server, org);
        this.org = org;
    }

    @BeforeEach
    void fill() throws InterruptedException, ExecutionException {
        if (filled) {
            return;
        }
        try (ExecutorService workers = Executors.newFixedThreadPool(8)) {
            List<? extends Future<?>> made =
                    IntStream.range(0, MANY).mapToObj(i -> workers.submit(() -> make(i))).toList();
            for (Future<?> each : made) {
                each.get();
            }
        }
        filled = true;
    }

    private void make(int i) {
        var user = Directory.newUser(login(i));
        ((ObjectNode) user.get("profile"))
                .put("firstName", i % 10 == 0 ? "Zehnter" : "Anyone")
                .put("department", "D" + i % 7)
                .put("employeeNumber", String.format(Locale.ROOT, "%05d", i));
        org.http().post("/api/v1/users?activate=false", user).expect(200);
    }

    private static String login(int i) {
        return String.format(Locale.ROOT, "walker.%04d@example.com", i);
    }

    @Test
    @DisplayName("P24 paging gives every user once, in pages of the size that was asked for")
    void pagesThroughAll() {
        List<Integer> sizes = new ArrayList<>();

        List<User> all =
                OktaSdk.pages(
                        after -> {
                            List<User> page =
                                    sdk.users()
                                            .listUsers(
                                                    null, null, after, 200, null, null, null, null);
                            sizes.add(page.size());
                            return page;
                        });

        Set<String> ids = new HashSet<>();
        all.forEach(
                user ->
                        assertThat(ids.add(user.getId()))
                                .as("only once: " + user.getId())
                                .isTrue());
        assertThat(all)
                .extracting(user -> user.getProfile().getLogin())
                .contains(login(0), login(500), login(MANY - 1));
        // The org's administrator is a user too.
        assertThat(all).hasSize(MANY + 1);
        assertThat(sizes).containsExactly(200, 200, 200, 200, 200, 1);
    }

    @Test
    @DisplayName("search by any attribute, sorted, pages through exactly what matches")
    void searches() {
        List<User> found =
                OktaSdk.pages(
                        after ->
                                sdk.users()
                                        .listUsers(
                                                null,
                                                null,
                                                after,
                                                30,
                                                null,
                                                "profile.department eq \"D3\" and profile.login sw \"walker.\"",
                                                "profile.employeeNumber",
                                                "desc"));

        List<String> wanted =
                IntStream.range(0, MANY)
                        .filter(i -> i % 7 == 3)
                        .mapToObj(UserSearchJourneyTest::login)
                        .toList();
        assertThat(found)
                .extracting(user -> user.getProfile().getLogin())
                .containsExactlyElementsOf(wanted.reversed());
    }

    @Test
    @DisplayName("filter knows the documented attributes; q finds the start of a name")
    void filtersAndFinds() {
        assertThat(sdk.list(null, "profile.login eq \"" + login(77) + "\"", null)).hasSize(1);
        assertThat(sdk.list(null, "status eq \"STAGED\"", null)).hasSize(MANY);
        assertThat(sdk.list(null, "status eq \"ACTIVE\"", null)).hasSize(1);
        assertThat(sdk.list(null, "profile.firstName eq \"Zehnter\"", null)).hasSize(MANY / 10);
        assertThat(sdk.users().listUsers(null, "Zehn", null, 200, null, null, null, null))
                .hasSize(MANY / 10);
        assertThat(sdk.users().listUsers(null, "walker.0042", null, 10, null, null, null, null))
                .hasSize(1);
    }

    @Test
    @DisplayName("P29 a write is found by search, filter and q as soon as it has been answered")
    void findsAtOnce() {
        for (int i = 0; i < 10; i++) {
            String login = "sudden" + i + "@example.com";
            User made = sdk.active(login);
            assertThat(sdk.list(null, null, "profile.login eq \"" + login + "\"")).hasSize(1);
            assertThat(sdk.list(null, "profile.email eq \"" + login + "\"", null)).hasSize(1);
            assertThat(
                            sdk.users()
                                    .listUsers(
                                            null, "sudden" + i, null, null, null, null, null, null))
                    .hasSize(1);
            sdk.users().deleteUser(made.getId(), false, null);
            sdk.users().deleteUser(made.getId(), false, null);
            assertThat(sdk.list(null, null, "profile.login eq \"" + login + "\""))
                    .isEqualTo(List.of());
        }
    }
}
