package dev.ostiary.server.signin.authn;

import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.context.DeviceFingerprint;
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
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.directory.users.Accounts;
import dev.ostiary.server.directory.users.RecoveryTokens.Purpose;
import dev.ostiary.server.policy.PasswordDecision.Reach;
import dev.ostiary.server.security.origins.RedirectTargets;
import dev.ostiary.server.security.threat.Threats;
import dev.ostiary.server.signin.devices.Device;
import dev.ostiary.server.signin.devices.DeviceCookie;
import dev.ostiary.server.signin.devices.RememberedDevices;
import dev.ostiary.server.signin.devices.UnknownDevices;
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
import dev.ostiary.server.signin.recovery.PhoneRecoveries;
import dev.ostiary.server.signin.recovery.Recoveries;
import dev.ostiary.server.signin.recovery.Recoveries.HandedOut;
import dev.ostiary.server.signin.recovery.ResetPassword;
import dev.ostiary.server.signin.sessions.Proofs;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The family Authn: one line an operation. Thread-safe. */
public final class Authn implements Family {

    private static final Shape<MoveBody> TOKEN = MoveBody.with();
    private static final Shape<MoveBody> CHANGE = MoveBody.with("oldPassword", "newPassword");
    private static final Shape<MoveBody> RESET = MoveBody.with("newPassword");
    private static final Shape<MoveBody> ANSWER = MoveBody.with("answer");
    private static final Shape<MoveBody> PASS_CODE = MoveBody.with("passCode");
    private static final Shape<String> RECOVERY_TOKEN = recoveryToken();

    private static final String FACTOR = "factorId";
    private static final String FACTOR_TYPE = "factorType";
    private static final String REQUEST = "authRequest";
    private static final String INCOMPLETE =
            "The 'username' and 'password' attributes are required in this context.";

    private final Accounts accounts;
    private final Flow flow;
    private final PrimaryAuthentication primary;
    private final ActivationSignIn activation;
    private final Recoveries recoveries;
    private final PhoneRecoveries phones;
    private final RedirectTargets targets;
    private final FactorSteps steps;
    private final Tokens tokens;

    public Authn(
            Database database,
            EventCatalogue events,
            Accounts accounts,
            Flow flow,
            Recoveries recoveries,
            PhoneRecoveries phones,
            RedirectTargets targets,
            SignInFactors factors,
            RememberedDevices devices,
            UnknownDevices unknownDevices,
            Threats threats,
            Tokens tokens) {
        this.accounts = accounts;
        this.flow = flow;
        this.primary =
                new PrimaryAuthentication(
                        database, events, accounts, flow, threats, unknownDevices);
        this.activation = new ActivationSignIn(database, accounts, flow);
        this.recoveries = recoveries;
        this.phones = phones;
        this.targets = targets;
        this.steps = new FactorSteps(factors, devices);
        this.tokens = tokens;
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
                Binding.of("cancelAuthn", this::cancel).takes(TOKEN).answers(Schema.object()),
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
                Binding.of("verifyAuthnRecoveryFactor", this::verifyPhone)
                        .takes(PASS_CODE)
                        .answers(TransactionJson.SCHEMA),
                Binding.of("resendAuthnRecoveryFactor", this::resendToPhone)
                        .takes(TOKEN)
                        .answers(TransactionJson.SCHEMA),
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
        return steps.verify(request, request.variable(FACTOR), proof, remember(request));
    }

    /** Whether the user wants the device remembered, where that was said. */
    private static Optional<Boolean> remember(Request request) {
        return request.query()
                .first("rememberDevice")
                .map(said -> request.query().flag("rememberDevice", false));
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
            return phones.find(request, stateToken)
                    .map(new TransactionJson(request)::challenged)
                    .orElseGet(
                            () ->
                                    show(
                                            request,
                                            flow.move(request, stateToken, Move.GET, Authn::stay)));
        }
        if (body.audience() != null) {
            throw ApiException.validation(
                    REQUEST, "Invalid or unknown audience '" + body.audience() + "'.");
        }
        Optional<DeviceCookie.Given> given = givenTo(request);
        Reply reply = begin(request, body, beginning(request, body, given));
        return given.map(cookie -> reply.with("Set-Cookie", cookie.line())).orElse(reply);
    }

    private Reply begin(Request request, SignInBody body, Beginning beginning) {
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

    /** A cookie for a browser that no application speaks for, and that has none. */
    private Optional<DeviceCookie.Given> givenTo(Request request) {
        return !isTrusted(request)
                        && DeviceCookie.isBrowser(request)
                        && DeviceCookie.of(request).isEmpty()
                ? Optional.of(DeviceCookie.give(tokens))
                : Optional.empty();
    }

    private static Beginning beginning(
            Request request, SignInBody body, Optional<DeviceCookie.Given> given) {
        Options options = body.options();
        return new Beginning(
                Proofs.NONE,
                options == null ? Options.NONE : options,
                Optional.empty(),
                Optional.empty(),
                device(request, body.context(), given.map(DeviceCookie.Given::token)));
    }

    /**
     * A device is believed to be what a trusted application says it is, and nobody else but the
     * browser that was given a name (P15).
     */
    private static Device device(
            Request request, SignInBody.@Nullable Context context, Optional<String> given) {
        if (!isTrusted(request)) {
            return new Device(DeviceCookie.of(request).or(() -> given), Optional.empty());
        }
        DeviceFingerprint fingerprint =
                DeviceFingerprint.of(request.header("X-Device-Fingerprint").orElse(null));
        return new Device(
                context == null ? Optional.empty() : Optional.ofNullable(context.deviceToken()),
                Optional.ofNullable(fingerprint).map(DeviceFingerprint::value));
    }

    /** Whether an administrator's API token says that a trusted application asks. */
    private static boolean isTrusted(Request request) {
        return switch (request.caller()) {
            case Caller.Token token -> token.permissions().superAdmin();
            case Caller.Session session -> false;
            case Caller.Bearer bearer -> false;
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
        Reach way = Reach.valueOf(type);
        Optional<String> relayState = relayState(request, body);
        if (way == Reach.EMAIL) {
            recoveries.mail(request, purpose, body.username(), relayState);
            return TransactionJson.mailed(purpose);
        }
        if (way == Reach.CALL && purpose == Purpose.UNLOCK) {
            throw ApiException.of("E0000032");
        }
        return new TransactionJson(request)
                .challenged(phones.begin(request, purpose, way, body.username(), relayState));
    }

    private Reply verifyPhone(Request request) {
        MoveBody body = request.body(PASS_CODE);
        return show(
                request,
                phones.verify(request, body.stateToken(), phone(request), body.value("passCode")));
    }

    /** The way to be reached in the path. */
    private static Reach phone(Request request) {
        String way = request.variable(FACTOR_TYPE);
        return Stream.of(Reach.SMS, Reach.CALL)
                .filter(each -> each.name().equalsIgnoreCase(way))
                .findFirst()
                .orElseThrow(() -> ApiException.notFound(way, "Factor"));
    }

    private Reply resendToPhone(Request request) {
        String stateToken = request.body(TOKEN).stateToken();
        return new TransactionJson(request)
                .challenged(phones.resend(request, stateToken, phone(request)));
    }

    private Reply cancel(Request request) {
        String stateToken = request.body(TOKEN).stateToken();
        return phones.cancel(request, stateToken)
                ? Reply.okEmptyObject()
                : show(request, flow.move(request, stateToken, Move.CANCEL, Authn::end));
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

    private static Step.Judgment end(Step.Seen seen) {
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
