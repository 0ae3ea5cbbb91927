package dev.ostiary.server.signin.pages;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.server.directory.users.Accounts;
import dev.ostiary.server.signin.devices.DeviceCookie;
import dev.ostiary.server.signin.flow.Status;
import dev.ostiary.server.signin.pages.form.Form;
import dev.ostiary.server.signin.pages.text.Phrase;
import dev.ostiary.server.signin.pages.view.AppFace;
import dev.ostiary.server.signin.pages.view.MessageScreen;
import dev.ostiary.server.signin.pages.view.Paths;
import dev.ostiary.server.signin.pages.view.Problem;
import dev.ostiary.server.signin.pages.view.Screen;
import dev.ostiary.server.signin.pages.view.SignInScreen;
import dev.ostiary.server.signin.pages.view.Step;
import dev.ostiary.server.signin.registration.Registrations;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The page of a sign-in, from the password to the last step: each step is a form, after which the
 * browser reads the page of wherever the flow rests then, so that it can be read again and gone
 * back from. Thread-safe.
 */
final class SignInPages implements Family {

    /** Which factor was chosen, in the address of the page. */
    static final String CHOSEN = "factor";

    /** What has just happened, in the address of the page. */
    static final String NEWS = "news";

    /** Who is expected to sign in, in the address of the page. */
    static final String LOGIN_HINT = "login_hint";

    private static final String SIGNED_OUT = "signed-out";

    private static final int LONGEST_NAME = 200;

    private final Function<Request, Visit> visits;
    private final AuthnApi authn;
    private final ProfilePages profiles;
    private final SignInSteps steps;
    private final Registrations registrations;
    private final AppFaces apps;
    private final Tokens tokens;

    SignInPages(
            Function<Request, Visit> visits,
            AuthnApi authn,
            ProfilePages profiles,
            Registrations registrations,
            AppFaces apps,
            Tokens tokens) {
        this.registrations = registrations;
        this.apps = apps;
        this.visits = visits;
        this.authn = authn;
        this.profiles = profiles;
        this.steps = new SignInSteps(authn);
        this.tokens = tokens;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("showSignInPage", this::show).answersPage(),
                Binding.of("signInByForm", this::signIn)
                        .takesForm()
                        .answersPage()
                        .signingIn(SignInPages::userName),
                Binding.of("continueSignInByForm", this::step).takesForm().answersPage());
    }

    /** The page that says that all is over. */
    static String signedOut() {
        return Paths.SIGN_IN + "?" + NEWS + "=" + SIGNED_OUT;
    }

    /** Who is counted, in one spelling. */
    static Optional<String> userName(Request request) {
        return Optional.of(Form.of(request).text(SignInScreen.USERNAME).strip())
                .filter(name -> !name.isEmpty() && name.length() <= LONGEST_NAME)
                .map(Accounts::spelling);
    }

    /** A browser is known again by a cookie that it is given here, if it has none. */
    private Reply show(Request request) {
        Reply page = page(request);
        return DeviceCookie.of(request).isPresent()
                ? page
                : page.with("Set-Cookie", DeviceCookie.give(tokens).line());
    }

    private Reply page(Request request) {
        Visit visit = visits.apply(request);
        Optional<SignInCookie> under = SignInCookie.of(visit.cookies());
        if (under.isPresent()) {
            try {
                AuthnState state = authn.at(request, under.get().stateToken());
                if (isElsewhere(state.status())) {
                    return begin(visit, true).with("Set-Cookie", SignInCookie.GONE);
                }
                return visit.page(
                        200,
                        StateScreens.of(state).choosing(request.query().text(CHOSEN)).screen(),
                        state.locale());
            } catch (ApiException over) {
                return begin(visit, over.code().equals("E0000011"))
                        .with("Set-Cookie", SignInCookie.GONE);
            }
        }
        return begin(visit, false);
    }

    /** What has begun with a client of the Authentication API goes on there. */
    private static boolean isElsewhere(Status status) {
        return status == Status.UNAUTHENTICATED || status == Status.SUCCESS;
    }

    private Reply begin(Visit visit, boolean tooLate) {
        Request request = visit.request();
        Optional<String> fromUri = request.query().text(SignInScreen.FROM_URI);
        Optional<String> remembered = RememberedName.of(visit.cookies());
        Optional<String> name =
                request.query()
                        .text(LOGIN_HINT)
                        .filter(hint -> hint.length() <= LONGEST_NAME)
                        .or(() -> remembered);
        return visit.page(
                200,
                new SignInScreen(
                        name.orElse(""),
                        name.equals(remembered) && name.isPresent(),
                        fromUri,
                        tooLate ? Optional.of(Problem.of(Phrase.EXPIRED_STATE)) : Optional.empty(),
                        request.query()
                                .text(NEWS)
                                .filter(SIGNED_OUT::equals)
                                .map(news -> Phrase.SIGNED_OUT),
                        registers(request, fromUri),
                        app(request, fromUri)));
    }

    private Reply signIn(Request request) {
        Visit visit = visits.apply(request);
        Form form = visit.form();
        String username = form.text(SignInScreen.USERNAME).strip();
        boolean remember = form.text(SignInScreen.REMEMBER).equals("true");
        Optional<String> fromUri =
                Optional.of(form.text(SignInScreen.FROM_URI)).filter(uri -> !uri.isEmpty());
        AuthnState state;
        try {
            state = authn.signIn(request, username, form.text(SignInScreen.PASSWORD));
        } catch (ApiException refused) {
            Problem problem = problem(refused);
            return visit.page(
                    401,
                    new SignInScreen(
                            username,
                            remember,
                            fromUri,
                            Optional.of(problem),
                            Optional.empty(),
                            registers(request, fromUri),
                            app(request, fromUri)));
        }
        return onward(visit, state, fromUri)
                .with("Set-Cookie", RememberedName.line(username, remember));
    }

    private boolean registers(Request request, Optional<String> fromUri) {
        return registrations.open(request, fromUri).isPresent();
    }

    private Optional<AppFace> app(Request request, Optional<String> fromUri) {
        return fromUri.flatMap(address -> apps.onTheWay(request, address));
    }

    /** Whatever was wrong with name or password, the words are the same. */
    private static Problem problem(ApiException refused) {
        return switch (refused.code()) {
            case "E0000004", "E0000001" -> Problem.of(Phrase.WRONG_CREDENTIALS);
            case "E0000006", "E0000064", "E0000069" -> Problem.of(Phrase.ACCESS_DENIED);
            default -> throw refused;
        };
    }

    private Reply step(Request request) {
        Visit visit = visits.apply(request);
        Form form = visit.form();
        Optional<SignInCookie> under = SignInCookie.of(visit.cookies());
        if (under.isEmpty()) {
            return Visit.to(Paths.SIGN_IN);
        }
        Step step = Step.of(form.text(Step.FIELD)).orElseThrow(() -> ApiException.of("E0000003"));
        boolean quietly = !form.text(Step.QUIETLY).isEmpty();
        return switch (steps.take(request, under.get().stateToken(), step, form)) {
            case SignInSteps.Moved(AuthnState state, Optional<String> chosen) ->
                    chosen.isPresent()
                            ? Visit.to(Paths.SIGN_IN + "?" + CHOSEN + "=" + chosen.get())
                            : told(quietly, onward(visit, state, under.get().fromUri()));
            case SignInSteps.Wrong(AuthnState state, int status, Screen screen) ->
                    quietly ? still(state) : visit.page(status, screen, state.locale());
            case SignInSteps.Ended ended ->
                    Visit.to(Paths.SIGN_IN).with("Set-Cookie", SignInCookie.GONE);
            case SignInSteps.Late late -> told(quietly, Visit.to(Paths.SIGN_IN));
        };
    }

    /** A script learns where to go on, and takes its page there itself, be it to another site. */
    private static Reply told(boolean quietly, Reply reply) {
        return quietly
                ? Reply.noContent()
                        .with("Location", Arrival.target(reply).orElse(Paths.SIGN_IN))
                        .with(Arrival.cookies(reply))
                : reply;
    }

    /** That there is nothing new, or that the page has another to say now. */
    private static Reply still(AuthnState state) {
        return state.factorResult().equals("WAITING")
                ? Reply.noContent()
                : Reply.noContent().with("Location", Paths.SIGN_IN);
    }

    /** On to wherever the flow rests, or in. */
    Reply onward(Visit visit, AuthnState state, Optional<String> fromUri) {
        Status status = state.status();
        if (status == Status.LOCKED_OUT) {
            return visit.page(401, StateScreens.LOCKED).with("Set-Cookie", SignInCookie.GONE);
        }
        if (status == Status.SUCCESS) {
            Reply reply =
                    state.sessionToken()
                            .map(
                                    token ->
                                            profiles.arrive(
                                                    visit,
                                                    token,
                                                    state.relayState().or(() -> fromUri)))
                            .orElseGet(() -> visit.page(200, unlocked(), state.locale()));
            return reply.with("Set-Cookie", SignInCookie.GONE);
        }
        return Visit.with(
                Visit.to(Paths.SIGN_IN),
                state.stateToken().map(token -> new SignInCookie(token, fromUri).line()));
    }

    private static MessageScreen unlocked() {
        return MessageScreen.good(Phrase.UNLOCKED, Phrase.UNLOCKED_TEXT);
    }
}
