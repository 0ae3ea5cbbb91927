package dev.ostiary.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.okta.sdk.resource.api.LinkedObjectApi;
import com.okta.sdk.resource.api.UserLinkedObjectApi;
import com.okta.sdk.resource.client.ApiException;
import com.okta.sdk.resource.model.LinkedObject;
import com.okta.sdk.resource.model.LinkedObjectDetails;
import com.okta.sdk.resource.model.LinkedObjectDetailsType;
import com.okta.sdk.resource.model.User;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SuiteServer.class)
@DisplayName("Java SDK: linked objects")
class LinkedObjectJourneyTest {

    private final Org org;
    private final OktaSdk sdk;
    private final LinkedObjectApi definitions;
    private final UserLinkedObjectApi links;

    LinkedObjectJourneyTest(Server server, Org org) {
        this.org = org;
        this.sdk = OktaSdk.of(server, org);
        this.definitions = new LinkedObjectApi(sdk.client());
        this.links = new UserLinkedObjectApi(sdk.client());
    }

    @Test
    @DisplayName("a relation is defined, found by either name, listed and deleted")
    void defined() {
        LinkedObject made = define("mentor", "apprentice");
        assertThat(made.getPrimary().getTitle()).isEqualTo("The mentor");
        assertThat(definitions.getLinkedObjectDefinition("apprentice").getPrimary().getName())
                .isEqualTo("mentor");
        assertThat(definitions.listLinkedObjectDefinitions())
                .extracting(found -> found.getAssociated().getName())
                .contains("apprentice");
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> define("mentor", "pupil"))
                .satisfies(thrown -> assertThat(thrown.getCode()).isEqualTo(409));

        definitions.deleteLinkedObjectDefinition("apprentice");

        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> definitions.getLinkedObjectDefinition("mentor"))
                .satisfies(
                        thrown ->
                                assertThat(OktaSdk.error(thrown).get("errorSummary").asString())
                                        .isEqualTo(
                                                "Not found: Resource not found: mentor (LinkedObjectProperty)"));
    }

    @Test
    @DisplayName("users are linked, read from both sides, and unlinked; with a user its links go")
    void linked() {
        define("captain", "sailor");
        User captain = sdk.active("captain@example.com");
        User one = sdk.active("sailor-one@example.com");
        User two = sdk.active("sailor-two@example.com");
        assign(one, captain);
        assign(two, captain);
        assertThat(ids(one, "captain")).containsExactly(captain.getId());
        assertThat(ids(captain, "sailor")).containsExactlyInAnyOrder(one.getId(), two.getId());

        links.deleteLinkedObjectForUser(one.getId(), "captain");
        assertThat(ids(one, "captain")).isEmpty();

        org.http().delete("/api/v1/users/" + two.getId()).expect(204);
        assertThat(ids(captain, "sailor")).containsExactly(two.getId());
        org.http().delete("/api/v1/users/" + two.getId()).expect(204);
        assertThat(ids(captain, "sailor")).isEmpty();
    }

    private LinkedObject define(String primary, String associated) {
        return definitions.createLinkedObjectDefinition(
                new LinkedObject().primary(side(primary)).associated(side(associated)));
    }

    private static LinkedObjectDetails side(String name) {
        return new LinkedObjectDetails()
                .name(name)
                .title("The " + name)
                .description("Of a crew")
                .type(LinkedObjectDetailsType.USER);
    }

    /** For this one operation the SDK sends no API token by itself. */
    private void assign(User sailor, User captain) {
        links.assignLinkedObjectValueForPrimary(
                sailor.getId(),
                "captain",
                captain.getId(),
                Map.of("Authorization", "SSWS " + org.apiToken()));
    }

    private List<String> ids(User user, String relation) {
        return links.listLinkedObjectsForUser(user.getId(), relation).stream()
                .map(link -> String.valueOf(link.getLinks().getSelf().getHref()))
                .map(href -> href.substring(href.lastIndexOf('/') + 1))
                .toList();
    }
}
