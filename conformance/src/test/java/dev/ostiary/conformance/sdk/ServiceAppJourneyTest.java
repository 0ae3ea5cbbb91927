package dev.ostiary.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.okta.sdk.resource.client.ApiException;
import com.okta.sdk.resource.group.GroupBuilder;
import com.okta.sdk.resource.model.Group;
import com.okta.sdk.resource.model.User;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.ServiceApp;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SuiteServer.class)
@DisplayName("Java SDK with a private key instead of a token")
class ServiceAppJourneyTest {

    private static final Set<String> SCOPES = Set.of("okta.users.manage", "okta.groups.manage");

    private final Server server;
    private final Org org;

    ServiceAppJourneyTest(Server server, Org org) {
        this.server = server;
        this.org = org;
    }

    @Test
    @DisplayName("makes users and groups, and reads them page by page")
    void bearer() {
        journey(ServiceApp.register(org, SCOPES), "bearer");
    }

    @Test
    @DisplayName("does the same with tokens that are bound to a key")
    void bound() {
        journey(ServiceApp.bound(org, SCOPES), "bound");
    }

    private void journey(ServiceApp app, String name) {
        OktaSdk sdk = OktaSdk.of(server, app, SCOPES);

        User user = sdk.active(name + "@service.example.com");
        Group group =
                GroupBuilder.instance()
                        .setName(name + " crew")
                        .setDescription("hired by machines")
                        .buildAndCreate(sdk.groups());
        sdk.groups().assignUserToGroup(group.getId(), user.getId());
        IntStream.range(0, 5)
                .forEach(
                        i ->
                                OktaSdk.named(name + i + "@service.example.com")
                                        .setActive(false)
                                        .setGroups(group.getId())
                                        .buildAndCreate(sdk.users()));

        List<String> members =
                OktaSdk.pages(after -> sdk.groups().listGroupUsers(group.getId(), after, 2))
                        .stream()
                        .map(each -> each.getProfile().getLogin())
                        .toList();
        assertThat(members).hasSize(6).contains(user.getProfile().getLogin());
        assertThat(sdk.users().getUser(user.getProfile().getLogin(), null, null).getId())
                .isEqualTo(user.getId());
        sdk.lifecycle().suspendUser(user.getId());
        assertThat(org.http().get("/api/v1/users/" + user.getId()).expect(200).text("status"))
                .isEqualTo("SUSPENDED");
    }

    @Test
    @DisplayName("is told what it may not: 403 with the API's error")
    void forbidden() {
        OktaSdk sdk =
                OktaSdk.of(
                        server,
                        ServiceApp.register(org, Set.of("okta.users.read")),
                        Set.of("okta.users.read"));

        assertThat(sdk.users().getUser(org.adminLogin(), null, null).getId()).startsWith("00u");
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> sdk.active("nobody@service.example.com"))
                .satisfies(
                        thrown -> {
                            assertThat(thrown.getCode()).isEqualTo(403);
                            assertThat(OktaSdk.error(thrown).path("errorCode").asString())
                                    .isEqualTo("E0000006");
                        });
    }
}
