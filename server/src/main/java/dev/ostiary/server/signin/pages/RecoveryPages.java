package dev.ostiary.server.signin.pages;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Handler;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.server.signin.pages.form.Form;
import dev.ostiary.server.signin.pages.text.Phrase;
import dev.ostiary.server.signin.pages.view.AskUsernameScreen;
import dev.ostiary.server.signin.pages.view.AskUsernameScreen.Purpose;
import dev.ostiary.server.signin.pages.view.MessageScreen;
import dev.ostiary.server.signin.pages.view.Paths;
import dev.ostiary.server.signin.pages.view.SignInScreen;
import dev.ostiary.server.signin.pages.view.TokenScreen;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The ways back in, and the first way in: a user name for a mail, and the links that mails carry.
 * Whether there is such a user makes no difference to what is shown. Thread-safe.
 */
final class RecoveryPages implements Family {

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{1,128}");
    private static final String VARIABLE = "token";

    private final Function<Request, Visit> visits;
    private final AuthnApi authn;
    private final SignInPages signIn;

    RecoveryPages(Function<Request, Visit> visits, AuthnApi authn, SignInPages signIn) {
        this.visits = visits;
        this.authn = authn;
        this.signIn = signIn;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                page("showForgotPasswordPage", request -> ask(request, Purpose.PASSWORD)),
                mailing("forgotPasswordByForm", Purpose.PASSWORD, "forgotAuthnPassword"),
                page("showUnlockPage", request -> ask(request, Purpose.UNLOCK)),
                mailing("unlockByForm", Purpose.UNLOCK, "unlockAuthnAccount"),
                Binding.of("verifyActivationLink", RecoveryPages::welcome),
                page("showWelcomePage", link(Paths.WELCOME, TokenScreen.Purpose.WELCOME)),
                form("welcomeByForm", this::comesIn),
                Binding.of("verifyResetLink", RecoveryPages::reset),
                page(
                        "showResetPasswordPage",
                        link(Paths.RESET_PASSWORD, TokenScreen.Purpose.RESET)),
                form("resetPasswordByForm", request -> redeem(request, authn::recover)),
                page(
                        "showForgottenPasswordPage",
                        link(Paths.FORGOTTEN_PASSWORD, TokenScreen.Purpose.RESET)),
                form("forgottenPasswordByForm", request -> redeem(request, authn::recover)),
                page("showUnlockLinkPage", link(Paths.UNLOCK + "/", TokenScreen.Purpose.UNLOCK)),
                form("unlockLinkByForm", request -> redeem(request, authn::recover)));
    }

    private static Binding page(String operationId, Handler handler) {
        return Binding.of(operationId, handler).answersPage();
    }

    private static Binding form(String operationId, Handler handler) {
        return page(operationId, handler).takesForm();
    }

    private Binding mailing(String operationId, Purpose purpose, String asks) {
        return form(operationId, request -> mail(request, asks)).signingIn(SignInPages::userName);
    }

    private Reply ask(Request request, Purpose purpose) {
        Visit visit = visits.apply(request);
        String name = RememberedName.of(visit.cookies()).orElse("");
        return visit.page(200, new AskUsernameScreen(purpose, name, Optional.empty()));
    }

    private Reply mail(Request request, String operationId) {
        Visit visit = visits.apply(request);
        Form form = visit.form();
        String username = form.text(SignInScreen.USERNAME).strip();
        authn.mail(request, operationId, username);
        return visit.page(
                200, MessageScreen.good(Phrase.MAIL_SENT, Phrase.MAIL_SENT_TEXT, username, ""));
    }

    /** The link in the mail of an invitation; it spends nothing. */
    private static Reply welcome(Request request) {
        return Reply.empty(302).with("Location", Paths.WELCOME + token(request));
    }

    /** As people write the link of a recovery mail; it spends nothing. */
    private static Reply reset(Request request) {
        return Reply.empty(302).with("Location", Paths.RESET_PASSWORD + token(request));
    }

    private Handler link(String path, TokenScreen.Purpose purpose) {
        return request ->
                visits.apply(request).page(200, new TokenScreen(path + token(request), purpose));
    }

    /** One spends a token. */
    @FunctionalInterface
    private interface Redeeming {
        AuthnState redeem(Request request, String token);
    }

    /** Whoever has registered in this browser goes on to where the browser wanted to go then. */
    private Reply comesIn(Request request) {
        Visit visit = visits.apply(request);
        return redeem(visit, authn::activate, WayBack.of(visit.cookies()))
                .with("Set-Cookie", WayBack.GONE);
    }

    private Reply redeem(Request request, Redeeming redeeming) {
        return redeem(visits.apply(request), redeeming, Optional.empty());
    }

    private Reply redeem(Visit visit, Redeeming redeeming, Optional<String> fromUri) {
        Request request = visit.request();
        visit.form();
        AuthnState state;
        try {
            state = redeeming.redeem(request, token(request));
        } catch (ApiException refused) {
            throw refused.code().equals("E0000004") ? ApiException.of("E0000011") : refused;
        }
        return signIn.onward(visit, state, fromUri);
    }

    /** Nothing else is ever in such a link. */
    private static String token(Request request) {
        String token = request.variable(VARIABLE);
        if (!TOKEN.matcher(token).matches()) {
            throw ApiException.of("E0000011");
        }
        return token;
    }
}
