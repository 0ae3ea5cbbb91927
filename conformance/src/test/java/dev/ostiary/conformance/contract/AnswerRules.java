package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Answer;
import java.util.List;
import java.util.Map;

/** What holds of every answer, whatever was asked. */
final class AnswerRules {

    private static final Map<String, String> ALWAYS =
            Map.of(
                    "Cache-Control", "no-cache, no-store",
                    "Pragma", "no-cache",
                    "Expires", "0",
                    "X-Content-Type-Options", "nosniff",
                    "Strict-Transport-Security", "max-age=315360000; includeSubDomains");
    private static final List<String> PRESENT =
            List.of("Content-Security-Policy", "Referrer-Policy", "X-Frame-Options");
    private static final List<String> ERROR_KEYS =
            List.of("errorCode", "errorSummary", "errorLink", "errorId", "errorCauses");

    private AnswerRules() {}

    /** P33, P36. */
    static void headers(Answer answer, Differences differences) {
        differences.check(
                answer.lines("X-Okta-Request-Id").size() == 1
                        && answer.header("X-Okta-Request-Id")
                                .orElse("")
                                .matches("[A-Za-z0-9_-]{20,40}"),
                "X-Okta-Request-Id of " + answer + " " + answer.headers());
        ALWAYS.forEach(
                (name, value) ->
                        differences.check(
                                answer.lines(name).equals(List.of(value)),
                                name + " of " + answer.request() + " is " + answer.lines(name)));
        PRESENT.forEach(
                name ->
                        differences.check(
                                !answer.lines(name).isEmpty(),
                                name + " is missing on " + answer.request()));
        boolean empty = answer.bytes().length == 0;
        differences.check(
                empty || answer.header("Content-Type").orElse("").startsWith("application/json"),
                "Content-Type of " + answer.request() + " is " + answer.header("Content-Type"));
    }

    /** P34. */
    static void rateLimits(Answer answer, Differences differences) {
        for (String name :
                List.of("X-Rate-Limit-Limit", "X-Rate-Limit-Remaining", "X-Rate-Limit-Reset")) {
            differences.check(
                    answer.header(name).orElse("").matches("\\d+"),
                    name + " of " + answer + " is " + answer.header(name));
        }
    }

    /** P17. */
    static void error(Answer answer, Differences differences) {
        if (answer.status() < 400) {
            return;
        }
        var error = answer.json();
        differences.check(
                List.copyOf(error.propertyNames()).equals(ERROR_KEYS), "keys of " + answer);
        differences.check(
                error.path("errorLink").equals(error.path("errorCode")), "errorLink of " + answer);
        differences.check(
                error.path("errorId").asString("").matches("oae[A-Za-z0-9_-]{22}"),
                "errorId of " + answer);
        differences.check(error.path("errorCauses").isArray(), "errorCauses of " + answer);
        error.path("errorCauses")
                .forEach(
                        cause ->
                                differences.check(
                                        List.copyOf(cause.propertyNames())
                                                .equals(List.of("errorSummary")),
                                        "causes of " + answer));
    }
}
