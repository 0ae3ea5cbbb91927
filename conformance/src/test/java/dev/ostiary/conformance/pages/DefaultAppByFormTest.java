package dev.ostiary.conformance.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.SuiteServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(SuiteServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Given a brand with a default app")
class DefaultAppByFormTest {

    private static final String NEWS = "https://news.example.com/today";
    private static final String HOME = "/app/UserHome";
    private static final String NOWHERE = "";

    private final Org org;
    private final People people;
    private String app = "";

    DefaultAppByFormTest(Org org) {
        this.org = org;
        this.people = new People(org);
    }

    @BeforeAll
    void brand() {
        app = bookmark();
        name(app);
    }

    private String bookmark() {
        ObjectNode body =
                Json.object()
                        .put("name", "bookmark")
                        .put("label", "News")
                        .put("signOnMode", "BOOKMARK");
        body.putObject("settings").putObject("app").put("url", NEWS);
        return org.http().post("/api/v1/apps", body).expect(200).text("id");
    }

    private Answer name(String id) {
        ObjectNode body = Json.object().put("name", "Leading");
        body.putObject("defaultApp")
                .put("appInstanceId", id)
                .put("appLinkName", "bookmark_link")
                .putNull("classicApplicationUri");
        return org.http().put("/api/v1/brands/" + brandId(), body).expect(200);
    }

    private String brandId() {
        return org.http().get("/api/v1/brands").expect(200).json().at("/0/id").asString();
    }

    /** The app becomes the user's. */
    private String given(String login) {
        org.http()
                .post(
                        "/api/v1/apps/" + app + "/users",
                        Json.object()
                                .put(
                                        "id",
                                        org.http()
                                                .get("/api/v1/users/" + login)
                                                .expect(200)
                                                .text("id")))
                .expect(200);
        return login;
    }

    private String link() {
        return org.url() + "/home/bookmark/" + app + "/aln" + app.substring(3);
    }

    @Test
    @DisplayName("when somebody who has it signs in and wants nowhere, then the browser goes there")
    void theirs() {
        FormBrowser browser = new FormBrowser(org);

        Answer in = browser.signIn(given(people.active()), NOWHERE).expect(200);

        assertThat(in.header("Refresh")).contains("0;url=" + link());
        assertThat(browser.hasSession()).isTrue();
        assertThat(browser.follow(in).expect(302).header("Location")).contains(NEWS);
        assertThat(browser.get("/login/default").expect(200).header("Refresh"))
                .contains("0;url=" + link());
    }

    @Test
    @DisplayName("when somebody who has it not signs in, then the browser goes home")
    void notTheirs() {
        FormBrowser browser = new FormBrowser(org);

        Answer in = browser.signIn(people.active(), NOWHERE).expect(303);

        assertThat(in.header("Location")).contains(HOME);
        assertThat(browser.get("/login/default").expect(303).header("Location")).contains(HOME);
    }

    @Test
    @DisplayName("when the browser wants somewhere, then it goes there")
    void wanted() {
        FormBrowser browser = new FormBrowser(org);

        Answer in = browser.signIn(given(people.active()), HOME).expect(303);

        assertThat(in.header("Location")).contains(org.url() + HOME);
    }

    @Test
    @DisplayName("when nobody is signed in, then /login/default is the way to it all the same")
    void byDefault() {
        FormBrowser browser = new FormBrowser(org);

        Answer first = browser.get("/login/default").expect(302);

        assertThat(first.header("Location")).contains("/signin");
        browser.follow(first).expect(200);
        assertThat(browser.signIn(given(people.active()), NOWHERE).header("Refresh"))
                .contains("0;url=" + link());
    }

    @Test
    @DisplayName("when the app is deleted, then the brand names none, and the browser goes home")
    void deleted() {
        String news = app;
        String other = bookmark();
        name(other);
        org.http().post("/api/v1/apps/" + other + "/lifecycle/deactivate").expect(200);
        org.http().delete("/api/v1/apps/" + other).expect(204);

        assertThat(
                        org.http()
                                .get("/api/v1/brands/" + brandId())
                                .expect(200)
                                .json()
                                .at("/defaultApp/appInstanceId")
                                .isNull())
                .isTrue();
        assertThat(
                        new FormBrowser(org)
                                .signIn(given(people.active()), NOWHERE)
                                .expect(303)
                                .header("Location"))
                .contains(HOME);
        name(news);
    }
}
