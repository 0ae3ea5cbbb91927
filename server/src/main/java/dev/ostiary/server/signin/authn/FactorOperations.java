package dev.ostiary.server.signin.authn;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Way;
import dev.ostiary.server.signin.factors.EnrolOptions;
import dev.ostiary.server.signin.factors.Invitation;
import dev.ostiary.server.signin.factors.NewFactor;
import dev.ostiary.server.signin.factors.Proof;
import dev.ostiary.server.signin.flow.Flow;
import dev.ostiary.server.signin.flow.Move;
import dev.ostiary.server.signin.flow.Outcome;
import dev.ostiary.server.signin.flow.Step;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;

/**
 * What of the family Authn is about factors: one line an operation ("Multifactor Authentication
 * operations"). Thread-safe.
 *
 * @param flow makes the moves
 * @param answers what a move is answered with
 */
record FactorOperations(
        Flow flow, Answers answers, FactorSteps verifying, EnrolmentSteps enrolling) {

    private static final Shape<MoveBody> TOKEN = MoveBody.with();
    private static final String FACTOR = "factorId";

    /** Beside what the Factors API takes, which has it in {@code verify}. */
    private static final Schema.Fields PASS_CODE = Schema.object().maybe("passCode", Schema.TEXT);

    private static final Schema.Fields PHONE =
            Schema.object().maybe("profile", Schema.object().maybe("phoneNumber", Schema.TEXT));

    List<Binding> bindings() {
        return List.of(
                move("enrollAuthnFactor", Move.ENROLL_FACTOR, NewFactor.SHAPE, this::enrol)
                        .takes(
                                TOKEN.schema(Way.IN)
                                        .with(NewFactor.SHAPE.schema(Way.IN))
                                        .with(PASS_CODE)),
                move("activateAuthnFactor", Move.ACTIVATE_FACTOR, Proof.SHAPE, this::activate),
                move("activateAuthnFactorPoll", Move.POLL_ACTIVATION, Proof.SHAPE, this::poll),
                move(
                        "resendAuthnFactorActivation",
                        Move.RESEND_ACTIVATION,
                        TOKEN,
                        (request, body) ->
                                enrolling.resendActivation(request, request.variable(FACTOR))),
                move(
                        "sendAuthnFactorActivationEmail",
                        Move.SEND_ACTIVATION,
                        TOKEN,
                        (request, body) -> invite(request, new Invitation.ByMail())),
                move(
                                "sendAuthnFactorActivationSms",
                                Move.SEND_ACTIVATION,
                                TOKEN,
                                (request, body) ->
                                        invite(request, new Invitation.BySms(phone(request))))
                        .takes(TOKEN.schema(Way.IN).with(PHONE)),
                Binding.of("verifyAuthnFactor", this::verify)
                        .takes(TOKEN.schema(Way.IN).with(Proof.SHAPE.schema(Way.IN)))
                        .answers(TransactionJson.SCHEMA),
                move(
                        "resendAuthnFactor",
                        Move.RESEND_CHALLENGE,
                        TOKEN,
                        (request, body) -> verifying.resend(request, request.variable(FACTOR))));
    }

    private Step enrol(Request request, NewFactor wanted) {
        boolean updatePhone = request.query().flag("updatePhone", false);
        return enrolling.enrol(
                request,
                text(request, "/passCode").map(wanted::provenBy).orElse(wanted),
                new EnrolOptions(false, updatePhone, Optional.empty()));
    }

    private Step activate(Request request, Proof proof) {
        return enrolling.activate(request, request.variable(FACTOR), proof, true);
    }

    private Step poll(Request request, Proof proof) {
        return enrolling.activate(request, request.variable(FACTOR), proof, false);
    }

    private Step invite(Request request, Invitation invitation) {
        return enrolling.invite(request, request.variable(FACTOR), invitation);
    }

    private static Optional<String> phone(Request request) {
        return text(request, "/profile/phoneNumber");
    }

    private static Optional<String> text(Request request, String at) {
        return Optional.of(request.object().at(at))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue);
    }

    private Reply verify(Request request) {
        String stateToken = request.body(TOKEN).stateToken();
        String factorId = request.variable(FACTOR);
        Step step =
                verifying.verify(request, factorId, request.body(Proof.SHAPE), remember(request));
        Outcome outcome = flow.move(request, stateToken, Move.VERIFY_FACTOR, step);
        return AutoPush.kept(request, factorId, outcome, answers.show(request, outcome));
    }

    /** Whether the user wants the device remembered, where that was said. */
    private static Optional<Boolean> remember(Request request) {
        return request.query()
                .first("rememberDevice")
                .map(said -> request.query().flag("rememberDevice", false));
    }

    /** A move whose body is, beside the state token, one of the Factors API. */
    private <T> Binding move(
            String operationId, Move move, Shape<T> shape, BiFunction<Request, T, Step> step) {
        return Binding.of(
                        operationId,
                        request -> {
                            String stateToken = request.body(TOKEN).stateToken();
                            Step made = step.apply(request, request.body(shape));
                            return answers.show(
                                    request, flow.move(request, stateToken, move, made));
                        })
                .takes(TOKEN.schema(Way.IN).with(shape.schema(Way.IN)))
                .answers(TransactionJson.SCHEMA);
    }
}
