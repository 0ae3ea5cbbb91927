package dev.ostiary.server.security.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.secret.TokenHash;
import dev.ostiary.platform.store.SchemaOwner;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.fixture.Explaining;
import dev.ostiary.server.fixture.Ground;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Holds the query of every request to its plan: the token by its hash, then its one user by the
 * key, whether the plan was made when there was nobody or when there were thousands.
 */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("The plan of the query that finds a token's holder")
class TokenPlanTest {

    private static final Pattern PLACE = Pattern.compile("\\?");

    private final Ground ground;
    private final Org org;

    TokenPlanTest(DatabaseAccess access) {
        ground = new Ground(access);
        org = ground.acme;
    }

    @AfterAll
    void close() {
        ground.close();
    }

    @Test
    @DisplayName(
            "P20 young tables without statistics, ones that grew since, and tidied ones: one token, one user")
    void oneTokenThenItsUser() {
        assertPlans("when there is nobody");
        users(1, 40);
        assertPlans("of few users, never analyzed");
        users(41, 5_000);
        assertPlans("of many users");
        analyze();
        assertPlans("of many users, analyzed");
    }

    private void assertPlans(String when) {
        assertPlan("made for its values, " + when, forItsValues());
        assertPlan("prepared for any, " + when, forAny());
    }

    /** The user is found by both columns of its key, and nothing is joined with all of an org's. */
    private static void assertPlan(String which, String plan) {
        assertThat(plan)
                .as(which)
                .contains("users_pkey")
                .containsPattern(
                        "Index Cond: \\(\\(org_id = [^\\n]*\\) AND \\(id >= [^\\n]* AND \\(id <= ")
                .doesNotContain("Seq Scan on users", "users_login", "Hash Join", "Merge Join");
    }

    private String forItsValues() {
        return Explaining.plan(
                ground.database,
                org.number(),
                reader ->
                        new ApiTokenStore()
                                .holders(reader, Set.of(TokenHash.of(ApiTokens.KIND, "token"))));
    }

    /** As the driver's prepared statements are planned after a while. */
    private String forAny() {
        AtomicInteger places = new AtomicInteger();
        String prepared =
                PLACE.matcher(ApiTokenStore.HOLDERS)
                        .replaceAll(place -> "\\$" + places.incrementAndGet());
        return ground.database.write(
                org.number(),
                tx -> {
                    tx.run(Sql.of("SET LOCAL plan_cache_mode = force_generic_plan"));
                    tx.run(Sql.of("PREPARE holders (bigint, bigint, bytea[]) AS " + prepared));
                    String plan =
                            String.join(
                                    "\n",
                                    tx.list(
                                            Sql.of(
                                                    "EXPLAIN EXECUTE holders (1, 1, ARRAY['a'::bytea])"),
                                            row -> row.text(1)));
                    tx.run(Sql.of("DEALLOCATE holders"));
                    return plan;
                });
    }

    private void users(int first, int last) {
        ground.database.write(
                org.number(),
                tx ->
                        tx.run(
                                Sql.of(
                                        """
                                        INSERT INTO users (org_id, id, version, status, created,
                                            last_updated, profile, login_key, provider_type,
                                            provider_name, password_hook)
                                        SELECT ?, '00u' || n, 1, 'ACTIVE', ?, ?, '{}', 'user' || n,
                                            'OKTA', 'OKTA', false
                                        FROM generate_series(?, ?) n""",
                                        org.number(),
                                        org.created(),
                                        org.created(),
                                        first,
                                        last)));
    }

    private void analyze() {
        new SchemaOwner(ground.facts)
                .connected(
                        connection -> {
                            try (Statement statement = connection.createStatement()) {
                                for (String table : new String[] {"users", "api_token"}) {
                                    statement.execute("VACUUM ANALYZE " + table);
                                }
                            }
                        });
    }
}
