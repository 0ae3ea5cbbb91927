package dev.ostiary.conformance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** P3, P5, P6, P9, P11, P12: how a request has to look. */
final class RequestAspects {

    private static final byte[] NOTHING = {};

    private final Contract contract;

    RequestAspects(Contract contract) {
        this.contract = contract;
    }

    List<Aspect> all() {
        return List.of(
                of("P3 an unknown query parameter changes nothing", this::unknownParameter),
                withBody("P3 an unknown property changes nothing", this::unknownProperty),
                new Aspect(
                        "P5 an Accept without JSON: 400 E0000019",
                        RequestAspects::answersJson,
                        this::unsuitedAccept),
                withBody("P5 a body that does not say it is JSON: 400 E0000021", this::wrongType),
                withBody("P6 a body that is no JSON: 400 E0000003", this::malformed),
                withBody("P6 JSON that is no object: 400", this::noObject),
                new Aspect(
                        "P6 no body where one is needed: 400 E0000003",
                        asker -> takesBody(asker) && !asker.sample().bodyIsOptional(),
                        this::missing),
                new Aspect(
                        "P9 HEAD answers as GET does, without the body",
                        asker -> asker.operation().method().equals("GET"),
                        this::head),
                of("P9 OPTIONS names the verbs", this::options),
                new Aspect(
                        "P11 without a length: 411",
                        asker -> Set.of("POST", "PUT").contains(asker.operation().method()),
                        this::withoutLength),
                of(
                        "P12 a wrong verb: 405 E0000022, and Allow names the right ones",
                        this::wrongVerb));
    }

    private static Aspect of(String name, Consumer<Asker> test) {
        return new Aspect(name, asker -> true, test);
    }

    private static Aspect withBody(String name, Consumer<Asker> test) {
        return new Aspect(name, RequestAspects::takesBody, test);
    }

    private static boolean takesBody(Asker asker) {
        return asker.sample().body() != null;
    }

    private void unknownParameter(Asker asker) {
        Call call = asker.example();
        String more = "nonsense=1&_=%F0%9F%9A%A2";
        asker.expectSuccess(
                asker.ask(call.query(call.query().isEmpty() ? more : call.query() + "&" + more)));
    }

    private void unknownProperty(Asker asker) {
        Call call = asker.example();
        ObjectNode more = Json.object();
        more.putObject("nonsense").put("a", 1).putArray("b").addNull();
        more.setAll((ObjectNode) body(call));
        more.put("_links", "mine");
        asker.expectSuccess(asker.ask(call.body(more)));
    }

    private static Object body(Call call) {
        return Json.parse(String.valueOf(call.body()));
    }

    /** Pages of authorization servers are published, and are for browsers. */
    private static boolean answersJson(Asker asker) {
        return asker.operation().isPublished()
                && !asker.examples().mediaType(asker.operation()).equals("text/html");
    }

    private void unsuitedAccept(Asker asker) {
        Call call = asker.anything();
        for (String type : List.of("text/html", "application/hal+json", "application/json;q=0")) {
            asker.ask(asker.as(call).with("Accept", type), call).expect(400, "E0000019");
        }
    }

    private void wrongType(Asker asker) {
        Call call = asker.sample();
        byte[] body = String.valueOf(call.body()).getBytes(StandardCharsets.UTF_8);
        Http http = asker.as(call);
        asker.send(http, call, body).expect(400, "E0000021");
        for (String type :
                List.of("text/plain", "application/x-www-form-urlencoded", "application/jsonp")) {
            asker.send(http.with("Content-Type", type), call, body).expect(400, "E0000021");
        }
    }

    private void malformed(Asker asker) {
        Call call = asker.sample();
        for (String text :
                List.of("{\"profile\":", "nonsense", "{\"a\":1}}", "{\"a\":\"\u0000\"}")) {
            asker.ask(asker.as(call), call, text.getBytes(StandardCharsets.UTF_8))
                    .expect(400, "E0000003");
        }
        byte[] noUtf8 = {'{', '"', 'a', '"', ':', '"', (byte) 0xc3, 0x28, '"', '}'};
        asker.ask(asker.as(call), call, noUtf8).expect(400, "E0000003");
    }

    private void noObject(Asker asker) {
        Call call = asker.sample();
        for (String text : List.of("[]", "\"text\"", "7", "null")) {
            Answer answer =
                    asker.ask(asker.as(call), call, text.getBytes(StandardCharsets.UTF_8))
                            .expect(400);
            assertThat(answer.errorCode()).as(answer.toString()).isIn("E0000001", "E0000003");
        }
    }

    private void missing(Asker asker) {
        Call call = asker.sample();
        asker.ask(asker.as(call), call, NOTHING).expect(400, "E0000003");
    }

    private void head(Asker asker) {
        Call call = asker.example();
        Answer get = asker.ask(call);
        // what a page has spent is not there a second time
        Call again = asker.operation().family().equals("Pages") ? asker.example() : call;
        Answer head = asker.as(again).send("HEAD", again.target(asker.operation()), null);
        assertThat(head.status()).as(head.toString()).isEqualTo(get.status());
        assertThat(head.header("Content-Type")).isEqualTo(get.header("Content-Type"));
        assertThat(head.header("Content-Length")).isEqualTo(get.header("Content-Length"));
        assertThat(head.bytes()).isEmpty();
        assertThat(head.header("X-Okta-Request-Id")).isPresent();
    }

    private void options(Asker asker) {
        String path = asker.operation().pathWith(Asker.UNKNOWN);
        Answer answer = asker.nobody().send("OPTIONS", path, null).expect(204);
        assertThat(answer.header("Allow").orElse("")).contains(asker.operation().method());
        List<String> broken = new ArrayList<>();
        AnswerRules.headers(answer, "", broken);
        assertThat(broken).isEmpty();
    }

    private void withoutLength(Asker asker) {
        Call call = asker.anything();
        String token = call.token().orElse(asker.org().apiToken());
        String shown =
                call.cookie().isEmpty()
                        ? "Authorization: SSWS " + token
                        : "Cookie: sid=" + call.cookie();
        asker.raw(call, shown + "\r\n").expect(411, "E0000003");
    }

    private void wrongVerb(Asker asker) {
        String path = asker.operation().pathWith(Asker.UNKNOWN);
        Set<String> right = contract.verbsOf(path);
        List<String> wrong = new ArrayList<>(List.of("GET", "POST", "PUT", "PATCH", "DELETE"));
        wrong.removeAll(right);
        wrong.add("PROPFIND");
        for (String verb : wrong) {
            Answer answer = asker.org().http().send(verb, path, null);
            answer.expect(405, "E0000022");
            List<String> broken = new ArrayList<>();
            AnswerRules.headers(answer, "application/json", broken);
            AnswerRules.error(answer, broken);
            assertThat(broken).as(answer.toString()).isEmpty();
            assertThat(List.of(answer.header("Allow").orElse("").split(", "))).containsAll(right);
        }
    }
}
