package dev.ostiary.server.signin.pages;

import dev.ostiary.server.signin.pages.text.Phrase;
import dev.ostiary.server.signin.pages.view.ActivateScreen;
import dev.ostiary.server.signin.pages.view.ChallengeScreen;
import dev.ostiary.server.signin.pages.view.ChooseFactorScreen;
import dev.ostiary.server.signin.pages.view.EnrollOneScreen;
import dev.ostiary.server.signin.pages.view.EnrollScreen;
import dev.ostiary.server.signin.pages.view.Factor;
import dev.ostiary.server.signin.pages.view.FactorOffer;
import dev.ostiary.server.signin.pages.view.MessageScreen;
import dev.ostiary.server.signin.pages.view.NewKeyScreen;
import dev.ostiary.server.signin.pages.view.NewPasswordScreen;
import dev.ostiary.server.signin.pages.view.NewPasswordScreen.Occasion;
import dev.ostiary.server.signin.pages.view.Paths;
import dev.ostiary.server.signin.pages.view.Problem;
import dev.ostiary.server.signin.pages.view.RecoveryQuestionScreen;
import dev.ostiary.server.signin.pages.view.Screen;
import dev.ostiary.server.signin.pages.view.SecurityKeyScreen;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The page of each state that a sign-in can rest in.
 *
 * @param state where it rests
 * @param chosen id of the factor that was chosen, where the state does not know it yet
 * @param problem what was wrong with the last step
 * @param news what went well with it
 */
record StateScreens(
        AuthnState state,
        Optional<String> chosen,
        Optional<Problem> problem,
        Optional<Phrase> news) {

    /** The account is locked. */
    static final MessageScreen LOCKED =
            MessageScreen.bad(
                    Phrase.LOCKED_OUT,
                    Phrase.LOCKED_OUT_TEXT,
                    new MessageScreen.Way(Paths.UNLOCK, Phrase.UNLOCK_ACCOUNT),
                    new MessageScreen.Way(Paths.SIGN_IN, Phrase.BACK_TO_SIGN_IN));

    static StateScreens of(AuthnState state) {
        return new StateScreens(state, Optional.empty(), Optional.empty(), Optional.empty());
    }

    StateScreens choosing(Optional<String> factorId) {
        return new StateScreens(state, factorId, problem, news);
    }

    StateScreens wrong(Problem what) {
        return new StateScreens(state, chosen, Optional.of(what), news);
    }

    StateScreens good(Phrase what) {
        return new StateScreens(state, chosen, problem, Optional.of(what));
    }

    /** The page. */
    Screen screen() {
        return switch (state.status()) {
            case PASSWORD_WARN -> newPassword(Occasion.WARN);
            case PASSWORD_EXPIRED -> newPassword(Occasion.EXPIRED);
            case PASSWORD_RESET ->
                    newPassword(
                            state.recoveryType().equals(Optional.of("ACCOUNT_ACTIVATION"))
                                    ? Occasion.WELCOME
                                    : Occasion.RESET);
            case RECOVERY -> new RecoveryQuestionScreen(state.login(), state.question(), problem);
            case MFA_REQUIRED -> required();
            case MFA_CHALLENGE -> challenged();
            case MFA_ENROLL -> enroll();
            case MFA_ENROLL_ACTIVATE -> activate();
            case LOCKED_OUT -> LOCKED;
            case RECOVERY_CHALLENGE ->
                    MessageScreen.good(Phrase.MAIL_SENT, Phrase.MAIL_SENT_TEXT, state.login(), "");
            case UNAUTHENTICATED, SUCCESS ->
                    MessageScreen.good(Phrase.UNLOCKED, Phrase.UNLOCKED_TEXT);
        };
    }

    private Screen newPassword(Occasion occasion) {
        return new NewPasswordScreen(
                state.login(),
                occasion,
                Long.toString(state.daysLeft()),
                state.needs(),
                state.wantsQuestion(),
                problem);
    }

    private Screen enroll() {
        List<FactorOffer> offers = state.offers();
        Optional<FactorOffer> one =
                offers.stream()
                        .filter(offer -> chosen.equals(Optional.of(offer.name())))
                        .findFirst();
        return one.isPresent()
                ? new EnrollOneScreen(state.login(), one.get(), offers.size() > 1, problem)
                : new EnrollScreen(state.login(), offers, state.isSkippable(), problem);
    }

    private Screen activate() {
        Optional<Factor> factor = state.challenged();
        if (factor.isEmpty()) {
            return new EnrollScreen(state.login(), List.of(), false, problem);
        }
        return switch (factor.get().kind()) {
            case SMS, CALL, EMAIL, TOTP, PUSH ->
                    new ActivateScreen(
                            state.login(),
                            factor.get(),
                            state.picture(),
                            state.sharedSecret(),
                            problem.or(this::result),
                            news);
            case WEBAUTHN ->
                    new NewKeyScreen(state.login(), factor.get(), state.creation(), problem);
            case HOTP, QUESTION -> new EnrollScreen(state.login(), List.of(), false, problem);
        };
    }

    private Screen required() {
        List<Factor> factors = state.factors();
        Optional<Factor> one =
                factors.stream()
                        .filter(factor -> chosen.equals(Optional.of(factor.id())))
                        .findFirst();
        if (one.isEmpty() && factors.size() == 1) {
            one = Optional.of(factors.getFirst());
        }
        if (one.isPresent()) {
            return new ChallengeScreen(
                    state.login(),
                    one.get(),
                    false,
                    factors.size() > 1,
                    Optional.empty(),
                    state.remember(),
                    problem,
                    news);
        }
        return new ChooseFactorScreen(state.login(), factors, problem);
    }

    private Screen challenged() {
        Optional<Factor> factor = state.challenged();
        if (factor.isEmpty()) {
            return new ChooseFactorScreen(state.login(), state.factors(), problem);
        }
        if (factor.get().kind() == Factor.Kind.WEBAUTHN) {
            return securityKey(factor.get());
        }
        return new ChallengeScreen(
                state.login(),
                factor.get(),
                true,
                true,
                state.number(),
                state.remember(),
                problem.or(this::result),
                news);
    }

    /** What the last attempt came to, where that is worth a word. */
    private Optional<Problem> result() {
        return switch (state.factorResult()) {
            case "REJECTED" -> Optional.of(Problem.of(Phrase.PUSH_REJECTED));
            case "TIMEOUT" -> Optional.of(Problem.of(Phrase.PUSH_TIMEOUT));
            case "ERROR", "FAILED" -> Optional.of(Problem.of(Phrase.NOT_VERIFIED));
            default -> Optional.empty();
        };
    }

    private Screen securityKey(Factor factor) {
        JsonNode challenge = state.challenge();
        return new SecurityKeyScreen(
                state.login(),
                factor,
                challenge.path("challenge").asString(""),
                Optional.of(challenge.path("rpId").asString("")).filter(id -> !id.isEmpty()),
                state.credentials(),
                challenge.path("userVerification").asString("preferred"),
                true,
                problem);
    }
}
