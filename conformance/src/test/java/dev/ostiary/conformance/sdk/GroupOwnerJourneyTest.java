package dev.ostiary.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.okta.sdk.resource.api.GroupOwnerApi;
import com.okta.sdk.resource.client.ApiException;
import com.okta.sdk.resource.group.GroupBuilder;
import com.okta.sdk.resource.model.AssignGroupOwnerRequestBody;
import com.okta.sdk.resource.model.Group;
import com.okta.sdk.resource.model.GroupOwner;
import com.okta.sdk.resource.model.GroupOwnerOriginType;
import com.okta.sdk.resource.model.GroupOwnerType;
import com.okta.sdk.resource.model.User;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SuiteServer.class)
@DisplayName("Java SDK: group owners")
class GroupOwnerJourneyTest {

    private final Org org;
    private final OktaSdk sdk;
    private final GroupOwnerApi owners;

    GroupOwnerJourneyTest(Server server, Org org) {
        this.org = org;
        this.sdk = OktaSdk.of(server, org);
        this.owners = new GroupOwnerApi(sdk.client());
    }

    @Test
    @DisplayName("users and groups are made owners, listed by type and in pages, and dismissed")
    void owned() {
        Group fleet = group("Fleet");
        Group admiralty = group("Admiralty");
        User admiral = sdk.active("admiral@example.com");

        GroupOwner made = assign(fleet, admiral.getId(), GroupOwnerType.USER);
        assertThat(made.getDisplayName()).isEqualTo("Grace Hopper");
        assertThat(made.getOriginType()).isEqualTo(GroupOwnerOriginType.OKTA_DIRECTORY);
        assertThat(made.getResolved()).isTrue();
        assertThat(made.getLastUpdated()).isNotNull();
        assign(fleet, admiralty.getId(), GroupOwnerType.GROUP);
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> assign(fleet, admiral.getId(), GroupOwnerType.USER))
                .satisfies(
                        thrown ->
                                assertThat(OktaSdk.error(thrown).get("errorSummary").asString())
                                        .isEqualTo("Api validation failed: owner"));

        assertThat(owners.listGroupOwners(fleet.getId(), "type eq \"GROUP\"", null, null))
                .extracting(GroupOwner::getDisplayName)
                .containsExactly("Admiralty");
        List<GroupOwner> paged =
                OktaSdk.pages(after -> owners.listGroupOwners(fleet.getId(), null, after, 1));
        assertThat(paged)
                .extracting(GroupOwner::getId)
                .containsExactlyInAnyOrder(admiral.getId(), admiralty.getId());

        owners.deleteGroupOwner(fleet.getId(), admiralty.getId());
        assertThat(ids(fleet)).containsExactly(admiral.getId());
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> owners.deleteGroupOwner(fleet.getId(), admiralty.getId()))
                .satisfies(thrown -> assertThat(thrown.getCode()).isEqualTo(404));
    }

    @Test
    @DisplayName("owners vanish with their user, once it is deleted, or with their group")
    void vanish() {
        Group squadron = group("Squadron");
        Group staff = group("Staff");
        User commodore = sdk.active("commodore@example.com");
        assign(squadron, commodore.getId(), GroupOwnerType.USER);
        assign(squadron, staff.getId(), GroupOwnerType.GROUP);

        sdk.groups().deleteGroup(staff.getId());
        assertThat(ids(squadron)).containsExactly(commodore.getId());

        org.http().delete("/api/v1/users/" + commodore.getId()).expect(204);
        assertThat(ids(squadron)).containsExactly(commodore.getId());
        org.http().delete("/api/v1/users/" + commodore.getId()).expect(204);
        assertThat(ids(squadron)).isEmpty();
    }

    private GroupOwner assign(Group group, String owner, GroupOwnerType type) {
        return owners.assignGroupOwner(
                group.getId(), new AssignGroupOwnerRequestBody().id(owner).type(type));
    }

    private List<String> ids(Group group) {
        return owners.listGroupOwners(group.getId(), null, null, null).stream()
                .map(owner -> String.valueOf(owner.getId()))
                .toList();
    }

    private Group group(String name) {
        return GroupBuilder.instance()
                .setName(name)
                .setDescription("Of the navy")
                .buildAndCreate(sdk.groups());
    }
}
