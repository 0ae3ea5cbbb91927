package dev.ostiary.server.orgs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.http.Handler;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Orgs that the operator and the default org's administrators make and end")
class OrgsTest {

    private final OrgGround world;
    private final Org home;

    OrgsTest(DatabaseAccess access) {
        world = new OrgGround(access);
        home = world.ground.acme;
    }

    @BeforeEach
    void quiet() {
        world.ground.database.acrossOrgs(tx -> tx.run(Sql.of("DELETE FROM system_log")));
    }

    @AfterAll
    void close() {
        world.close();
    }

    @Test
    @DisplayName("P38 given an administrator asks, then the log of the default org has both events")
    void administrator() {
        String id =
                Json.parse(
                                answer(
                                                OrgGround.byAdministrator(
                                                        home,
                                                        "createOstiaryOrg",
                                                        Map.of(),
                                                        "{\"name\":\"shop\"}"))
                                        .body())
                        .path("id")
                        .stringValue();
        answer(OrgGround.byAdministrator(home, "deleteOstiaryOrg", Map.of("orgId", id), ""));

        assertThat(world.types(home))
                .containsExactly("system.org.lifecycle.create", "account.org.delete.request");
        assertThat(world.log(home))
                .allSatisfy(
                        event -> assertThat(event.at("/target/0/id").stringValue()).isEqualTo(id));
        assertThat(world.store.byName("shop")).isEmpty();
        assertThat(world.hosts).doesNotContain("shop");
    }

    @Test
    @DisplayName("P38 given the operator asks, who is of no org, then no other org's log says it")
    void operator() {
        answer(
                OrgGround.byOperator(
                        home, "createOstiaryOrg", Map.of(), "{\"name\":\"by-operator\"}"));

        Org made = world.store.byName("by-operator").orElseThrow();
        assertThat(world.types(home)).isEmpty();
        assertThat(world.types(made)).contains("system.org.lifecycle.create");
        answer(OrgGround.byOperator(home, "deleteOstiaryOrg", Map.of("orgId", "by-operator"), ""));
        assertThat(world.types(home)).isEmpty();
    }

    @Test
    @DisplayName("P6 P38 a name that is taken is refused, and the log says nothing")
    void taken() {
        assertThatThrownBy(
                        () ->
                                answer(
                                        OrgGround.byAdministrator(
                                                home,
                                                "createOstiaryOrg",
                                                Map.of(),
                                                "{\"name\":\"other\"}")))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refused ->
                                assertThat(refused.causes())
                                        .containsExactly("name: " + NewOrg.TAKEN));
        assertThat(world.types(home)).isEmpty();
    }

    private Reply answer(Request request) {
        Handler handler =
                world.orgs.bindings().stream()
                        .filter(each -> each.operationId().equals(request.operation().id()))
                        .findFirst()
                        .orElseThrow()
                        .handler();
        return handler.handle(request);
    }
}
