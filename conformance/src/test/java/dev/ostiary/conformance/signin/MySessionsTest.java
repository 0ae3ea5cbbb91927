package dev.ostiary.conformance.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.ClientApp;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.ServiceApp;
import dev.ostiary.conformance.harness.SuiteServer;
import dev.ostiary.conformance.harness.UserApp;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SuiteServer.class)
@DisplayName("A user's own sessions, by an app that acts for the user")
class MySessionsTest {

    private static final String SESSIONS = "/idp/myaccount/sessions";
    private static final String SCOPE = "okta.myAccount.sessions.manage";
    private static final String ME = "/api/v1/sessions/me";

    private final Org org;
    private final SignIns users;
    private final UserApp app;

    MySessionsTest(Org org) {
        this.org = org;
        this.users = new SignIns(org);
        this.app = UserApp.register(org, "Settings").granted(SCOPE);
    }

    /**
     * Somebody who came into an app.
     *
     * @param browser the browser that was sent there
     * @param access the app's access token
     * @param refresh and its refresh token
     */
    private record Come(Http browser, String access, String refresh) {}

    private Come comes(String login) {
        Map<String, String> asked = app.client().request("scope", "openid offline_access " + SCOPE);
        asked.put("sessionToken", ClientApp.sessionToken(org, login));
        Answer sent = app.client().authorize(asked).expect(302);
        String cookie = sent.header("Set-Cookie").orElseThrow();
        Map<String, String> tokens = app.tokens(ClientApp.said(ClientApp.answer(sent), "code"));
        return new Come(
                org.nobody().with("Cookie", cookie.substring(0, cookie.indexOf(';'))),
                ClientApp.said(tokens, "access"),
                ClientApp.said(tokens, "refresh"));
    }

    @Test
    @DisplayName("P23 end everywhere, and with them all that apps have")
    void everywhere() {
        String login = users.active();
        Come here = comes(login);
        Come there = comes(login);
        Come another = comes(users.active());

        app.with(here.access()).delete(SESSIONS).expect(204);

        here.browser().get(ME).expect(404);
        there.browser().get(ME).expect(404);
        app.with(here.access()).delete(SESSIONS).expect(401, "E0000011");
        app.with(there.access()).delete(SESSIONS).expect(401, "E0000011");
        app.client().refresh(there.refresh()).expect(400);
        another.browser().get(ME).expect(200);
        assertThat(users.events("user.session.clear", login)).hasSize(1);
        assertThat(users.events("app.oauth2.token.revoke.implicit.user", login)).hasSize(1);
    }

    @Test
    @DisplayName("end everywhere else: the token that asks stays, with the session it came by")
    void elsewhere() {
        String login = users.active();
        Come here = comes(login);
        Come there = comes(login);

        app.with(here.access())
                .delete(SESSIONS + "?excludeCurrentAuthorizationContext=true")
                .expect(204);

        here.browser().get(ME).expect(200);
        there.browser().get(ME).expect(404);
        app.client().refresh(there.refresh()).expect(400);
        String next = app.client().refresh(here.refresh()).expect(200).text("access_token");
        app.with(next).delete(SESSIONS + "?oauthTokens=false").expect(204);
        here.browser().get(ME).expect(404);
    }

    @Test
    @DisplayName("end alone: apps keep what they have")
    void sessionsAlone() {
        String login = users.active();
        Come here = comes(login);

        app.with(here.access()).delete(SESSIONS + "?oauthTokens=false").expect(204);

        here.browser().get(ME).expect(404);
        assertThat(app.client().isActive(here.access())).isTrue();
        assertThat(users.events("app.oauth2.token.revoke.implicit.user", login)).isEmpty();
    }

    @Test
    @DisplayName("a session token and a sign-in that was begun are over, too")
    void underWay() {
        String login = users.active();
        Come here = comes(login);
        String begun = ClientApp.sessionToken(org, login);

        app.with(here.access())
                .delete(SESSIONS + "?excludeCurrentAuthorizationContext=true")
                .expect(204);

        org.nobody()
                .post("/api/v1/sessions", "{\"sessionToken\":\"" + begun + "\"}")
                .expect(401, "E0000004");
    }

    @Test
    @DisplayName("P21 a client that acts for itself has no account")
    void clientForItself() {
        ServiceApp service = ServiceApp.register(org, Set.of(SCOPE));

        service.with(service.token(SCOPE)).delete(SESSIONS).expect(403, "E0000006");
    }

    @Test
    @DisplayName("the version of the API is the one that there is, or none is named")
    void version() {
        String login = users.active();
        Http asking = app.with(comes(login).access());
        String kept = SESSIONS + "?oauthTokens=false";

        asking.with("Accept", "application/json; okta-version=2.0.0")
                .delete(kept)
                .expect(406, "E0000149");
        asking.with("Accept", "application/json; okta-version=1.0.0").delete(kept).expect(204);
        asking.with("Accept", "*/*").delete(kept).expect(204);
    }
}
