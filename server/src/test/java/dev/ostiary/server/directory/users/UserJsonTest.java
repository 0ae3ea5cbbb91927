package dev.ostiary.server.directory.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgSettings;
import dev.ostiary.server.directory.users.UserSamples.Sample;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class UserJsonTest {

    private static final String BASE = "https://acme.example:8443";
    private static final Org ORG =
            new Org(1, "00o0000000000000z1d7", "acme", null, OrgSettings.defaults(), Instant.EPOCH);

    private static String text(UserJson json, User user) {
        return new String(Json.bytes(out -> json.write(out, user)), StandardCharsets.UTF_8);
    }

    private static JsonNode tree(UserJson json, User user) {
        return Json.parse(text(json, user));
    }

    @Test
    @DisplayName("P32 in a list a user has everything but links, of which only self")
    void inListsOnlySelfIsLinked() {
        String self = BASE + "/api/v1/users/00u0000000000000a1d7";
        assertThat(text(UserJson.inList(BASE, ORG), Sample.in(UserStatus.ACTIVE).withQuestion()))
                .isEqualTo(
                        """
                        {"id":"00u0000000000000a1d7","status":"ACTIVE",\
                        "created":"2026-01-02T03:04:05.678Z","activated":null,\
                        "statusChanged":null,"lastLogin":null,\
                        "lastUpdated":"2026-01-02T03:04:05.678Z",\
                        "passwordChanged":"2026-01-02T03:04:05.678Z",\
                        "type":{"id":"oty0000000000000z1d7"},\
                        "profile":{"login":"ann@example.com","firstName":"Ann",\
                        "lastName":"Lee","email":"ann@example.com","mobilePhone":null},\
                        "realmId":"guo0000000000000z1d7",\
                        "credentials":{"password":{},"recovery_question":{"question":"Who?"},\
                        "provider":{"type":"OKTA","name":"OKTA"}},\
                        "_links":{"self":{"href":"%s"}}}"""
                                .formatted(self));
    }

    @ParameterizedTest(name = "{0}, password {1}")
    @CsvSource({
        "STAGED, false, activate deactivate",
        "PROVISIONED, false, reactivate suspend resetPassword deactivate",
        "ACTIVE, true, suspend resetPassword expirePassword forgotPassword changePassword"
                + " changeRecoveryQuestion deactivate",
        "SUSPENDED, true, unsuspend deactivate",
        "DEPROVISIONED, true, activate delete",
    })
    @DisplayName("P31 by id a user has the links of what its state allows")
    void actionsAreLinkedByStatus(UserStatus status, boolean password, String relations) {
        User user = password ? Sample.in(status).withPassword() : Sample.in(status).plain();
        JsonNode links = tree(UserJson.single(BASE, ORG), user).path("_links");
        assertThat(List.copyOf(links.propertyNames()).subList(0, 3))
                .containsExactly("self", "type", "schema");
        assertThat(List.copyOf(links.propertyNames()).subList(3, links.size()))
                .containsExactlyInAnyOrder(relations.split(" "));
    }

    @Test
    void anActionIsLinkedWithItsVerb() {
        JsonNode link =
                tree(UserJson.single(BASE, ORG), Sample.in(UserStatus.ACTIVE).plain())
                        .at("/_links/suspend");
        assertThat(link.toString())
                .isEqualTo(
                        "{\"href\":\"%s/api/v1/users/00u0000000000000a1d7/lifecycle/suspend\",\"method\":\"POST\"}"
                                .formatted(BASE));
    }

    @Test
    void credentialsAndTheirLinksCanBeLeftOut() {
        UserJson json =
                UserJson.single(BASE, ORG)
                        .without(
                                UserOmissions.of(
                                        Optional.of(
                                                "application/json; okta-response=\"omitCredentials,"
                                                        + "omitCredentialsLinks, other\"")));
        JsonNode user = tree(json, Sample.in(UserStatus.ACTIVE).withPassword());
        assertThat(user.has("credentials")).isFalse();
        assertThat(user.path("_links").propertyNames())
                .containsExactly(
                        "self", "type", "schema", "suspend", "expirePassword", "deactivate");
    }

    @Test
    void fieldsSelectPropertiesAndAttributesAndTheIdAlways() {
        UserJson json =
                UserJson.inList(BASE, ORG)
                        .only(UserFields.parse(Optional.of("status, profile:(firstName, city)")));
        assertThat(text(json, Sample.in(UserStatus.ACTIVE).plain()))
                .isEqualTo(
                        "{\"id\":\"00u0000000000000a1d7\",\"status\":\"ACTIVE\",\"profile\":{\"firstName\":\"Ann\"}}");
    }

    @Test
    void aWholeProfileCanBeSelected() {
        assertThat(UserFields.parse(Optional.of("profile")))
                .contains(new UserFields(Set.of("id", "profile"), Set.of()));
    }
}
