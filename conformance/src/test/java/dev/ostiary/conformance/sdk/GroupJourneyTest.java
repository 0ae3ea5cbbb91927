package dev.ostiary.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.okta.sdk.resource.client.ApiException;
import com.okta.sdk.resource.group.GroupBuilder;
import com.okta.sdk.resource.model.AddGroupRequest;
import com.okta.sdk.resource.model.Group;
import com.okta.sdk.resource.model.GroupType;
import com.okta.sdk.resource.model.OktaUserGroupProfile;
import com.okta.sdk.resource.model.User;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SuiteServer.class)
@DisplayName("Java SDK: groups")
class GroupJourneyTest {

    private final OktaSdk sdk;

    GroupJourneyTest(Server server, Org org) {
        this.sdk = OktaSdk.of(server, org);
    }

    @Test
    @DisplayName("a group is made, read, renamed and deleted")
    void lives() {
        Group made = group("Harbour", "Ships at rest");
        assertThat(made.getId()).startsWith("00g").hasSize(20);
        assertThat(made.getType()).isEqualTo(GroupType.OKTA_GROUP);
        assertThat(made.getObjectClass()).containsExactly("okta:user_group");

        Group renamed =
                sdk.groups()
                        .replaceGroup(
                                made.getId(),
                                new AddGroupRequest()
                                        .profile(
                                                new OktaUserGroupProfile()
                                                        .name("Haven")
                                                        .description("Safe")));
        assertThat(renamed.getProfile().getName()).isEqualTo("Haven");
        assertThat(sdk.groups().getGroup(made.getId()).getProfile().getDescription())
                .isEqualTo("Safe");

        sdk.groups().deleteGroup(made.getId());
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> sdk.groups().getGroup(made.getId()))
                .satisfies(thrown -> assertThat(thrown.getCode()).isEqualTo(404));
    }

    @Test
    @DisplayName("members come and go, and are listed in pages")
    void members() {
        Group made = group("Regatta", "Many boats");
        List<String> ids =
                IntStream.range(0, 25)
                        .mapToObj(
                                i ->
                                        OktaSdk.named("sailor" + i + "@example.com")
                                                .setActive(false)
                                                .buildAndCreate(sdk.users()))
                        .map(User::getId)
                        .toList();
        ids.forEach(id -> sdk.groups().assignUserToGroup(made.getId(), id));

        List<User> listed =
                OktaSdk.pages(after -> sdk.groups().listGroupUsers(made.getId(), after, 10));
        assertThat(listed).extracting(User::getId).containsExactlyInAnyOrderElementsOf(ids);

        ids.subList(0, 20).forEach(id -> sdk.groups().unassignUserFromGroup(made.getId(), id));
        assertThat(sdk.groups().listGroupUsers(made.getId(), null, null))
                .extracting(User::getId)
                .containsExactlyInAnyOrderElementsOf(ids.subList(20, 25));
        assertThat(sdk.groups().getGroup(made.getId()).getLastMembershipUpdated())
                .isAfterOrEqualTo(made.getCreated());
    }

    @Test
    @DisplayName("groups are found by q, filter and search")
    void finds() {
        Group made = group("Lighthouse keepers", "They see far");

        assertThat(names(list("Lighth", null, null))).containsExactly("Lighthouse keepers");
        assertThat(names(list(null, "id eq \"" + made.getId() + "\"", null)))
                .containsExactly("Lighthouse keepers");
        assertThat(names(list(null, "type eq \"BUILT_IN\"", null))).contains("Everyone");
        assertThat(names(list(null, null, "profile.name sw \"Lighthouse\"")))
                .containsExactly("Lighthouse keepers");
        assertThat(
                        names(
                                list(
                                        null,
                                        null,
                                        "profile.description co \"see far\" and type eq \"OKTA_GROUP\"")))
                .containsExactly("Lighthouse keepers");
    }

    @Test
    @DisplayName("groups are listed in pages, each once")
    void pages() {
        IntStream.range(0, 12).forEach(i -> group("Pier " + i, "numbered"));

        List<Group> all =
                OktaSdk.pages(
                        after ->
                                sdk.groups()
                                        .listGroups(
                                                null,
                                                null,
                                                after,
                                                5,
                                                null,
                                                "profile.name sw \"Pier \"",
                                                null,
                                                null));

        assertThat(names(all))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 12).mapToObj(i -> "Pier " + i).toList());
    }

    @Test
    @DisplayName("Everyone holds everyone, and nobody changes that")
    void everyone() {
        User made = sdk.active("someone@example.com");
        Group everyone =
                list(null, "type eq \"BUILT_IN\"", null).stream()
                        .filter(group -> "Everyone".equals(group.getProfile().getName()))
                        .findFirst()
                        .orElseThrow();

        assertThat(
                        OktaSdk.pages(
                                after -> sdk.groups().listGroupUsers(everyone.getId(), after, 100)))
                .extracting(User::getId)
                .contains(made.getId());
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> sdk.groups().deleteGroup(everyone.getId()));
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(
                        () -> sdk.groups().unassignUserFromGroup(everyone.getId(), made.getId()));
        assertThat(sdk.resources().listUserGroups(made.getId()))
                .extracting(group -> group.getProfile().getName())
                .containsExactly("Everyone");
    }

    @Test
    @DisplayName("a second group of the same name is refused")
    void uniqueNames() {
        group("Only one", "of its kind");

        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> group("Only one", "again"))
                .satisfies(
                        thrown -> {
                            assertThat(thrown.getCode()).isEqualTo(400);
                            assertThat(OktaSdk.error(thrown).get("errorCode").asString())
                                    .isEqualTo("E0000001");
                        });
    }

    @Test
    @DisplayName("a deleted group is no longer among its members' groups")
    void deletionEndsMemberships() {
        User made = sdk.active("left-alone@example.com");
        Group group = group("Short-lived", "soon gone");
        sdk.groups().assignUserToGroup(group.getId(), made.getId());

        sdk.groups().deleteGroup(group.getId());

        assertThat(sdk.resources().listUserGroups(made.getId()))
                .extracting(found -> found.getProfile().getName())
                .containsExactly("Everyone");
    }

    private Group group(String name, String description) {
        return GroupBuilder.instance()
                .setName(name)
                .setDescription(description)
                .buildAndCreate(sdk.groups());
    }

    private List<Group> list(@Nullable String q, @Nullable String filter, @Nullable String search) {
        return sdk.groups().listGroups(q, filter, null, null, null, search, null, null);
    }

    private static List<String> names(List<Group> groups) {
        return groups.stream().map(group -> String.valueOf(group.getProfile().getName())).toList();
    }
}
