package dev.ostiary.conformance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.RawTls;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Asks one operation, in the ways in which the suite asks each. Every answer is held against the
 * {@link AnswerRules} before anybody looks at it.
 */
final class Asker {

    /** An id that nobody has, of a form that any object could have. */
    static final String UNKNOWN = "00xNoSuchThingHere00";

    private final Operation operation;
    private final Examples examples;
    private final Asking asking;
    private final AnswerRules rules;
    private final SSLContext tls;
    private @Nullable Call sample;

    /**
     * Where an operation is asked.
     *
     * @param stock makes what calls are about, in the org that is asked
     * @param tokens tokens of that org that do not open it
     */
    record Asking(Stock stock, Tokens tokens) {}

    Asker(
            Operation operation,
            Examples examples,
            Asking asking,
            AnswerRules rules,
            SSLContext tls) {
        this.operation = operation;
        this.examples = examples;
        this.asking = asking;
        this.rules = rules;
        this.tls = tls;
    }

    /** What is asked. */
    Operation operation() {
        return operation;
    }

    /** How operations are called. */
    Examples examples() {
        return examples;
    }

    /** Makes what calls are about. */
    Stock here() {
        return asking.stock();
    }

    /** Tokens that do not open the operation. */
    Tokens tokens() {
        return asking.tokens();
    }

    /** What holds of every answer. */
    AnswerRules rules() {
        return rules;
    }

    /** A client of the org without a token. */
    Http nobody() {
        return here().org().nobody();
    }

    /** Its examples. */
    List<Function<Stock, Call>> allExamples() {
        return examples.of(operation);
    }

    /** A fresh call that succeeds. */
    Call example() {
        return allExamples().getFirst().apply(here());
    }

    /**
     * A call that is right in itself, for whoever makes one out of it that is not: never to be sent
     * as it is, since the next one gets the same.
     */
    Call sample() {
        if (sample == null) {
            sample = example();
        }
        return sample;
    }

    /**
     * Fails unless the answer has a documented status of success, or of the documented error that
     * the operation cannot do without yet.
     */
    void expectSuccess(Answer answer) {
        Set<Integer> right =
                examples.refusal(operation)
                        .map(refusal -> Set.of(refusal.status()))
                        .orElseGet(operation::successes);
        assertThat(right).as("contract/answers.tsv: successes of " + operation).isNotEmpty();
        assertThat(answer.status()).as("%s answered %s", operation, answer).isIn(right);
    }

    /** A call that names nothing that exists; enough for whatever is refused before that counts. */
    Call anything() {
        Call call = sample();
        for (String variable : operation.variables()) {
            call = call.and(variable, UNKNOWN);
        }
        return call;
    }

    /** The org that is asked. */
    Org org() {
        return here().org();
    }

    /** Sends a call as it is. */
    Answer ask(Call call) {
        return ask(as(call), call, body(call));
    }

    /** Sends a call by another client. */
    Answer ask(Http http, Call call) {
        return ask(http, call, body(call));
    }

    /** Sends a call with another body. */
    Answer ask(Http http, Call call, byte @Nullable [] body) {
        String type = call.form().map(Call.Form::type).orElse("application/json");
        Http typed = body == null ? http : http.with("Content-Type", type);
        return send(typed, call, body);
    }

    /** Sends a call with a body that says nothing of its type, unless the client does. */
    Answer send(Http http, Call call, byte @Nullable [] body) {
        return rules.hold(operation, http.send(operation.method(), call.target(operation), body));
    }

    /** The client of a call: the operation's usual one, or with a token of the call's own. */
    Http as(Call call) {
        Optional<String> token = call.token();
        if (token.isPresent()) {
            return nobody().token(token.get());
        }
        if (call.accessToken().isPresent()) {
            return nobody().with("Authorization", "Bearer " + call.accessToken().get());
        }
        return switch (operation.access()) {
            case PUBLIC, OPTIONAL_TOKEN, SESSION ->
                    call.cookies().isEmpty() ? nobody() : nobody().with("Cookie", call.cookies());
            case API_TOKEN, BEARER -> here().http();
        };
    }

    private static byte @Nullable [] body(Call call) {
        if (call.form().isPresent()) {
            return call.form().get().bytes();
        }
        return call.body() == null ? null : call.body().toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Sends a head and nothing after it. */
    Answer raw(Call call, String... headers) {
        try (RawTls raw = RawTls.open(tls, org().port())) {
            String head =
                    operation.method()
                            + " "
                            + call.target(operation)
                            + " HTTP/1.1\r\nHost: localhost:"
                            + org().port()
                            + "\r\n"
                            + String.join("", headers)
                            + "\r\n";
            return rules.hold(operation, raw.send(head).read());
        }
    }
}
