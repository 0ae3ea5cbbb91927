package dev.ostiary.conformance.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Policies;
import dev.ostiary.conformance.harness.SuiteServer;
import dev.ostiary.conformance.oauth.Holder.Totp;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SuiteServer.class)
@DisplayName("Pages on which a factor is set up, without a script")
class EnrolByFormTest {

    private static final Pattern SECRET =
            Pattern.compile("<p class=\"asked\">((?:[A-Z2-7]{4} ?){8})</p>");
    private static final Pattern PICTURE = Pattern.compile("src=\"(/api/v1/users/[^\"]+)\"");

    private final Org org;
    private final People people;

    EnrolByFormTest(Org org) {
        this.org = org;
        this.people = new People(org);
    }

    /** Somebody who has to set up one of these. */
    private String asked(String factors) {
        String login = people.active();
        String group = people.ownGroup(login);
        new Policies(org).enrolment(group, login, factors, "LOGIN");
        return login;
    }

    private static String required(String... factors) {
        return Arrays.stream(factors)
                .map(name -> "\"" + name + "\":{\"enroll\":{\"self\":\"REQUIRED\"}}")
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** A browser in the middle of a sign-in. */
    private final class Browser {

        private final FormToken token = FormToken.of(org);
        private String state = "";

        private Http http() {
            return org.nobody()
                    .with("Accept", "text/html")
                    .with("Accept-Language", "en")
                    .with("Cookie", token.cookie() + state);
        }

        Answer post(String path, String... fields) {
            Map<String, String> all = new HashMap<>(Map.of("formToken", token.token()));
            for (int i = 0; i < fields.length; i += 2) {
                all.put(fields[i], fields[i + 1]);
            }
            String form =
                    all.entrySet().stream()
                            .map(
                                    each ->
                                            each.getKey()
                                                    + "="
                                                    + URLEncoder.encode(
                                                            each.getValue(),
                                                            StandardCharsets.UTF_8))
                            .collect(Collectors.joining("&"));
            Answer answer =
                    http().with("Content-Type", "application/x-www-form-urlencoded")
                            .send("POST", path, form.getBytes(StandardCharsets.UTF_8));
            cookie(answer, "__Host-signin=").ifPresent(line -> state = "; " + line);
            return answer;
        }

        String signIn(String login) {
            post("/signin", "username", login, "password", Directory.PASSWORD).expect(303);
            return page("/signin");
        }

        String page(String path) {
            return http().get(path).expect(200).text();
        }

        Answer step(String step, String... fields) {
            String[] all = new String[fields.length + 2];
            all[0] = "step";
            all[1] = step;
            System.arraycopy(fields, 0, all, 2, fields.length);
            return post("/signin/step", all);
        }
    }

    private static Optional<String> cookie(Answer answer, String name) {
        return answer.lines("Set-Cookie").stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(0, line.indexOf(';')))
                .findFirst();
    }

    private static void isIn(Answer answer) {
        answer.expect(303);
        assertThat(answer.header("Location")).contains("/app/UserHome");
        assertThat(cookie(answer, "sid=")).isPresent();
    }

    @Test
    @DisplayName("a question: the answer has to be one that nobody reads off the question")
    void question() {
        Browser browser = new Browser();

        String choice = browser.signIn(asked(required("okta_question")));

        assertThat(choice).contains("Set up another way to verify", "Required");
        String location =
                browser.step("OFFER", "offer", "question-okta")
                        .expect(303)
                        .header("Location")
                        .orElseThrow();
        assertThat(browser.page(location)).contains("<select", "dream job", "Answer");
        String refused =
                browser.step(
                                "ENROLL",
                                "offer",
                                "question-okta",
                                "question",
                                "disliked_food",
                                "answer",
                                "x")
                        .expect(400)
                        .text();
        assertThat(refused).contains("at least four characters");
        isIn(
                browser.step(
                        "ENROLL",
                        "offer",
                        "question-okta",
                        "question",
                        "disliked_food",
                        "answer",
                        "mayonnaise"));
    }

    @Test
    @DisplayName("a phone: the code that is sent to it, and the way back to the choice")
    void phone() {
        Browser browser = new Browser();
        browser.signIn(asked(required("okta_sms", "okta_question")));

        browser.step("ENROLL", "offer", "sms-okta", "phoneNumber", "12").expect(400);
        browser.step("ENROLL", "offer", "sms-okta", "phoneNumber", "+1 555 415 1391").expect(303);
        assertThat(browser.page("/signin")).contains("1391", "Send again", "Code");
        browser.step("ACTIVATE", "passCode", "000000").expect(400);
        String code =
                org.http()
                        .get("/ostiary/v1/outbox?limit=1&to=%2B15554151391")
                        .expect(200)
                        .json()
                        .at("/0/variables/code")
                        .asString();
        browser.step("ACTIVATE", "passCode", code.substring(0, 3) + " " + code.substring(3))
                .expect(303);

        assertThat(browser.page("/signin")).contains("Set up another way to verify");
        isIn(
                browser.step(
                        "ENROLL",
                        "offer",
                        "question-okta",
                        "question",
                        "disliked_food",
                        "answer",
                        "mayonnaise"));
    }

    @Test
    @DisplayName("an authenticator app: a picture to be read, and the key for who cannot")
    void app() {
        Browser browser = new Browser();
        browser.signIn(asked(required("okta_otp")));

        browser.step("ENROLL", "offer", "totp-okta").expect(303);

        String page = browser.page("/signin");
        Matcher picture = PICTURE.matcher(page);
        assertThat(picture.find()).as(page).isTrue();
        assertThat(org.nobody().get(picture.group(1)).expect(200).header("Content-Type"))
                .contains("image/png");
        Matcher secret = SECRET.matcher(page);
        assertThat(secret.find()).as(page).isTrue();
        isIn(
                browser.step(
                        "ACTIVATE",
                        "passCode",
                        new Totp(secret.group(1).replace(" ", "")).shown(0)));
    }

    @Test
    @DisplayName("what may wait is put off by a button, as often as the policy says")
    void later() {
        String login = people.active();
        String group = people.ownGroup(login);
        new Policies(org)
                .authenticators(
                        group,
                        login,
                        """
                        [{"key":"phone_number","enroll":{"self":"REQUIRED",
                          "gracePeriod":{"type":"BY_SKIP_COUNT","skipCount":1}}}]""");
        Browser browser = new Browser();

        assertThat(browser.signIn(login)).contains("Remind me later", "still put this off");
        isIn(browser.step("SKIP"));

        assertThat(new Browser().signIn(login)).doesNotContain("Remind me later");
    }

    @Test
    @DisplayName(
            "a phone that is asked by push: the app reads a picture, and says that it is there")
    void push() {
        Browser browser = new Browser();
        browser.signIn(asked(required("okta_push")));
        browser.step("ENROLL", "offer", "push-okta").expect(303);

        String page = browser.page("/signin");

        Matcher picture = PICTURE.matcher(page);
        assertThat(picture.find()).as(page).isTrue();
        String path = picture.group(1);
        assertThat(org.nobody().get(path).expect(200).header("Content-Type")).contains("image/png");
        assertThat(browser.step("ACTIVATE").expect(400).text()).contains("not answered yet");
        org.nobody()
                .post(
                        "/ostiary/v1/push/devices",
                        "{\"code\":\"%s\"}".formatted(path.substring(path.lastIndexOf('/') + 1)))
                .expect(200);
        isIn(browser.step("ACTIVATE"));
    }

    @Test
    @DisplayName("a recovery question, with the first password, where nobody recovers without one")
    void recoveryQuestion() {
        String login = people.invited();
        String group = people.ownGroup(login);
        new Policies(org)
                .password(
                        group,
                        login,
                        "{}",
                        """
                        {"selfServicePasswordReset":{"access":"ALLOW","requirement":{
                            "primary":{"methods":["email"]},
                            "stepUp":{"required":true,"methods":["security_question"]}}}}""");
        String link = people.link(login);
        String token = link.substring(link.indexOf("/tokens/") + 8, link.lastIndexOf('/'));
        Browser browser = new Browser();
        browser.post("/welcome/" + token).expect(303);

        assertThat(browser.page("/signin")).contains("recoveryQuestion", "only you can answer");
        String refused =
                browser.step(
                                "PASSWORD",
                                "newPassword",
                                "An0ther-good-one",
                                "repeatedPassword",
                                "An0ther-good-one",
                                "recoveryQuestion",
                                "Which sea?",
                                "answer",
                                "x")
                        .expect(400)
                        .text();
        assertThat(refused).contains("at least four characters");
        isIn(
                browser.step(
                        "PASSWORD",
                        "newPassword",
                        "An0ther-good-one",
                        "repeatedPassword",
                        "An0ther-good-one",
                        "recoveryQuestion",
                        "Which sea?",
                        "answer",
                        "Baltic"));

        assertThat(
                        org.http()
                                .get("/api/v1/users/" + login)
                                .expect(200)
                                .text("credentials.recovery_question.question"))
                .isEqualTo("Which sea?");
    }

    @Test
    @DisplayName("what the policy does not offer is not set up, whatever a form says")
    void notOffered() {
        Browser browser = new Browser();
        browser.signIn(asked(required("okta_question")));

        browser.step("ENROLL", "offer", "sms-okta", "phoneNumber", "+15554151392").expect(303);

        assertThat(browser.page("/signin")).contains("Set up another way to verify");
        assertThat(org.http().get("/ostiary/v1/outbox?to=%2B15554151392").expect(200).json())
                .isEmpty();
    }
}
