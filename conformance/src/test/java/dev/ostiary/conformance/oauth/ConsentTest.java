package dev.ostiary.conformance.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.ClientApp;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.SuiteServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(SuiteServer.class)
@DisplayName("Consent")
class ConsentTest {

    private final Org org;

    ConsentTest(Org org) {
        this.org = org;
    }

    @Test
    @DisplayName("is asked for once, kept, listed, and asked for again when it was taken back")
    void whole() {
        Consenting asked = Consenting.of(org);
        assertThat(ClientApp.answer(asked.ask("prompt", "none").expect(302)))
                .containsEntry("error", "consent_required");
        Answer page = asked.ask().expect(200);
        assertThat(page.text())
                .contains("Drive your car")
                .contains("With you &lt;in&gt; it")
                .doesNotContain("<in>");
        assertThat(page.lines("Content-Security-Policy"))
                .singleElement()
                .asString()
                .contains("form-action 'self' https://app.example.com;")
                .contains("frame-ancestors 'none'");
        Answer back = asked.answer(page, "allow").expect(302);
        assertThat(back.header("Location").orElseThrow()).startsWith(ClientApp.CALLBACK + "?");
        JsonNode tokens =
                asked.app()
                        .redeem(ClientApp.said(ClientApp.answer(back), "code"))
                        .expect(200)
                        .json();
        assertThat(tokens.get("scope").asString()).contains(Consenting.SCOPE);

        assertThat(ClientApp.answer(asked.ask().expect(302))).containsKey("code");
        asked.ask("prompt", "consent").expect(200);
        JsonNode grant = asked.grants().get(0);
        assertThat(grant.get("clientId").asString()).isEqualTo(asked.app().id());
        assertThat(grant.get("source").asString()).isEqualTo("END_USER");
        assertThat(grant.at("/_links/scope/title").asString()).isEqualTo(Consenting.SCOPE);
        String grants = "/api/v1/users/" + asked.user() + "/grants/";
        org.http().delete(grants + grant.get("id").asString()).expect(204);
        org.http().get(grants + grant.get("id").asString()).expect(404, "E0000007");
        asked.answer(asked.ask().expect(200), "allow").expect(302);
        String app = "/api/v1/apps/" + asked.app().id();
        org.http().post(app + "/lifecycle/deactivate").expect(200);
        assertThat(asked.grants()).hasSize(1);
        org.http().delete(app).expect(204);
        assertThat(asked.grants()).isEmpty();
        assertThat(org.http().get("/api/v1/logs?limit=1000").expect(200).text())
                .contains("app.oauth2.as.consent.grant")
                .contains("app.oauth2.as.consent.revoke")
                .contains("app.oauth2.as.consent.revoke.implicit.client");
    }

    @Test
    @DisplayName("who says no sends the app back with nothing, and is asked again next time")
    void denied() {
        Consenting asked = Consenting.of(org);
        Answer page = asked.ask().expect(200);
        assertThat(ClientApp.answer(asked.answer(page, "deny").expect(302)))
                .containsEntry("error", "access_denied")
                .containsEntry("state", "a-state");
        assertThat(asked.grants()).isEmpty();
        asked.answer(page, "allow").expect(400, "login_required");
        asked.ask().expect(200);
    }

    @Test
    @DisplayName(
            "is nobody else's to give: a form of another site, or without the page, is refused")
    void forged() {
        Consenting asked = Consenting.of(org);
        Answer page = asked.ask().expect(200);
        org.nobody()
                .with("Cookie", "sid=" + asked.cookie())
                .with("Content-Type", "application/x-www-form-urlencoded")
                .send(
                        "POST",
                        "/oauth2/v1/authorize/consent",
                        Consenting.form(page, "allow")
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .expect(403);
        assertThat(asked.grants()).isEmpty();
    }
}
