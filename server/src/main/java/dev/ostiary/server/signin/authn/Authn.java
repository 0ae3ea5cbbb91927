package dev.ostiary.server.signin.authn;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Way;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.directory.users.Accounts;
import dev.ostiary.server.security.origins.RedirectTargets;
import dev.ostiary.server.security.threat.Threats;
import dev.ostiary.server.signin.devices.DeviceCookie;
import dev.ostiary.server.signin.devices.RememberedDevices;
import dev.ostiary.server.signin.devices.UnknownDevices;
import dev.ostiary.server.signin.flow.Arrivals;
import dev.ostiary.server.signin.flow.Destinations;
import dev.ostiary.server.signin.flow.Flow;
import dev.ostiary.server.signin.flow.Move;
import dev.ostiary.server.signin.flow.Options;
import dev.ostiary.server.signin.flow.SignInFactors;
import dev.ostiary.server.signin.flow.State;
import dev.ostiary.server.signin.flow.Step;
import dev.ostiary.server.signin.flow.Transaction.Beginning;
import dev.ostiary.server.signin.recovery.AnswerQuestion;
import dev.ostiary.server.signin.recovery.PhoneRecoveries;
import dev.ostiary.server.signin.recovery.Recoveries;
import dev.ostiary.server.signin.recovery.ResetPassword;
import dev.ostiary.server.signin.sessions.Proofs;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The family Authn: one line an operation. Thread-safe. */
public final class Authn implements Family {

    private static final Shape<MoveBody> TOKEN = MoveBody.with();
    private static final Shape<MoveBody> CANCEL = MoveBody.ifAny();
    private static final Shape<MoveBody> CHANGE = MoveBody.with("oldPassword", "newPassword");
    private static final Shape<MoveBody> RESET = MoveBody.with("newPassword");
    private static final Shape<MoveBody> ANSWER = MoveBody.with("answer");

    private static final Schema.Fields QUESTION =
            Schema.object()
                    .maybe(
                            "recovery_question",
                            Schema.object()
                                    .maybe("question", Schema.TEXT)
                                    .maybe("answer", Schema.TEXT));

    private static final String REQUEST = "authRequest";
    private static final String INCOMPLETE =
            "The 'username' and 'password' attributes are required in this context.";

    private final Accounts accounts;
    private final Flow flow;
    private final PrimaryAuthentication primary;
    private final Aims aims;
    private final Arrivals arrivals;
    private final ActivationSignIn activation;
    private final PhoneRecoveries phones;
    private final RecoveryOperations recovery;
    private final Answers answers;
    private final EnrolmentSteps enrolments;
    private final FactorOperations factors;
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
            Destinations destinations,
            Arrivals arrivals,
            RememberedDevices devices,
            UnknownDevices unknownDevices,
            Threats threats,
            Tokens tokens) {
        this.accounts = accounts;
        this.flow = flow;
        this.primary =
                new PrimaryAuthentication(
                        database, events, accounts, flow, threats, unknownDevices);
        this.aims = new Aims(database, flow, destinations, arrivals);
        this.arrivals = arrivals;
        this.activation = new ActivationSignIn(database, accounts, flow);
        this.phones = phones;
        this.answers = new Answers(flow);
        this.recovery = new RecoveryOperations(recoveries, phones, targets, answers);
        this.enrolments = new EnrolmentSteps(factors);
        this.factors =
                new FactorOperations(flow, answers, new FactorSteps(factors, devices), enrolments);
        this.tokens = tokens;
    }

    @Override
    public List<Binding> bindings() {
        return Stream.of(own(), factors.bindings(), recovery.bindings())
                .flatMap(List::stream)
                .toList();
    }

    private List<Binding> own() {
        return List.of(
                Binding.of("authenticate", this::authenticate)
                        .takes(SignInBody.SHAPE)
                        .answers(TransactionJson.SCHEMA)
                        .signingIn(Clients::userName),
                Binding.of("introspectAuthn", this::introspect)
                        .takes(TOKEN)
                        .answers(TransactionJson.SCHEMA),
                Binding.of("cancelAuthn", this::cancel)
                        .takes(CANCEL)
                        .answers(TransactionJson.CANCELLED),
                move("previousAuthnState", Move.PREVIOUS, TOKEN, (request, body) -> seen -> back()),
                move(
                        "skipAuthnState",
                        Move.SKIP,
                        TOKEN,
                        (request, body) -> enrolments.skip(request)),
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
                                (request, body) ->
                                        new ResetPassword(
                                                accounts,
                                                body.value("newPassword"),
                                                asked(request)))
                        .takes(RESET.schema(Way.IN).with(QUESTION)),
                move(
                        "answerAuthnRecoveryQuestion",
                        Move.ANSWER_QUESTION,
                        ANSWER,
                        (request, body) -> new AnswerQuestion(accounts, body.value("answer"))));
    }

    /** What pages add where the policy wants it; texts of another type are none. */
    private static Optional<ResetPassword.Asked> asked(Request request) {
        JsonNode question = request.object().path("recovery_question");
        return question.isObject()
                ? Optional.of(
                        new ResetPassword.Asked(
                                question.path("question").asString(""),
                                question.path("answer").asString("")))
                : Optional.empty();
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
                            return answers.show(
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

    private Reply authenticate(Request request) {
        SignInBody body = request.body(SignInBody.SHAPE);
        String stateToken = body.stateToken();
        if (stateToken != null) {
            return arrivals.find(request, stateToken)
                    .map(arrived -> arrived(request, body, arrived))
                    .orElseGet(() -> state(request, stateToken));
        }
        String audience = body.audience();
        return known(
                request, body, audience == null ? Aim.ANYWHERE : aims.audience(request, audience));
    }

    /** How okta-auth-js asks where a sign-in stands ({@code tx.introspect}). */
    private Reply introspect(Request request) {
        String stateToken = request.body(TOKEN).stateToken();
        return arrivals.find(request, stateToken)
                .map(arrived -> StepUpJson.arrived(request, arrivals.extend(request, arrived)))
                .orElseGet(() -> state(request, stateToken));
    }

    /** "Get transaction state". */
    private Reply state(Request request, String stateToken) {
        return phones.find(request, stateToken)
                .map(new TransactionJson(request)::challenged)
                .orElseGet(
                        () ->
                                answers.show(
                                        request,
                                        flow.move(request, stateToken, Move.GET, Authn::stay)));
    }

    /** A browser that has come to an app waits, until somebody gives a password in it. */
    private Reply arrived(Request request, SignInBody body, Arrivals.Waiting waiting) {
        return body.username() == null && body.password() == null
                ? StepUpJson.arrived(request, arrivals.extend(request, waiting))
                : known(request, body, aims.arrival(request, waiting));
    }

    /** A browser is known again by a cookie that it is given here. */
    private Reply known(Request request, SignInBody body, Aim aim) {
        Optional<DeviceCookie.Given> given = Clients.givenTo(request, tokens);
        Reply reply = begin(request, body, beginning(request, body, given), aim);
        return given.map(cookie -> reply.with("Set-Cookie", cookie.line())).orElse(reply);
    }

    private Reply begin(Request request, SignInBody body, Beginning beginning, Aim aim) {
        String token = body.token();
        String audience = body.audience();
        if (token != null && audience != null) {
            throw Aims.unknown(audience);
        }
        if (token != null && body.stateToken() == null) {
            return answers.show(request, activation.redeem(request, token, beginning));
        }
        String name = body.username();
        String password = body.password();
        if (name == null || password == null) {
            throw ApiException.validation(REQUEST, INCOMPLETE);
        }
        return answers.show(request, primary.authenticate(request, name, password, beginning, aim));
    }

    private static Beginning beginning(
            Request request, SignInBody body, Optional<DeviceCookie.Given> given) {
        Options options = body.options();
        return new Beginning(
                Proofs.NONE,
                options == null ? Options.NONE : options,
                Optional.empty(),
                Optional.empty(),
                Clients.device(request, body.context(), given.map(DeviceCookie.Given::token)));
    }

    private Reply cancel(Request request) {
        String stateToken = request.body(CANCEL).stateToken();
        return stateToken.isEmpty()
                ? Reply.okEmptyObject()
                : answers.show(
                        request,
                        phones.cancel(request, stateToken)
                                .orElseGet(
                                        () ->
                                                flow.move(
                                                        request,
                                                        stateToken,
                                                        Move.CANCEL,
                                                        Authn::end)));
    }

    private static Step.Judgment stay(Step.Seen seen) {
        return new Step.Granted((tx, account, transaction) -> new Step.Rest(transaction));
    }

    private static Step.Judgment end(Step.Seen seen) {
        return new Step.Granted((tx, account, transaction) -> new Step.End());
    }

    /** Back to a choice that is made by what is there now: it may be one that can be skipped. */
    private static Step.Judgment back() {
        return new Step.Granted(
                (tx, account, transaction) ->
                        transaction.state() instanceof State.MfaEnrollActivate
                                ? new Step.Onward(transaction)
                                : new Step.Rest(Flow.previous(transaction)));
    }
}
