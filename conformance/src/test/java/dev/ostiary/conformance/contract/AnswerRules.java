package dev.ostiary.conformance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What holds of every answer, whatever was asked: headers, the form of errors, a documented status,
 * a body that is valid against its published schema.
 */
final class AnswerRules {

    private static final Map<String, String> FRESH =
            Map.of("Cache-Control", "no-cache, no-store", "Pragma", "no-cache", "Expires", "0");
    private static final Map<String, String> KEPT =
            Map.of("Cache-Control", "public, max-age=31536000, immutable");
    private static final Map<String, String> ALWAYS =
            Map.of(
                    "X-Content-Type-Options", "nosniff",
                    "Strict-Transport-Security", "max-age=315360000; includeSubDomains",
                    "X-Frame-Options", "DENY");
    private static final List<String> PRESENT =
            List.of("Content-Security-Policy", "Referrer-Policy");
    private static final List<String> RATE_LIMITS =
            List.of("X-Rate-Limit-Limit", "X-Rate-Limit-Remaining", "X-Rate-Limit-Reset");
    private static final List<String> ERROR_KEYS =
            List.of("errorCode", "errorSummary", "errorLink", "errorId", "errorCauses");

    private static final List<String> OAUTH_KEYS = List.of("error", "error_description");

    private static final Set<String> OF_OAUTH = Set.of("OrgAS", "CustomAS", "Client");

    private static final Set<String> KEY_SETS = Set.of("oauthKeys", "oauthKeysCustomAS");

    /** What the Pipeline may answer to any operation, documented there or not (P5, P11, P20). */
    private static final Set<Integer> OF_THE_PIPELINE = Set.of(400, 401, 403, 411);

    private final Examples examples;
    private final OwnSchemas own;
    private final Optional<PublishedSchemas> schemas;
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicInteger compared = new AtomicInteger();

    AnswerRules(Examples examples, OwnSchemas own, Optional<PublishedSchemas> schemas) {
        this.examples = examples;
        this.own = own;
        this.schemas = schemas;
    }

    /** How many answers were held against the rules, and how many of them against a schema. */
    String counts() {
        return answers + " answers, " + compared + " compared with a published schema";
    }

    /** Fails if the answer of an operation breaks a rule. */
    Answer hold(Operation operation, Answer answer) {
        answers.incrementAndGet();
        List<String> broken = new ArrayList<>();
        boolean kept = examples.isKept(operation) && answer.status() < 400;
        headers(
                answer,
                examples.mediaType(operation),
                kept ? KEPT : ofKeySet(operation, answer),
                broken);
        if (answer.status() >= 400) {
            if (isOfOAuth(operation, answer)) {
                oauthError(answer, broken);
            } else {
                error(answer, broken);
            }
        }
        status(operation, answer, broken);
        if (answer.bytes().length > 0 && isJson(answer)) {
            broken.addAll(own.problems(operation.id(), answer.status(), answer.json()));
        }
        schemas.ifPresent(published -> schema(published, operation, answer, broken));
        assertThat(broken).as("%s answered %s", operation, answer).isEmpty();
        return answer;
    }

    /** Fails if the body of a call that succeeds is another than the server describes. */
    void body(Operation operation, Call call) {
        if (call.body() != null) {
            assertThat(own.problemsOfBody(operation.id(), call.body()))
                    .as("the body of %s", operation)
                    .isEmpty();
        }
    }

    private static boolean isJson(Answer answer) {
        return answer.header("Content-Type").orElse("").startsWith("application/json");
    }

    /** P34: fails if one of the three headers is missing. */
    void rateLimits(Answer answer) {
        for (String name : RATE_LIMITS) {
            assertThat(answer.header(name))
                    .as("%s of %s", name, answer)
                    .hasValueSatisfying(value -> assertThat(value).matches("\\d+"));
        }
    }

    /** P33, P36: what stands on every answer, below the Pipeline and beside operations too. */
    static void headers(Answer answer, String mediaType, List<String> broken) {
        headers(answer, mediaType, FRESH, broken);
    }

    private static void headers(
            Answer answer, String mediaType, Map<String, String> caching, List<String> broken) {
        List<String> ids = answer.lines("X-Okta-Request-Id");
        if (ids.size() != 1 || !ids.getFirst().matches("[A-Za-z0-9_-]{20,40}")) {
            broken.add("X-Okta-Request-Id is " + ids);
        }
        Stream.of(ALWAYS, caching)
                .flatMap(expected -> expected.entrySet().stream())
                .filter(line -> !answer.lines(line.getKey()).equals(List.of(line.getValue())))
                .forEach(line -> broken.add(line.getKey() + " is " + answer.lines(line.getKey())));
        if (caching == KEPT && !answer.lines("Expires").isEmpty()) {
            broken.add("Expires is " + answer.lines("Expires"));
        }
        PRESENT.stream()
                .filter(name -> answer.lines(name).isEmpty())
                .forEach(name -> broken.add(name + " is missing"));
        String type = answer.header("Content-Type").orElse("");
        String expected = answer.status() >= 400 ? "application/json" : mediaType;
        if (answer.bytes().length == 0 ? !type.isEmpty() : !type.startsWith(expected)) {
            broken.add("Content-Type is '" + type + "'");
        }
    }

    /** Key sets say how long they stay as they are (OpenID Connect API, {@code /keys}). */
    private static Map<String, String> ofKeySet(Operation operation, Answer answer) {
        String caching = answer.header("Cache-Control").orElse("");
        return KEY_SETS.contains(operation.id())
                        && answer.status() < 400
                        && caching.matches("max-age=\\d+, must-revalidate")
                ? Map.of("Cache-Control", caching)
                : FRESH;
    }

    /** What authorization servers answer to clients, once they know the server. */
    private static boolean isOfOAuth(Operation operation, Answer answer) {
        return OF_OAUTH.contains(operation.family())
                && isJson(answer)
                && answer.json().has("error");
    }

    /** P19. */
    private static void oauthError(Answer answer, List<String> broken) {
        if (!List.copyOf(answer.json().propertyNames()).equals(OAUTH_KEYS)) {
            broken.add("the properties of the error are " + answer.json().propertyNames());
        }
    }

    /** P17. */
    static void error(Answer answer, List<String> broken) {
        if (answer.bytes().length == 0) {
            broken.add("an error without a body");
            return;
        }
        JsonNode error = answer.json();
        if (!List.copyOf(error.propertyNames()).equals(ERROR_KEYS)) {
            broken.add("the properties of the error are " + error.propertyNames());
        }
        if (!error.path("errorLink").equals(error.path("errorCode"))) {
            broken.add("errorLink is not errorCode");
        }
        if (!error.path("errorId").asString("").matches("oae[A-Za-z0-9_-]{22}")) {
            broken.add("errorId is " + error.path("errorId"));
        }
        for (JsonNode cause : error.path("errorCauses")) {
            if (!List.copyOf(cause.propertyNames()).equals(List.of("errorSummary"))) {
                broken.add("a cause is " + cause);
            }
        }
    }

    private static void status(Operation operation, Answer answer, List<String> broken) {
        int status = answer.status();
        boolean documented =
                operation.statuses().contains(status)
                        || OF_THE_PIPELINE.contains(status)
                        || (status == 404 && !operation.variables().isEmpty());
        if (!documented) {
            broken.add(
                    "the status is not documented: contract/answers.tsv has "
                            + operation.statuses());
        }
    }

    private void schema(
            PublishedSchemas published, Operation operation, Answer answer, List<String> broken) {
        if (answer.bytes().length > 0 && published.knows(operation.id(), answer.status())) {
            compared.incrementAndGet();
            broken.addAll(published.problems(operation.id(), answer.status(), answer.text()));
        }
    }
}
