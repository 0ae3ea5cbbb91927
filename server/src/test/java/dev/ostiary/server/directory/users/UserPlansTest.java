package dev.ostiary.server.directory.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.query.Direction;
import dev.ostiary.platform.query.FilterErrors;
import dev.ostiary.platform.query.PageRequest;
import dev.ostiary.platform.query.SortKey;
import dev.ostiary.platform.query.SqlFilter;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.directory.schemas.SchemaSet;
import dev.ostiary.server.fixture.Explaining;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds every index to its use: the plans of 5000 users, and as many of another org. */
@ExtendWith(TestDatabase.class)
class UserPlansTest {

    private static final int USERS = 5_000;

    private static UserGround ground;

    @BeforeAll
    static void fill(DatabaseAccess access) {
        ground = new UserGround(access);
        UserStore store = new UserStore();
        for (var org : List.of(ground.org, ground.other)) {
            for (int from = 0; from < USERS; from += 25) {
                int first = from;
                ground.database.write(
                        org.number(),
                        tx -> {
                            for (int i = first; i < first + 25; i++) {
                                store.insert(tx, org, user(i), Secrets.NONE);
                            }
                            return first;
                        });
            }
        }
        ground.asOwner(
                "SET ostiary.org = '0'", "VACUUM ANALYZE users", "VACUUM ANALYZE user_search");
    }

    @AfterAll
    static void close() {
        ground.close();
    }

    private static User user(int i) {
        Instant created = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(i);
        String login = "user%d@example%d.com".formatted(i, i % 100);
        return new User(
                "00u%014d1d7".formatted(i),
                1,
                i % 500 == 0 ? UserStatus.SUSPENDED : UserStatus.ACTIVE,
                created,
                created,
                created,
                null,
                created,
                null,
                null,
                null,
                new Profile(
                        """
                        {"login":"%s","email":"%s","firstName":"First%d","lastName":"Last%d",
                        "department":"Department %d","city":"City of %d"}"""
                                .formatted(login, login, i, i, i, i)),
                false,
                null,
                Provider.OKTA);
    }

    private static String plan(Consumer<Reader> reading) {
        return Explaining.plan(ground.database, ground.org.number(), reading);
    }

    private static String search(String expression) {
        Sql condition =
                new SqlFilter(
                                UserAttributes.search(SchemaSet.untouched(), ground.org),
                                FilterErrors.SEARCH,
                                false)
                        .where(expression);
        return plan(
                reader ->
                        new UserSearchStore()
                                .found(
                                        reader,
                                        SearchedUsers.now(reader.org()),
                                        condition,
                                        List.of(),
                                        page()));
    }

    private static PageRequest page() {
        return new PageRequest(20, Optional.empty(), Optional.empty());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "status eq \"SUSPENDED\" | user_search_status",
                "profile.login eq \"user77@example77.com\" | user_search_login",
                "profile.email sw \"user77\" | user_search_email",
                "profile.firstName eq \"first77\" | user_search_first_name",
                "profile.lastName sw \"last777\" | user_search_last_name",
                "created gt \"2026-01-01T01:23:00.000Z\" | user_search_created",
                "lastUpdated gt \"2026-01-01T01:23:00.000Z\" | user_search_updated",
                "profile.department eq \"Department 77\" | user_search_doc",
                "profile.city sw \"city of 777\" | user_search_words",
                "profile.department co \"ment 777\" | user_search_words",
                "profile.login ew \"r777@example77.com\" | user_search_words",
                "id eq \"00u000000000000771d7\" | user_search_pkey",
                "realmId eq \"guo0000000000000a1d7\" | user_search_realm",
            })
    @DisplayName("a search takes the index that was made for it")
    void searchesTakeTheirIndexes(String expression, String index) {
        assertThat(search(expression))
                .contains(index)
                .contains("users_pkey")
                .doesNotContain("Seq Scan");
    }

    @Test
    @DisplayName("a sorted search reads its index in order and stops at the end of the page")
    void sortingTakesTheIndex() {
        SortKey byName =
                new SortKey(
                        "profile.lastName",
                        UserAttributes.search(SchemaSet.untouched(), ground.org)
                                .find("profile.lastName")
                                .orElseThrow()
                                .rendering()
                                .sortValue(),
                        Direction.ASC,
                        true);
        assertThat(
                        plan(
                                reader ->
                                        new UserSearchStore()
                                                .found(
                                                        reader,
                                                        SearchedUsers.now(reader.org()),
                                                        Sql.of("TRUE"),
                                                        List.of(byName),
                                                        page())))
                .contains("user_search_last_name")
                .doesNotContain("Seq Scan");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "profile.login eq \"user77@example77.com\" | user_search_login",
                "profile.lastName eq \"Last77\" | user_search_last_name",
                "lastUpdated gt \"2026-01-01T01:23:00.000Z\" | user_search_updated",
            })
    @DisplayName("a filter takes the index of the folded value, behind the wall too")
    void filtersTakeTheirIndexes(String expression, String index) {
        Sql condition =
                new SqlFilter(UserAttributes.FILTER, FilterErrors.SEARCH, false).where(expression);
        assertThat(
                        plan(
                                reader ->
                                        new UserSearchStore()
                                                .filtered(
                                                        reader,
                                                        SearchedUsers.now(reader.org()),
                                                        condition,
                                                        page())))
                .contains(index)
                .contains("users_pkey")
                .doesNotContain("Seq Scan");
    }

    @Test
    @DisplayName("q takes an index for each place where it looks")
    void beginningsTakeTheirIndexes() {
        assertThat(
                        plan(
                                reader ->
                                        new UserSearchStore()
                                                .called(
                                                        reader,
                                                        SearchedUsers.now(reader.org()),
                                                        "last77",
                                                        10)))
                .contains(
                        "user_search_first_name",
                        "user_search_last_name",
                        "user_search_email",
                        "user_search_login")
                .doesNotContain("Seq Scan");
    }

    @Test
    @DisplayName("users are found by id, login and short login through a key")
    void keysAreTaken() {
        UserStore store = new UserStore();
        assertThat(plan(reader -> store.byId(reader, "00u000000000000771d7")))
                .contains("users_pkey");
        assertThat(plan(reader -> store.byLogin(reader, "user77@example77.com")))
                .contains("users_login")
                .contains("login_key =");
        assertThat(plan(reader -> store.byShortLogin(reader, "user77")))
                .contains("users_login")
                .contains("login_key >=");
        assertThat(plan(reader -> new UserSearchStore().all(reader, page())))
                .contains("users_pkey")
                .doesNotContain("Sort");
    }
}
