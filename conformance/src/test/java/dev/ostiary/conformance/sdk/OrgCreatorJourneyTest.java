package dev.ostiary.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.okta.sdk.resource.client.ApiException;
import com.okta.sdk.resource.model.ChildOrg;
import com.okta.sdk.resource.model.LogEvent;
import com.okta.sdk.resource.model.OrgCreationAdmin;
import com.okta.sdk.resource.model.OrgCreationAdminCredentials;
import com.okta.sdk.resource.model.OrgCreationAdminCredentialsPassword;
import com.okta.sdk.resource.model.OrgCreationAdminProfile;
import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.RawTls;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(SuiteServer.class)
@DisplayName("Java SDK: an org makes another")
class OrgCreatorJourneyTest {

    private final Server server;
    private final OktaSdk sdk;

    OrgCreatorJourneyTest(Server server, Org org) {
        this.server = server;
        this.sdk = OktaSdk.of(server, org);
    }

    @Test
    @DisplayName(
            "P1 P20 P38 the new org answers by its host at once, its token is its administrator's, the parent's log has it")
    void child() {
        ChildOrg made = sdk.orgs().createChildOrg(order("by-sdk"));

        assertThat(made.getId()).startsWith("00o");
        assertThat(made.getSubdomain()).isEqualTo("by-sdk");
        assertThat(made.getStatus()).isEqualTo(ChildOrg.StatusEnum.ACTIVE);
        assertThat(made.getTokenType()).isEqualTo(ChildOrg.TokenTypeEnum.SSWS);
        assertThat(made.getSettings()).containsKeys("app", "userAccount", "portal", "logs");
        String token = Objects.requireNonNull(made.getToken());
        JsonNode me = get("by-sdk", "/api/v1/users/me", token).expect(200).json();
        assertThat(me.at("/profile/login").asString()).isEqualTo("ada@by-sdk.example");
        assertThat(me.at("/status").asString()).isEqualTo("ACTIVE");
        assertThat(get("by-sdk", "/api/v1/groups", token).status()).isEqualTo(200);
        assertThat(sdk.log().listLogEvents(null, null, null, null, null, null, null))
                .filteredOn(event -> made.getId().equals(target(event)))
                .extracting(LogEvent::getEventType)
                .containsExactly("system.org.lifecycle.create");
    }

    @Test
    @DisplayName(
            "P31 P40 the links of a new org lead to it, its contacts and its password policy; another's lead nowhere")
    void links() {
        ChildOrg made = sdk.orgs().createChildOrg(order("linked"));
        String token = Objects.requireNonNull(made.getToken());

        JsonNode org = get("linked", "/api/v1/orgs/linked", token).expect(200).json();
        assertThat(org.path("id").asString()).isEqualTo(made.getId());
        assertThat(org.path("name").asString()).isEqualTo("Made by the SDK: linked");
        assertThat(org.has("token")).isFalse();
        assertThat(org.at("/_links/organization/href").asString()).endsWith("/api/v1/orgs/linked");
        JsonNode contacts = get("linked", "/api/v1/orgs/linked/contacts", token).expect(200).json();
        assertThat(contacts.at("/0/contactType").asString()).isEqualTo("BILLING");
        JsonNode policy = get("linked", "/api/v1/orgs/linked/policy", token).expect(200).json();
        assertThat(policy.path("type").asString()).isEqualTo("PASSWORD");
        assertThat(policy.path("system").asBoolean()).isTrue();
        get("linked", "/api/v1/orgs/default", token).expect(404, "E0000007");
    }

    @Test
    @DisplayName("P6 a subdomain that is taken is told by its cause")
    void taken() {
        sdk.orgs().createChildOrg(order("taken-by-sdk"));

        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> sdk.orgs().createChildOrg(order("taken-by-sdk")))
                .satisfies(
                        thrown -> {
                            assertThat(thrown.getCode()).isEqualTo(400);
                            assertThat(OktaSdk.error(thrown).path("errorCauses").toString())
                                    .contains("subdomain: An object with this field");
                        });
    }

    private static String target(LogEvent event) {
        return event.getTarget() == null || event.getTarget().isEmpty()
                ? ""
                : String.valueOf(event.getTarget().getFirst().getId());
    }

    /** By a name that no resolver of this machine has to know. */
    private Answer get(String subdomain, String path, String token) {
        String host = subdomain + ".localhost";
        try (RawTls raw = RawTls.open(server.trust().context(), host, server.port())) {
            return raw.send(
                            "GET %s HTTP/1.1\r\nHost: %s:%d\r\nAuthorization: SSWS %s\r\n\r\n"
                                    .formatted(path, host, server.port(), token))
                    .read();
        }
    }

    private static ChildOrg order(String subdomain) {
        String mail = "ada@" + subdomain + ".example";
        return new ChildOrg()
                .subdomain(subdomain)
                .name("Made by the SDK: " + subdomain)
                .edition(ChildOrg.EditionEnum.SKU)
                .admin(
                        new OrgCreationAdmin()
                                .profile(
                                        new OrgCreationAdminProfile()
                                                .firstName("Ada")
                                                .lastName("Admin")
                                                .email(mail)
                                                .login(mail))
                                .credentials(
                                        new OrgCreationAdminCredentials()
                                                .password(
                                                        new OrgCreationAdminCredentialsPassword()
                                                                .value(Directory.PASSWORD))));
    }
}
