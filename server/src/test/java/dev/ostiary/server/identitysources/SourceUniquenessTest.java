package dev.ostiary.server.identitysources;

import static dev.ostiary.server.identitysources.SourceGround.user;
import static dev.ostiary.server.identitysources.SourceGround.users;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.fixture.AtOnce;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Unique attributes of a source's own schema")
class SourceUniquenessTest {

    private static final String TAKEN =
            "badge: An object with this field already exists in the current organization";

    private final SourceGround ground;

    SourceUniquenessTest(DatabaseAccess access) {
        ground = new SourceGround(access);
    }

    @AfterAll
    void close() {
        ground.close();
    }

    private String sourceWithBadges(Org org) {
        String source = ground.source(org);
        ground.call(
                org,
                "updateApplicationUserProfile",
                Map.of("appId", source),
                """
                {"definitions": {"custom": {"properties": {
                   "badge": {"title": "Badge", "type": "string", "unique": "UNIQUE_VALIDATED"}}}}}""");
        return source;
    }

    private static String person(String externalId, String badge) {
        return user(externalId, externalId + "@src.example", ",\"badge\":\"" + badge + "\"");
    }

    private JsonNode create(Org org, String source, String externalId, String badge) {
        return ground.on(org, source, "createIdentitySourceUser", person(externalId, badge));
    }

    private JsonNode rebadge(Org org, String source, String externalId, String badge) {
        return ground.user(
                org,
                source,
                externalId,
                "updateIdentitySourceUsers",
                "{\"profile\":{\"badge\":\"" + badge + "\"}}");
    }

    private static void taken(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo("E0000001");
                            assertThat(e.causes()).containsExactly(TAKEN);
                        });
    }

    private String badge(Org org, String source, String externalId) {
        return ground.user(org, source, externalId, "getIdentitySourceUser", "")
                .at("/profile/badge")
                .asString("");
    }

    @Test
    @DisplayName("a value that another user of the source has is refused in any case, whoever asks")
    void taken() {
        Org org = ground.org("unique-taken");
        String source = sourceWithBadges(org);
        create(org, source, "ann", "A-7");
        taken(() -> create(org, source, "bob", "a-7"));
        create(org, source, "bob", "B-1");
        taken(() -> rebadge(org, source, "bob", "A-7"));
        assertThat(badge(org, source, "bob")).isEqualTo("B-1");
        String eve =
                "{\"profile\":{\"firstName\":\"Eve\",\"lastName\":\"E\","
                        + "\"email\":\"eve@src.example\",\"login\":\"eve@src.example\"}}";
        String id = ground.call(org, "createUser", Map.of(), eve).path("id").asString();
        taken(
                () ->
                        ground.call(
                                org,
                                "assignUserToApplication",
                                Map.of("appId", source),
                                "{\"id\":\"" + id + "\",\"profile\":{\"badge\":\"A-7\"}}"));
    }

    @Test
    @DisplayName("what a user gives up is free, and what it keeps is no obstacle to itself")
    void freed() {
        Org org = ground.org("unique-freed");
        String source = sourceWithBadges(org);
        create(org, source, "ann", "A-7");
        assertThat(rebadge(org, source, "ann", "A-7").at("/profile/badge").asString())
                .isEqualTo("A-7");
        rebadge(org, source, "ann", "A-8");
        create(org, source, "bob", "A-7");
        assertThat(badge(org, source, "bob")).isEqualTo("A-7");
    }

    @Test
    @DisplayName("of an import, the users whose value is taken are passed over, and no others")
    void imported() {
        Org org = ground.org("unique-import");
        String source = sourceWithBadges(org);
        create(org, source, "ann", "A-7");
        JsonNode session =
                ground.imported(
                        org,
                        source,
                        "uploadIdentitySourceDataForUpsert",
                        users(
                                person("bob", "A-7"),
                                person("cat", "C-1"),
                                person("dan", "c-1"),
                                person("eli", "E-1")));
        assertThat(session.path("status").asString()).isEqualTo("COMPLETED");
        assertThat(ground.rows(org, "app_user")).isEqualTo(3);
        assertThat(badge(org, source, "cat")).isEqualTo("C-1");
        assertThat(badge(org, source, "eli")).isEqualTo("E-1");
        create(org, source, "dan", "D-1");
    }

    @Test
    @DisplayName("of many at once who want one value one gets it, and each other is told")
    void atOnce() throws Exception {
        Org org = ground.org("unique-at-once");
        String source = sourceWithBadges(org);
        List<Callable<String>> calls =
                IntStream.range(0, 8)
                        .<Callable<String>>mapToObj(
                                n ->
                                        () -> {
                                            try {
                                                create(org, source, "u" + n, "A-7");
                                                return "";
                                            } catch (ApiException refused) {
                                                return refused.causes().getFirst();
                                            }
                                        })
                        .toList();
        List<String> answers = AtOnce.call(calls);
        assertThat(answers).filteredOn(String::isEmpty).hasSize(1);
        assertThat(answers).filteredOn(TAKEN::equals).hasSize(7);
        assertThat(ground.rows(org, "app_user")).isEqualTo(1);
        assertThat(ground.rows(org, "unique_value")).isEqualTo(1);
    }
}
