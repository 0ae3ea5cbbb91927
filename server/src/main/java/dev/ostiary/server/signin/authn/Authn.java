package dev.ostiary.server.signin.authn;

import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.json.Way;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.directory.users.Accounts;
import dev.ostiary.server.directory.users.RecoveryTokens.Purpose;
import dev.ostiary.server.security.origins.RedirectTargets;
import dev.ostiary.server.signin.factors.NewFactor;
import dev.ostiary.server.signin.factors.Proof;
import dev.ostiary.server.signin.flow.Flow;
import dev.ostiary.server.signin.flow.Move;
import dev.ostiary.server.signin.flow.Options;
import dev.ostiary.server.signin.flow.Outcome;
import dev.ostiary.server.signin.flow.SignInFactors;
import dev.ostiary.server.signin.flow.Step;
import dev.ostiary.server.signin.flow.Transaction.Beginning;
import dev.ostiary.server.signin.recovery.AnswerQuestion;
import dev.ostiary.server.signin.recovery.Recoveries;
import dev.ostiary.server.signin.recovery.Recoveries.HandedOut;
import dev.ostiary.server.signin.recovery.ResetPassword;
import dev.ostiary.server.signin.sessions.Proofs;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** The family Authn: one line an operation. Thread-safe. */
public final class Authn implements Family {

    private static final Shape<MoveBody> TOKEN = MoveBody.with();
    private static final Shape<MoveBody> CHANGE = MoveBody.with("oldPassword", "newPassword");
    private static final Shape<MoveBody> RESET = MoveBody.with("newPassword");
    private static final Shape<MoveBody> ANSWER = MoveBody.with("answer");
    private static final Shape<String> RECOVERY_TOKEN = recoveryToken();

    private static final String FACTOR = "factorId";
    private static final String REQUEST = "authRequest";
    private static final String INCOMPLETE =
            "The 'username' and 'password' attributes are required in this context.";

    private final Accounts accounts;
    private final Flow flow;
    private final PrimaryAuthentication primary;
    private final ActivationSignIn activation;
    private final Recoveries recoveries;
    private final RedirectTargets targets;
    private final FactorSteps steps;

    public Authn(
            Database database,
            EventCatalogue events,
            Accounts accounts,
            Flow flow,
            Recoveries recoveries,
            RedirectTargets targets,
            SignInFactors factors) {
        this.accounts = accounts;
        this.flow = flow;
        this.primary = new PrimaryAuthentication(database, events, accounts, flow);
        this.activation = new ActivationSignIn(database, accounts, flow);
        this.recoveries = recoveries;
        this.targets = targets;
        this.steps = new FactorSteps(factors);
    }

    private static Shape<String> recoveryToken() {
        Shape.Builder<String> shape = Shape.of(REQUEST);
        Field<String, String> token =
                shape.field("recoveryToken", Type.TEXT, text -> text).required().writeOnly();
        return shape.build(in -> in.get(token));
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("authenticate", this::authenticate)
                        .takes(SignInBody.SHAPE)
                        .answers(TransactionJson.SCHEMA)
                        .signingIn(Authn::userName),
                move("cancelAuthn", Move.CANCEL, TOKEN, (request, body) -> Authn::cancel)
                        .answers(Schema.object()),
                move("previousAuthnState", Move.PREVIOUS, TOKEN, (request, body) -> seen -> back()),
                move("skipAuthnState", Move.SKIP, TOKEN, (request, body) -> seen -> skip()),
                move(
                        "changeAuthnPassword",
                        Move.CHANGE_PASSWORD,
                        CHANGE,
                        (request, body) ->
                                new ChangePassword(
                                        accounts,
                                        body.value("oldPassword"),
                                        body.value("newPassword"))),
                move(
                        "resetAuthnPassword",
                        Move.RESET_PASSWORD,
                        RESET,
                        (request, body) -> new ResetPassword(accounts, body.value("newPassword"))),
                move(
                        "answerAuthnRecoveryQuestion",
                        Move.ANSWER_QUESTION,
                        ANSWER,
                        (request, body) -> new AnswerQuestion(accounts, body.value("answer"))),
                Binding.of("forgotAuthnPassword", request -> recover(request, Purpose.PASSWORD))
                        .takes(RecoveryBody.SHAPE)
                        .answers(TransactionJson.SCHEMA)
                        .signingIn(Authn::userName),
                Binding.of("unlockAuthnAccount", request -> recover(request, Purpose.UNLOCK))
                        .takes(RecoveryBody.SHAPE)
                        .answers(TransactionJson.SCHEMA)
                        .signingIn(Authn::userName),
                Binding.of("verifyAuthnRecoveryToken", this::redeem)
                        .takes(RECOVERY_TOKEN)
                        .answers(TransactionJson.SCHEMA),
                factor("enrollAuthnFactor", Move.ENROLL_FACTOR, NewFactor.SHAPE, this::enrol),
                factor("activateAuthnFactor", Move.ACTIVATE_FACTOR, Proof.SHAPE, this::activate),
                factor(
                        "activateAuthnFactorPoll",
                        Move.POLL_ACTIVATION,
                        Proof.SHAPE,
                        this::activate),
                move(
                        "resendAuthnFactorActivation",
                        Move.RESEND_ACTIVATION,
                        TOKEN,
                        (request, body) ->
                                steps.resendActivation(request, request.variable(FACTOR))),
                factor("verifyAuthnFactor", Move.VERIFY_FACTOR, Proof.SHAPE, this::verify),
                move(
                        "resendAuthnFactor",
                        Move.RESEND_CHALLENGE,
                        TOKEN,
                        (request, body) -> steps.resend(request, request.variable(FACTOR))));
    }

    private Step enrol(Request request, NewFactor wanted) {
        return steps.enrol(request, wanted);
    }

    private Step activate(Request request, Proof proof) {
        return steps.activate(request, request.variable(FACTOR), proof);
    }

    private Step verify(Request request, Proof proof) {
        return steps.verify(request, request.variable(FACTOR), proof);
    }

    /** A move whose body is, beside the state token, one of the Factors API. */
    private <T> Binding factor(
            String operationId, Move move, Shape<T> shape, BiFunction<Request, T, Step> step) {
        return Binding.of(
                        operationId,
                        request -> {
                            String stateToken = request.body(TOKEN).stateToken();
                            Step made = step.apply(request, request.body(shape));
                            return show(request, flow.move(request, stateToken, move, made));
                        })
                .takes(TOKEN.schema(Way.IN).with(shape.schema(Way.IN)))
                .answers(TransactionJson.SCHEMA);
    }

    private Binding move(
            String operationId,
            Move move,
            Shape<MoveBody> shape,
            BiFunction<Request, MoveBody, Step> step) {
        return Binding.of(
                        operationId,
                        request -> {
                            MoveBody body = request.body(shape);
                            return show(
                                    request,
                                    flow.move(
                                            request,
                                            body.stateToken(),
                                            move,
                                            step.apply(request, body)));
                        })
                .takes(shape)
                .answers(TransactionJson.SCHEMA);
    }

    /** Who is counted, in one spelling; requests that go on with a state token are not. */
    private static Optional<String> userName(Request request) {
        return Optional.ofNullable(request.object().get("username"))
                .filter(node -> node.isString() && node.stringValue().length() <= 200)
                .map(node -> Accounts.spelling(node.stringValue()));
    }

    private Reply authenticate(Request request) {
        SignInBody body = request.body(SignInBody.SHAPE);
        String stateToken = body.stateToken();
        if (stateToken != null) {
            return show(request, flow.move(request, stateToken, Move.GET, Authn::stay));
        }
        if (body.audience() != null) {
            throw ApiException.validation(
                    REQUEST, "Invalid or unknown audience '" + body.audience() + "'.");
        }
        Beginning beginning = beginning(request, body);
        String token = body.token();
        if (token != null) {
            return show(request, activation.redeem(request, token, beginning));
        }
        String name = body.username();
        String password = body.password();
        if (name == null || password == null) {
            throw ApiException.validation(REQUEST, INCOMPLETE);
        }
        return show(request, primary.authenticate(request, name, password, beginning));
    }

    /** A device is believed to be what a trusted application says it is, and nobody else (P15). */
    private static Beginning beginning(Request request, SignInBody body) {
        Options options = body.options();
        SignInBody.Context context = body.context();
        return new Beginning(
                Proofs.NONE,
                options == null ? Options.NONE : options,
                Optional.empty(),
                Optional.empty(),
                context == null || !isTrusted(request)
                        ? Optional.empty()
                        : Optional.ofNullable(context.deviceToken()));
    }

    /** Whether an administrator's API token says that a trusted application asks. */
    private static boolean isTrusted(Request request) {
        return switch (request.caller()) {
            case Caller.Token token -> token.permissions().superAdmin();
            case Caller.Session session -> false;
            case Caller.Operator operator -> false;
            case Caller.Anonymous nobody -> false;
        };
    }

    private Reply recover(Request request, Purpose purpose) {
        RecoveryBody body = request.body(RecoveryBody.SHAPE);
        String type = body.factorType();
        if (type == null) {
            if (!isTrusted(request)) {
                throw ApiException.validation(
                        "factorType", "factorType: The field cannot be left blank");
            }
            HandedOut handed = recoveries.handOut(request, purpose, body.username());
            return new TransactionJson(request).handedOut(purpose, handed.user(), handed.token());
        }
        if (!type.equals("EMAIL")) {
            throw ApiException.of(purpose == Purpose.UNLOCK ? "E0000032" : "E0000034");
        }
        recoveries.mail(request, purpose, body.username(), relayState(request, body));
        return TransactionJson.mailed(purpose);
    }

    private Optional<String> relayState(Request request, RecoveryBody body) {
        String wanted = body.relayState();
        if (wanted == null || wanted.isEmpty()) {
            return Optional.empty();
        }
        if (targets.resolve(request, wanted).isEmpty()) {
            throw ApiException.validation(
                    "relayState", "relayState: The URL is not of a trusted origin");
        }
        return Optional.of(wanted);
    }

    private Reply redeem(Request request) {
        return show(request, recoveries.redeem(request, request.body(RECOVERY_TOKEN)));
    }

    private Reply show(Request request, Outcome outcome) {
        return new TransactionJson(request)
                .show(
                        outcome,
                        outcome instanceof Outcome.Waiting waiting
                                ? flow.daysLeft(request, waiting)
                                : 0);
    }

    private static Step.Judgment stay(Step.Seen seen) {
        return new Step.Granted((tx, account, transaction) -> new Step.Rest(transaction));
    }

    private static Step.Judgment cancel(Step.Seen seen) {
        return new Step.Granted((tx, account, transaction) -> new Step.End());
    }

    private static Step.Judgment back() {
        return new Step.Granted(
                (tx, account, transaction) -> new Step.Rest(Flow.previous(transaction)));
    }

    private static Step.Judgment skip() {
        return new Step.Granted(
                (tx, account, transaction) -> new Step.Onward(Flow.passingOver(transaction)));
    }
}
