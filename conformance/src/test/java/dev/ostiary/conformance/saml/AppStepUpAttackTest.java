package dev.ostiary.conformance.saml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.ClientApp;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SuiteServer.class)
@DisplayName("Whoever abuses step-up authentication")
class AppStepUpAttackTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String WRONG = "Wr0ng-4711-altogether";

    private final Org org;
    private final Server server;
    private final SteppingUp page;

    AppStepUpAttackTest(Org org, Server server) {
        this.org = org;
        this.server = server;
        this.page = new SteppingUp(org);
    }

    private static String somebody(Org in) {
        String login = "attacks-" + COUNT.incrementAndGet() + "@example.com";
        new Directory(in).active(login);
        return login;
    }

    private static String label() {
        return "Target " + COUNT.incrementAndGet();
    }

    private static List<Answer> atOnce(Supplier<Answer> asking) throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Answer>> all = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                all.add(asking::get);
            }
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> each : threads.invokeAll(all)) {
                answers.add(each.get());
            }
            return answers;
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private static long count(List<Answer> answers, int status) {
        return answers.stream().filter(answer -> answer.status() == status).count();
    }

    private void nowhere(String path) {
        Answer refused = org.nobody().get(path).expect(401, "E0000011");
        assertThat(refused.header("Location")).isEmpty();
        assertThat(refused.lines("Set-Cookie")).noneMatch(line -> line.startsWith("sid="));
    }

    @Test
    @DisplayName("with the wrong password is told of no app; with the right one of none too many")
    void audiences() {
        Service inactive = Service.of(org, label(), more -> {});
        org.http().post("/api/v1/apps/" + inactive.appId() + "/lifecycle/deactivate").expect(200);
        Service there = Service.of(org, label(), more -> {});
        List<String> unusable =
                List.of(
                        "0oa00000000000000000",
                        "nothing' of the kind",
                        inactive.appId(),
                        Service.unassigned(org, label(), more -> {}).appId(),
                        Service.of(server.newOrg(), label(), more -> {}).appId(),
                        ClientApp.web(org, label()).id());

        for (String audience : unusable) {
            String login = somebody(org);
            Answer refused = page.authenticate(login, "audience", audience);
            assertThat(refused.expect(400, "E0000001").errorCauses())
                    .containsExactly("Invalid or unknown audience '" + audience + "'.");
            String told = wrong(login, audience);
            assertThat(told).isEqualTo(wrong(login, there.appId()));
            assertThat(told).isEqualTo(wrong("nobody@example.com", audience));
        }
        page.authenticate(somebody(org), "audience", there.appId()).expect(200);
    }

    private String wrong(String login, String audience) {
        return org.nobody()
                .post(
                        "/api/v1/authn",
                        Json.object()
                                .put("username", login)
                                .put("password", WRONG)
                                .put("audience", audience))
                .expect(401, "E0000004")
                .json()
                .get("errorSummary")
                .asString();
    }

    @Test
    @DisplayName("comes with a success again: of ten at once one has the session")
    void replay() throws InterruptedException {
        Service service = Service.of(org, label(), more -> {});
        Answer success = page.authenticate(somebody(org), "audience", service.appId()).expect(200);
        String path = page.next(success);

        List<Answer> answers = atOnce(() -> org.nobody().get(path));

        assertThat(count(answers, 302)).as(answers.toString()).isEqualTo(1);
        assertThat(count(answers, 401)).as(answers.toString()).isEqualTo(9);
        nowhere(path);
        page.state(success.text("stateToken")).expect(401, "E0000011");
    }

    @Test
    @DisplayName("comes before the sign-in is done, or with nothing: no session, and it goes on")
    void early() {
        String login = somebody(org);
        String factor = page.mail(login);
        Service service = Service.of(org, label(), more -> {});
        page.govern(service, SteppingUp.TWO);
        String state =
                page.authenticate(login, "audience", service.appId())
                        .expect(200)
                        .text("stateToken");

        nowhere(SteppingUp.REDIRECT + "?stateToken=" + state);
        nowhere(SteppingUp.REDIRECT + "?stateToken=");
        nowhere(SteppingUp.REDIRECT);
        Answer shown = page.stranger().get(SteppingUp.REDIRECT + "?stateToken=none").expect(401);
        assertThat(shown.header("Content-Type").orElseThrow()).startsWith("text/html");

        page.move("/factors/" + factor + "/verify", state).expect(200);
    }

    @Test
    @DisplayName("takes a state token to another org, or for a session token")
    void elsewhere() {
        String login = somebody(org);
        Service service = page.elsewhere(label());
        Org other = server.newOrg();
        SteppingUp there = new SteppingUp(other);
        String guest = somebody(other);
        String arrival = page.arrival(service);
        there.state(arrival).expect(401, "E0000011");
        there.authenticate(guest, "stateToken", arrival).expect(401, "E0000011");

        Answer success = page.authenticate(login, "stateToken", arrival).expect(200);

        String state = success.text("stateToken");
        other.nobody().get(page.next(success)).expect(401, "E0000011");
        org.nobody()
                .post("/api/v1/sessions", Json.object().put("sessionToken", state))
                .expect(401, "E0000004");
        org.nobody()
                .get("/login/sessionCookieRedirect?redirectUrl=%2F&token=" + state)
                .expect(401, "E0000004");
        org.nobody().get(page.next(success)).expect(302);
    }

    @Test
    @DisplayName("begins, and lets somebody else sign in: has nothing of what that one has proven")
    void fixation() {
        Service service = page.elsewhere(label());
        String planted = page.arrival(service);

        Answer success = page.authenticate(somebody(org), "stateToken", planted).expect(200);

        assertThat(success.text("stateToken")).isNotEqualTo(planted);
        page.state(planted).expect(401, "E0000011");
        nowhere(SteppingUp.REDIRECT + "?stateToken=" + planted);
        org.nobody().get(page.next(success)).expect(302);
    }

    @Test
    @DisplayName("signs in twice with one arrival: of ten at once one does")
    void twice() throws InterruptedException {
        String login = somebody(org);
        String arrival = page.arrival(page.elsewhere(label()));
        Answer refused =
                org.nobody()
                        .post(
                                "/api/v1/authn",
                                Json.object()
                                        .put("stateToken", arrival)
                                        .put("username", login)
                                        .put("password", WRONG));
        refused.expect(401, "E0000004");

        List<Answer> answers = atOnce(() -> page.authenticate(login, "stateToken", arrival));

        assertThat(count(answers, 200)).as(answers.toString()).isEqualTo(1);
    }

    @Test
    @DisplayName("says where else to go: the browser goes to the app, and to the app's page alone")
    void openRedirect() {
        Service service = page.elsewhere(label());
        String evil = "&loginRedirectUrl=https://evil.example&fromURI=https://evil.example";
        String arrival = SteppingUp.token(service.ask(page.stranger(), evil.substring(1)));
        Answer success = page.authenticate(somebody(org), "stateToken", arrival).expect(200);

        String location =
                org.nobody()
                        .get(page.next(success) + evil + "&redirectUrl=https://evil.example")
                        .expect(302)
                        .header("Location")
                        .orElseThrow();

        assertThat(location).startsWith(service.path() + "?");
        for (String address : List.of("javascript:alert(1)", "//evil.example", "here")) {
            String sent =
                    page.elsewhere(label(), address)
                            .ask(page.stranger(), "")
                            .expect(302)
                            .header("Location")
                            .orElseThrow();
            assertThat(sent).startsWith("/signin?");
        }
    }

    @Test
    @DisplayName("waits too long: neither an arrival nor a success is any good then")
    void late() {
        Org tested = server.newOrg();
        server.defaultOrg()
                .http()
                .put("/ostiary/v1/orgs/" + tested.id() + "/settings", "{\"test\":true}")
                .expect(200);
        SteppingUp there = new SteppingUp(tested);
        String login = somebody(tested);
        Service service = there.elsewhere(label());
        String arrival = there.arrival(service);
        Answer success = there.authenticate(login, "audience", service.appId()).expect(200);
        advance(tested, "PT3M");
        there.state(arrival).expect(200);
        there.state(success.text("stateToken")).expect(200);
        advance(tested, "PT3M");

        there.state(success.text("stateToken")).expect(401, "E0000011");
        tested.nobody().get(there.next(success)).expect(401, "E0000011");
        there.state(arrival).expect(200);
        advance(tested, "PT6M");
        there.state(arrival).expect(401, "E0000011");
        there.authenticate(login, "stateToken", arrival).expect(401, "E0000011");
    }

    private static void advance(Org tested, String by) {
        tested.http().post("/ostiary/v1/clock", Json.object().put("advance", by)).expect(200);
    }

    @Test
    @DisplayName("was suspended meanwhile: there is no session to be had")
    void suspended() {
        String login = somebody(org);
        Service service = Service.of(org, label(), more -> {});
        Answer success = page.authenticate(login, "audience", service.appId()).expect(200);
        org.http().post("/api/v1/users/" + login + "/lifecycle/suspend").expect(200);

        nowhere(page.next(success));
    }

    @Test
    @DisplayName(
            "comes again and again: some hundreds wait, the rest is sent to the org's own page")
    void flood() {
        Org flooded = server.newOrg();
        SteppingUp there = new SteppingUp(flooded);
        String login = somebody(flooded);
        Service service = there.elsewhere(label());
        String early = there.arrival(service);
        List<String> pages = new ArrayList<>();
        while (pages.size() < 600) {
            pages.add(
                    service.ask(there.stranger(), "").expect(302).header("Location").orElseThrow());
        }

        assertThat(pages.subList(0, 499)).allMatch(page -> page.startsWith(SteppingUp.PAGE + "?"));
        assertThat(pages.subList(499, 600))
                .as("these leave nothing behind, and lead on")
                .allMatch(page -> page.startsWith("/signin?"));
        there.authenticate(login, "stateToken", early).expect(200);
        assertThat(there.arrival(service)).as("one has gone on").isNotEmpty();
        page.arrival(page.elsewhere(label()));
    }

    @Test
    @DisplayName("comes with a request that is too long: it is not kept")
    void longWay() {
        Service service = page.elsewhere(label());

        Answer sent = service.ask(page.stranger(), "RelayState=" + "x".repeat(8200));

        assertThat(sent.expect(302).header("Location").orElseThrow()).startsWith("/signin?");
    }
}
