package dev.ostiary.conformance.signin;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Users who come in, made in one line. */
final class SignIns {

    private final Org org;
    private final AtomicInteger names = new AtomicInteger();
    private final String own = Long.toString(System.nanoTime(), 36);

    SignIns(Org org) {
        this.org = org;
    }

    Org org() {
        return org;
    }

    String login() {
        return "signs-in-" + own + "-" + names.incrementAndGet() + "@example.com";
    }

    /** The login of a user in status ACTIVE, with {@link Directory#PASSWORD}. */
    String active() {
        String login = login();
        new Directory(org).active(login);
        return login;
    }

    /** The login of one who also has the answer Baltic to a question. */
    String recoverable() {
        String login = active();
        org.http()
                .post(
                        "/api/v1/users/" + login + "/credentials/change_recovery_question",
                        "{\"password\":{\"value\":\""
                                + Directory.PASSWORD
                                + "\"},\"recovery_question\":{\"question\":\"Which sea?\",\"answer\":\"Baltic\"}}")
                .expect(200);
        return login;
    }

    /** The login of one whose password has expired. */
    String expired() {
        String login = active();
        org.http().post("/api/v1/users/" + login + "/lifecycle/expire_password").expect(200);
        return login;
    }

    Answer signIn(String login) {
        return signIn(login, Directory.PASSWORD);
    }

    Answer signIn(String login, String password) {
        return org.nobody()
                .post(
                        "/api/v1/authn",
                        Json.object().put("username", login).put("password", password));
    }

    String sessionToken(String login) {
        return signIn(login).expect(200).text("sessionToken");
    }

    Answer move(String path, String stateToken, String... more) {
        ObjectNode body = Json.object().put("stateToken", stateToken);
        for (int i = 0; i < more.length; i += 2) {
            body.put(more[i], more[i + 1]);
        }
        return org.nobody().post("/api/v1/authn" + path, body);
    }

    /** What a browser has that went by the redirect. */
    String cookie(String login) {
        Answer redirected =
                org.nobody()
                        .get(
                                "/login/sessionCookieRedirect?redirectUrl=%2F&token="
                                        + sessionToken(login))
                        .expect(302);
        return value(redirected.header("Set-Cookie").orElseThrow());
    }

    static String value(String setCookie) {
        return setCookie.substring("sid=".length(), setCookie.indexOf(';'));
    }

    Http with(String cookie) {
        return org.nobody().with("Cookie", "sid=" + cookie);
    }

    JsonNode user(String login) {
        return org.http().get("/api/v1/users/" + login).expect(200).json();
    }

    /** The events of a type about, or by, a login. */
    List<JsonNode> events(String type, String login) {
        return Json.list(
                        org.http()
                                .get(
                                        "/api/v1/logs?limit=1000&filter=eventType%20eq%20%22"
                                                + type
                                                + "%22")
                                .expect(200)
                                .json())
                .stream()
                .filter(event -> event.toString().contains("\"" + login + "\""))
                .toList();
    }

    /** All answers of so many who ask at once; whoever finds the server too busy asks again. */
    static List<Answer> atOnce(int many, Supplier<Answer> asking) throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Answer>> all = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                all.add(() -> answered(asking));
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

    private static Answer answered(Supplier<Answer> asking) {
        Answer answer = asking.get();
        while (answer.status() == 503) {
            answer = asking.get();
        }
        return answer;
    }

    static long count(List<Answer> answers, int status) {
        return answers.stream().filter(answer -> answer.status() == status).count();
    }
}
