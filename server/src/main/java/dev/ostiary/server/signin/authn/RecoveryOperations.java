package dev.ostiary.server.signin.authn;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.server.directory.users.RecoveryTokens.Purpose;
import dev.ostiary.server.policy.PasswordDecision.Reach;
import dev.ostiary.server.security.origins.RedirectTargets;
import dev.ostiary.server.signin.recovery.PhoneRecoveries;
import dev.ostiary.server.signin.recovery.Recoveries;
import dev.ostiary.server.signin.recovery.Recoveries.HandedOut;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How recoveries begin, until there is a state token of the flow ("Recovery operations").
 * Thread-safe.
 *
 * @param recoveries by mail, or by trusted applications
 * @param phones by SMS and call
 * @param targets where one may be sent afterwards
 * @param answers what a move is answered with
 */
record RecoveryOperations(
        Recoveries recoveries, PhoneRecoveries phones, RedirectTargets targets, Answers answers) {

    private static final Shape<MoveBody> TOKEN = MoveBody.with();
    private static final Shape<MoveBody> PASS_CODE = MoveBody.with("passCode");
    private static final Shape<String> RECOVERY_TOKEN = recoveryToken();
    private static final String FACTOR_TYPE = "factorType";

    private static Shape<String> recoveryToken() {
        Shape.Builder<String> shape = Shape.of("authRequest");
        Field<String, String> token =
                shape.field("recoveryToken", Type.TEXT, text -> text).required().writeOnly();
        return shape.build(in -> in.get(token));
    }

    List<Binding> bindings() {
        return List.of(
                Binding.of("forgotAuthnPassword", request -> recover(request, Purpose.PASSWORD))
                        .takes(RecoveryBody.SHAPE)
                        .answers(TransactionJson.SCHEMA)
                        .signingIn(Clients::userName),
                Binding.of("unlockAuthnAccount", request -> recover(request, Purpose.UNLOCK))
                        .takes(RecoveryBody.SHAPE)
                        .answers(TransactionJson.SCHEMA)
                        .signingIn(Clients::userName),
                Binding.of("verifyAuthnRecoveryFactor", this::verifyPhone)
                        .takes(PASS_CODE)
                        .answers(TransactionJson.SCHEMA),
                Binding.of("resendAuthnRecoveryFactor", this::resendToPhone)
                        .takes(TOKEN)
                        .answers(TransactionJson.SCHEMA),
                Binding.of("verifyAuthnRecoveryToken", this::redeem)
                        .takes(RECOVERY_TOKEN)
                        .answers(TransactionJson.SCHEMA));
    }

    private Reply recover(Request request, Purpose purpose) {
        RecoveryBody body = request.body(RecoveryBody.SHAPE);
        String type = body.factorType();
        if (type == null) {
            if (!Clients.isTrusted(request)) {
                throw ApiException.validation(
                        "factorType", "factorType: The field cannot be left blank");
            }
            HandedOut handed =
                    recoveries.handOut(
                            request, purpose, body.username(), relayState(request, body));
            return new TransactionJson(request).handedOut(purpose, handed, body.relayState());
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
        return answers.show(
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
        return answers.show(request, recoveries.redeem(request, request.body(RECOVERY_TOKEN)));
    }
}
