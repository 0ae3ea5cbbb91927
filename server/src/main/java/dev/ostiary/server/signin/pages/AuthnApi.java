package dev.ostiary.server.signin.pages;

import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Json;
import dev.ostiary.server.signin.pages.InProcess.Call;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * The Authentication API, as pages use it. Every method throws what the API answers with an error.
 * Thread-safe.
 */
record AuthnApi(InProcess api) {

    private static final String TOKEN = "stateToken";

    AuthnState signIn(Request request, String username, String password) {
        ObjectNode body = Json.object().put("username", username).put("password", password);
        body.putObject("options").put("warnBeforePasswordExpired", true);
        return call(request, Call.of("authenticate").with(body));
    }

    /** Redeems the token of an invitation. */
    AuthnState activate(Request request, String token) {
        return call(request, Call.of("authenticate").with(Json.object().put("token", token)));
    }

    /** Redeems the token of a recovery. */
    AuthnState recover(Request request, String token) {
        return call(
                request,
                Call.of("verifyAuthnRecoveryToken")
                        .with(Json.object().put("recoveryToken", token)));
    }

    /** Where a sign-in stands. */
    AuthnState at(Request request, String stateToken) {
        return move(request, "authenticate", stateToken, Json.object());
    }

    /** Makes a move that a form asks for. */
    AuthnState move(Request request, String operationId, String stateToken, ObjectNode body) {
        return call(request, Call.of(operationId).with(body.put(TOKEN, stateToken)));
    }

    /** Challenges a factor, or answers its challenge. */
    AuthnState factor(
            Request request,
            String operationId,
            String stateToken,
            String factorId,
            ObjectNode body) {
        return call(
                request,
                Call.of(operationId).on("factorId", factorId).with(body.put(TOKEN, stateToken)));
    }

    /** Answers the challenge of a factor, and says whether the device shall be remembered. */
    AuthnState verify(
            Request request,
            String stateToken,
            String factorId,
            ObjectNode body,
            boolean remember) {
        return call(
                request,
                Call.of("verifyAuthnFactor")
                        .on("factorId", factorId)
                        .asking(Map.of("rememberDevice", List.of(Boolean.toString(remember))))
                        .with(body.put(TOKEN, stateToken)));
    }

    /** Asks for a mail; whether there is such a user, nobody learns. */
    void mail(Request request, String operationId, String username) {
        call(
                request,
                Call.of(operationId)
                        .with(Json.object().put("username", username).put("factorType", "EMAIL")));
    }

    private AuthnState call(Request request, Call call) {
        return new AuthnState(api.document(request, call));
    }
}
