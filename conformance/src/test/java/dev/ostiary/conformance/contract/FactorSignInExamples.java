package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Policies;
import tools.jackson.databind.node.ObjectNode;

/** What of the family Authn is about factors: for users of whom a policy asks one. */
final class FactorSignInExamples implements Examples.Family {

    private static final String FACTOR = "factorId";
    private static final String AUTHN = "/api/v1/authn";

    @Override
    public void say(Examples examples) {
        examples.of(
                "enrollAuthnFactor",
                stock ->
                        Call.plain()
                                .body(
                                        state(enrols(stock))
                                                .setAll(FactorExamples.aboutFood("mayonnaise"))));
        examples.of(
                "enrollAuthnFactor",
                stock ->
                        Call.plain()
                                .body(
                                        state(enrols(stock))
                                                .setAll(FactorExamples.of("email", "OKTA"))));
        examples.of(
                "activateAuthnFactor",
                stock -> {
                    Begun begun = begun(stock, "email");
                    return on(begun)
                            .body(
                                    state(begun.stateToken())
                                            .put(
                                                    "passCode",
                                                    FactorExamples.codeFor(stock, begun.login())));
                });
        examples.of(
                "activateAuthnFactorPoll",
                stock -> {
                    Begun begun = begun(stock, "push");
                    return on(begun).body(state(begun.stateToken()));
                });
        examples.of(
                "sendAuthnFactorActivationEmail",
                stock -> {
                    Begun begun = begun(stock, "push");
                    return on(begun).body(state(begun.stateToken()));
                });
        examples.of(
                "sendAuthnFactorActivationSms",
                stock -> {
                    Begun begun = begun(stock, "push");
                    ObjectNode body = state(begun.stateToken());
                    body.putObject("profile").put("phoneNumber", "+15554151337");
                    return on(begun).body(body);
                });
        examples.refused(
                "resendAuthnFactorActivation",
                429,
                "E0000118",
                "five seconds have passed, which no example waits for",
                stock -> {
                    Begun begun = begun(stock, "email");
                    return on(begun).body(state(begun.stateToken()));
                });
        examples.of(
                "verifyAuthnFactor",
                stock -> {
                    Begun asked = required(stock, FactorExamples.aboutFood("mayonnaise"));
                    return on(asked).body(state(asked.stateToken()).put("answer", "mayonnaise"));
                });
        examples.of(
                "verifyAuthnFactor",
                stock -> {
                    Begun asked = required(stock, FactorExamples.of("email", "OKTA"));
                    return on(asked).body(state(asked.stateToken()));
                });
        examples.refused(
                "resendAuthnFactor",
                429,
                "E0000118",
                "five seconds have passed, which no example waits for",
                stock -> {
                    Begun asked = required(stock, FactorExamples.of("email", "OKTA"));
                    stock.org()
                            .nobody()
                            .post(
                                    AUTHN + "/factors/" + asked.factor() + "/verify",
                                    state(asked.stateToken()))
                            .expect(200);
                    return on(asked).body(state(asked.stateToken()));
                });
        examples.of(
                "previousAuthnState",
                stock -> Call.plain().body(state(begun(stock, "email").stateToken())));
    }

    /** A factor on the way of a sign-in. */
    private record Begun(String login, String stateToken, String factor) {}

    private static Call on(Begun begun) {
        return Call.on(FACTOR, begun.factor());
    }

    private static ObjectNode state(String stateToken) {
        return Json.object().put("stateToken", stateToken);
    }

    /** Somebody of whom a factor is asked. */
    private static String asked(Stock stock) {
        String group = stock.group();
        Policies policies = new Policies(stock.http());
        policies.signOn(
                group,
                stock.name(),
                "{\"access\":\"ALLOW\",\"requireFactor\":true,\"factorPromptMode\":\"ALWAYS\"}");
        policies.enrolment(
                group,
                stock.name(),
                """
                {"okta_email":{"enroll":{"self":"OPTIONAL"}},
                 "okta_push":{"enroll":{"self":"OPTIONAL"}},
                 "okta_question":{"enroll":{"self":"OPTIONAL"}}}""",
                "CHALLENGE");
        String login = stock.login();
        stock.join(group, Directory.id(new Directory(stock.org()).active(login)));
        return login;
    }

    private static String enrols(Stock stock) {
        return SignInExamples.signedIn(stock, asked(stock)).expect(200).text("stateToken");
    }

    private static Begun begun(Stock stock, String type) {
        String login = asked(stock);
        String state = SignInExamples.signedIn(stock, login).expect(200).text("stateToken");
        String factor =
                stock.org()
                        .nobody()
                        .post(
                                AUTHN + "/factors",
                                state(state).setAll(FactorExamples.of(type, "OKTA")))
                        .expect(200)
                        .text("_embedded.factor.id");
        return new Begun(login, state, factor);
    }

    private static Begun required(Stock stock, ObjectNode factor) {
        String login = asked(stock);
        String id =
                stock.http()
                        .post("/api/v1/users/" + login + "/factors?activate=true", factor)
                        .expect(200)
                        .text("id");
        return new Begun(
                login, SignInExamples.signedIn(stock, login).expect(200).text("stateToken"), id);
    }
}
