package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Answer;
import java.util.List;
import java.util.function.Function;

/** P4, P10, P34: what an operation answers when all is well. */
final class AnswerAspects {

    private AnswerAspects() {}

    static List<Aspect> all() {
        return List.of(
                new Aspect(
                        "P4 P10 P17 P33 P36 its examples are as described, and answer the documented status, valid against its schema",
                        asker -> true,
                        AnswerAspects::examples),
                new Aspect(
                        "P34 rate limits stand on success and on errors",
                        AnswerAspects::isLimited,
                        AnswerAspects::rateLimits));
    }

    private static void examples(Asker asker) {
        for (Function<Stock, Call> example : asker.allExamples()) {
            Call call = example.apply(asker.here());
            asker.rules().body(asker.operation(), call);
            Answer answer = asker.ask(call);
            asker.examples()
                    .refusal(asker.operation())
                    .ifPresent(refusal -> answer.expect(refusal.status(), refusal.code()));
            asker.expectSuccess(answer);
        }
    }

    /** Told to everybody, and as often as anybody asks (contract/rate-limits.tsv, exempt). */
    private static final List<String> UNLIMITED =
            List.of(
                    "/health/live",
                    "/health/ready",
                    "/assets/pages/{fileName}",
                    "/oauth2/v1/keys",
                    "/oauth2/{authorizationServerId}/v1/keys",
                    "/.well-known/openid-configuration",
                    "/.well-known/oauth-authorization-server",
                    "/oauth2/{authorizationServerId}/.well-known/openid-configuration",
                    "/oauth2/{authorizationServerId}/.well-known/oauth-authorization-server");

    private static boolean isLimited(Asker asker) {
        return !UNLIMITED.contains(asker.operation().path());
    }

    private static void rateLimits(Asker asker) {
        asker.rules().rateLimits(asker.ask(asker.example()));
        if (!asker.operation().variables().isEmpty()) {
            asker.rules().rateLimits(asker.ask(asker.anything()));
        }
    }
}
