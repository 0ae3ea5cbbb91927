package dev.ostiary.server.signin.pages;

import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.server.signin.flow.Status;
import dev.ostiary.server.signin.pages.form.Form;
import dev.ostiary.server.signin.pages.text.Phrase;
import dev.ostiary.server.signin.pages.view.ChallengeScreen;
import dev.ostiary.server.signin.pages.view.ChooseFactorScreen;
import dev.ostiary.server.signin.pages.view.EnrollOneScreen;
import dev.ostiary.server.signin.pages.view.Factor;
import dev.ostiary.server.signin.pages.view.FactorOffer;
import dev.ostiary.server.signin.pages.view.NewKeyScreen;
import dev.ostiary.server.signin.pages.view.NewPasswordScreen;
import dev.ostiary.server.signin.pages.view.Problem;
import dev.ostiary.server.signin.pages.view.Screen;
import dev.ostiary.server.signin.pages.view.SecurityKeyScreen;
import dev.ostiary.server.signin.pages.view.Step;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * The steps in the middle of a sign-in, from a form to a move of the Authentication API and back to
 * what is said of it. Thread-safe.
 */
record SignInSteps(AuthnApi authn) {

    /** What a step comes to. */
    sealed interface Result {}

    /**
     * The flow has moved.
     *
     * @param chosen the factor that is to be asked for, where the flow need not know it yet
     */
    record Moved(AuthnState state, Optional<String> chosen) implements Result {}

    /** The flow rests where it was, and the page says what was wrong. */
    record Wrong(AuthnState state, int status, Screen screen) implements Result {}

    /** It was given up. */
    record Ended() implements Result {}

    /** The flow is somewhere else by now, or over; its page says where. */
    record Late() implements Result {}

    Result take(Request request, String stateToken, Step step, Form form) {
        AuthnState state;
        try {
            state = authn.at(request, stateToken);
        } catch (ApiException over) {
            return new Late();
        }
        Taking taking = new Taking(authn, request, stateToken, form, state);
        try {
            return switch (step) {
                case CHOOSE -> taking.choose();
                case VERIFY -> taking.verify();
                case RESEND -> taking.resend();
                case PREVIOUS -> taking.previous();
                case OFFER -> taking.offer();
                case ENROLL -> taking.enroll();
                case ACTIVATE -> taking.activate();
                case PASSWORD -> taking.password();
                case SKIP -> taking.plain("skipAuthnState");
                case ANSWER -> taking.answer();
                case CANCEL -> taking.cancel();
            };
        } catch (ApiException refused) {
            return taking.refused(refused);
        }
    }

    /** One step under way. */
    private record Taking(
            AuthnApi authn, Request request, String stateToken, Form form, AuthnState state) {

        private Result moved(String operationId, ObjectNode body) {
            return new Moved(authn.move(request, operationId, stateToken, body), Optional.empty());
        }

        private Result plain(String operationId) {
            return moved(operationId, Json.object());
        }

        private Result cancel() {
            authn.move(request, "cancelAuthn", stateToken, Json.object());
            return new Ended();
        }

        /** Only the state's own factors are asked for, whatever the form says. */
        private Factor factor() {
            String id = form.text(ChooseFactorScreen.FACTOR);
            return state.factors().stream()
                    .filter(each -> each.id().equals(id))
                    .findFirst()
                    .or(() -> state.challenged().filter(each -> each.id().equals(id)))
                    .orElseThrow(() -> ApiException.of("E0000079"));
        }

        private Result choose() {
            Factor factor = factor();
            if (factor.kind().isSent() || factor.kind() == Factor.Kind.WEBAUTHN) {
                return new Moved(
                        authn.factor(
                                request,
                                "verifyAuthnFactor",
                                stateToken,
                                factor.id(),
                                Json.object()),
                        Optional.empty());
            }
            return new Moved(state, Optional.of(factor.id()));
        }

        private Result verify() {
            Factor factor = factor();
            ObjectNode body = Json.object();
            switch (factor.kind()) {
                case QUESTION -> body.put("answer", form.text(ChallengeScreen.ANSWER));
                case WEBAUTHN ->
                        body.put("clientData", form.text(SecurityKeyScreen.CLIENT_DATA))
                                .put(
                                        "authenticatorData",
                                        form.text(SecurityKeyScreen.AUTHENTICATOR_DATA))
                                .put("signatureData", form.text(SecurityKeyScreen.SIGNATURE));
                case TOTP, HOTP, SMS, CALL, EMAIL ->
                        body.put("passCode", form.text(ChallengeScreen.CODE).replace(" ", ""));
                case PUSH -> {}
            }
            boolean remember = form.text(ChallengeScreen.REMEMBER).equals("true");
            AuthnState next = authn.verify(request, stateToken, factor.id(), body, remember);
            if (factor.kind() == Factor.Kind.PUSH && next.factorResult().equals("WAITING")) {
                return wrong(next, Problem.of(Phrase.PUSH_WAITING));
            }
            return new Moved(next, Optional.empty());
        }

        private Result resend() {
            AuthnState next =
                    authn.factor(
                            request,
                            state.status() == Status.MFA_ENROLL_ACTIVATE
                                    ? "resendAuthnFactorActivation"
                                    : "resendAuthnFactor",
                            stateToken,
                            state.challenged().map(Factor::id).orElse(""),
                            Json.object());
            return new Wrong(next, 200, StateScreens.of(next).good(Phrase.CODE_SENT).screen());
        }

        private Result previous() {
            return state.status() == Status.MFA_CHALLENGE
                            || state.status() == Status.MFA_ENROLL_ACTIVATE
                    ? plain("previousAuthnState")
                    : new Moved(state, Optional.empty());
        }

        /** Only what the state offers is set up, whatever the form says. */
        private FactorOffer offered() {
            String name = form.text(FactorOffer.FIELD);
            return state.offers().stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> ApiException.of("E0000079"));
        }

        private Result offer() {
            return new Moved(state, Optional.of(offered().name()));
        }

        private Result enroll() {
            FactorOffer offer = offered();
            ObjectNode body = Json.object().put("provider", offer.provider());
            switch (offer.kind()) {
                case QUESTION ->
                        body.put("factorType", "question")
                                .putObject("profile")
                                .put("question", form.text(EnrollOneScreen.QUESTION))
                                .put("answer", form.text(ChallengeScreen.ANSWER));
                case SMS, CALL ->
                        body.put("factorType", offer.kind() == Factor.Kind.SMS ? "sms" : "call")
                                .putObject("profile")
                                .put("phoneNumber", form.text(EnrollOneScreen.PHONE));
                case EMAIL -> body.put("factorType", "email");
                case TOTP -> body.put("factorType", "token:software:totp");
                case HOTP ->
                        body.put("factorType", "token:hardware")
                                .putObject("verify")
                                .put("passCode", form.text(ChallengeScreen.CODE));
                case PUSH -> body.put("factorType", "push");
                case WEBAUTHN -> body.put("factorType", "webauthn");
            }
            return moved("enrollAuthnFactor", body);
        }

        private Result activate() {
            Factor factor = state.challenged().orElseThrow(() -> ApiException.of("E0000079"));
            ObjectNode body = Json.object();
            switch (factor.kind()) {
                case PUSH -> {}
                case WEBAUTHN ->
                        body.put("clientData", form.text(SecurityKeyScreen.CLIENT_DATA))
                                .put("attestation", form.text(NewKeyScreen.ATTESTATION));
                case TOTP, HOTP, SMS, CALL, EMAIL, QUESTION ->
                        body.put("passCode", form.text(ChallengeScreen.CODE).replace(" ", ""));
            }
            AuthnState next =
                    authn.factor(request, "activateAuthnFactor", stateToken, factor.id(), body);
            return factor.kind() == Factor.Kind.PUSH && next.status() == Status.MFA_ENROLL_ACTIVATE
                    ? wrong(next, Problem.of(Phrase.ENROLL_PUSH_WAITING))
                    : new Moved(next, Optional.empty());
        }

        private Result password() {
            String wanted = form.text(NewPasswordScreen.NEW);
            if (!wanted.equals(form.text(NewPasswordScreen.REPEATED))) {
                return wrong(
                        state, Problem.of(Phrase.PASSWORDS_DIFFER).in(NewPasswordScreen.REPEATED));
            }
            ObjectNode body = Json.object().put("newPassword", wanted);
            if (state.wantsQuestion()) {
                body.putObject("recovery_question")
                        .put("question", form.text(NewPasswordScreen.QUESTION))
                        .put("answer", form.text(ChallengeScreen.ANSWER));
            }
            return state.status() == Status.PASSWORD_RESET
                    ? moved("resetAuthnPassword", body)
                    : moved(
                            "changeAuthnPassword",
                            body.put("oldPassword", form.text(NewPasswordScreen.OLD)));
        }

        private Result answer() {
            return moved(
                    "answerAuthnRecoveryQuestion",
                    Json.object().put("answer", form.text(ChallengeScreen.ANSWER)));
        }

        private Result wrong(AuthnState rests, Problem problem) {
            return new Wrong(
                    rests, 400, StateScreens.of(rests).choosing(chosen()).wrong(problem).screen());
        }

        private Optional<String> chosen() {
            return Optional.of(form.text(ChooseFactorScreen.FACTOR))
                    .filter(id -> !id.isEmpty())
                    .or(() -> Optional.of(form.text(FactorOffer.FIELD)))
                    .filter(name -> !name.isEmpty());
        }

        /** What the API has refused, in words for people. */
        private Result refused(ApiException refused) {
            return switch (refused.code()) {
                case "E0000011", "E0000079" -> new Late();
                case "E0000068", "E0000087" -> wrong(state, wrongAnswer());
                case "E0000014", "E0000080" -> wrong(state, wrongPassword(refused));
                case "E0000047", "E0000109", "E0000118" ->
                        wrong(state, Problem.of(Phrase.TOO_MANY));
                case "E0000098" ->
                        wrong(state, Problem.of(Phrase.WRONG_PHONE).in(EnrollOneScreen.PHONE));
                case "E0000069" -> new Wrong(state, 401, StateScreens.LOCKED);
                case "E0000001" -> wrong(state, refusedFactor());
                case "E0000082", "E0000083", "E0000133" ->
                        wrong(state, Problem.of(Phrase.NOT_VERIFIED));
                default -> throw refused;
            };
        }

        /** What cannot be set up so, or be verified so. */
        private Problem refusedFactor() {
            return state.wantsQuestion()
                            || state.status() == Status.MFA_ENROLL
                                    && !form.text(EnrollOneScreen.QUESTION).isEmpty()
                    ? Problem.of(Phrase.ANSWER_REFUSED).in(ChallengeScreen.ANSWER)
                    : Problem.of(Phrase.NOT_VERIFIED);
        }

        private Problem wrongAnswer() {
            boolean question =
                    state.status() == Status.RECOVERY
                            || !form.text(ChallengeScreen.ANSWER).isEmpty();
            if (question) {
                return Problem.of(Phrase.WRONG_ANSWER).in(ChallengeScreen.ANSWER);
            }
            return form.text(SecurityKeyScreen.CLIENT_DATA).isEmpty()
                    ? Problem.of(Phrase.WRONG_CODE).in(ChallengeScreen.CODE)
                    : Problem.of(Phrase.NOT_VERIFIED);
        }

        /** The API says it in English, one cause for each reason. */
        private static Problem wrongPassword(ApiException refused) {
            String causes = String.join(" ", refused.causes());
            if (causes.contains("oldPassword") || causes.contains("Old password")) {
                return Problem.of(Phrase.WRONG_OLD_PASSWORD).in(NewPasswordScreen.OLD);
            }
            Phrase phrase =
                    causes.contains("too recently") || causes.contains("current password")
                            ? Phrase.PASSWORD_TOO_RECENT
                            : causes.contains("commonly used")
                                    ? Phrase.PASSWORD_COMMON
                                    : Phrase.PASSWORD_REFUSED;
            return Problem.of(phrase).in(NewPasswordScreen.NEW);
        }
    }
}
