package dev.ostiary.conformance.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.okta.sdk.resource.api.AuthenticatorApi;
import com.okta.sdk.resource.api.UserFactorApi;
import com.okta.sdk.resource.client.ApiException;
import com.okta.sdk.resource.model.AuthenticatorBase;
import com.okta.sdk.resource.model.AuthenticatorKeyEnum;
import com.okta.sdk.resource.model.AuthenticatorMethodType;
import com.okta.sdk.resource.model.LifecycleStatus;
import com.okta.sdk.resource.model.UserFactorType;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SuiteServer.class)
@DisplayName("Java SDK: authenticators")
class AuthenticatorJourneyTest {

    private final Server server;
    private final OktaSdk sdk;
    private final AuthenticatorApi authenticators;

    AuthenticatorJourneyTest(Server server, Org org) {
        this.server = server;
        this.sdk = OktaSdk.of(server, org);
        this.authenticators = new AuthenticatorApi(sdk.client());
    }

    @Test
    @DisplayName(
            "a fresh org has five, one more is made, and what is deactivated is offered to nobody")
    void journey() {
        assertThat(authenticators.listAuthenticators())
                .extracting(AuthenticatorBase::getKey)
                .containsExactly(
                        AuthenticatorKeyEnum.OKTA_EMAIL,
                        AuthenticatorKeyEnum.OKTA_PASSWORD,
                        AuthenticatorKeyEnum.PHONE_NUMBER,
                        AuthenticatorKeyEnum.SECURITY_QUESTION,
                        AuthenticatorKeyEnum.OKTA_VERIFY);
        String user = Objects.requireNonNull(sdk.active("authenticators@example.com").getId());
        assertThat(offered(user)).doesNotContain(UserFactorType.WEBAUTHN);

        AuthenticatorBase wanted = new AuthenticatorBase();
        wanted.setKey(AuthenticatorKeyEnum.WEBAUTHN);
        wanted.setName("Keys");
        AuthenticatorBase made = authenticators.createAuthenticator(wanted, null);
        assertThat(made.getStatus()).isEqualTo(LifecycleStatus.ACTIVE);
        String id = Objects.requireNonNull(made.getId());
        assertThat(id).startsWith("aut").hasSize(20);
        assertThat(offered(user)).contains(UserFactorType.WEBAUTHN);

        assertThat(authenticators.deactivateAuthenticator(id).getStatus())
                .isEqualTo(LifecycleStatus.INACTIVE);
        assertThat(offered(user)).doesNotContain(UserFactorType.WEBAUTHN);
        assertThat(authenticators.getAuthenticator(id).getName()).isEqualTo("Keys");
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> authenticators.createAuthenticator(wanted, null))
                .satisfies(thrown -> assertThat(thrown.getCode()).isEqualTo(400));

        AuthenticatorApi there = new AuthenticatorApi(OktaSdk.of(server, server.newOrg()).client());
        assertThat(there.listAuthenticators()).hasSize(5);
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> there.getAuthenticator(id))
                .satisfies(thrown -> assertThat(thrown.getCode()).isEqualTo(404));
    }

    @Test
    @DisplayName("the password stays in use, and of a phone's methods one can go")
    void kept() {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(
                        () ->
                                authenticators.deactivateAuthenticator(
                                        id(AuthenticatorKeyEnum.OKTA_PASSWORD)))
                .satisfies(
                        thrown -> {
                            assertThat(thrown.getCode()).isEqualTo(403);
                            assertThat(OktaSdk.error(thrown).path("errorCode").asString())
                                    .isEqualTo("E0000148");
                            assertThat(
                                            OktaSdk.error(thrown)
                                                    .at("/errorCauses/0/errorSummary")
                                                    .asString())
                                    .isEqualTo("Authenticator Enrollment Policies: Default Policy");
                        });
        String phone = id(AuthenticatorKeyEnum.PHONE_NUMBER);
        assertThat(
                        authenticators
                                .deactivateAuthenticatorMethod(phone, AuthenticatorMethodType.VOICE)
                                .getStatus())
                .isEqualTo(LifecycleStatus.INACTIVE);
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(
                        () ->
                                authenticators.deactivateAuthenticatorMethod(
                                        phone, AuthenticatorMethodType.SMS))
                .satisfies(thrown -> assertThat(thrown.getCode()).isEqualTo(400));
        assertThat(
                        authenticators
                                .activateAuthenticatorMethod(phone, AuthenticatorMethodType.VOICE)
                                .getStatus())
                .isEqualTo(LifecycleStatus.ACTIVE);
    }

    @Test
    @DisplayName(
            "P5 a make of security keys is patched by the media type that clients send with it")
    void patchedModel() {
        Http http = server.newOrg().http();
        String keys =
                http.post("/api/v1/authenticators", "{\"key\":\"webauthn\",\"name\":\"Keys\"}")
                        .expect(200)
                        .text("id");
        String models = "/api/v1/authenticators/" + keys + "/aaguids";
        String model = "2fc0579f-8113-47ea-b116-bb5a8db9202a";
        http.post(
                        models,
                        "{\"aaguid\":\""
                                + model
                                + "\",\"authenticatorCharacteristics\":{\"hardwareProtected\":true}}")
                .expect(200);
        assertThat(
                        http.with("Content-Type", "application/merge-patch+json")
                                .send(
                                        "PATCH",
                                        models + "/" + model,
                                        "{\"name\":\"Patched\"}".getBytes(UTF_8))
                                .expect(200)
                                .text("name"))
                .isEqualTo("Patched");
    }

    private String id(AuthenticatorKeyEnum key) {
        return authenticators.listAuthenticators().stream()
                .filter(each -> each.getKey() == key)
                .map(AuthenticatorBase::getId)
                .findFirst()
                .orElseThrow();
    }

    private List<UserFactorType> offered(String user) {
        return new UserFactorApi(sdk.client())
                .listSupportedFactors(user).stream().map(each -> each.getFactorType()).toList();
    }
}
