package dev.ostiary.server.signin.pages;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.server.policy.RegistrationDecision;
import dev.ostiary.server.signin.pages.InProcess.Call;
import dev.ostiary.server.signin.pages.form.Form;
import dev.ostiary.server.signin.pages.text.Phrase;
import dev.ostiary.server.signin.pages.view.MessageScreen;
import dev.ostiary.server.signin.pages.view.Paths;
import dev.ostiary.server.signin.pages.view.Problem;
import dev.ostiary.server.signin.pages.view.RegisterScreen;
import dev.ostiary.server.signin.pages.view.SignInScreen;
import dev.ostiary.server.signin.registration.Judgment;
import dev.ostiary.server.signin.registration.Registrations;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where people register who are new to the org, if the app that they want into lets them. What the
 * policy does not ask for is not taken, whatever a form says. Who has to prove the mail address
 * gets a link, and sets the password behind it; anybody else is signed in, and goes on to the app.
 * Thread-safe.
 */
final class RegistrationPages implements Family {

    private final Function<Request, Visit> visits;
    private final InProcess api;
    private final AuthnApi authn;
    private final SignInPages signIn;
    private final Registrations registrations;

    RegistrationPages(
            Function<Request, Visit> visits,
            InProcess api,
            AuthnApi authn,
            SignInPages signIn,
            Registrations registrations) {
        this.visits = visits;
        this.api = api;
        this.authn = authn;
        this.signIn = signIn;
        this.registrations = registrations;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("showRegisterPage", this::show).answersPage(),
                Binding.of("registerByForm", this::register).takesForm().answersPage());
    }

    private Reply show(Request request) {
        Optional<String> fromUri = request.query().text(SignInScreen.FROM_URI);
        return registrations
                .open(request, fromUri)
                .map(
                        decision ->
                                visits.apply(request)
                                        .page(
                                                200,
                                                screen(
                                                        decision,
                                                        fromUri,
                                                        Json.object(),
                                                        Optional.empty())))
                .orElseGet(() -> Visit.to(Paths.SIGN_IN));
    }

    private static RegisterScreen screen(
            RegistrationDecision decision,
            Optional<String> fromUri,
            ObjectNode said,
            Optional<Problem> problem) {
        return new RegisterScreen(
                problems(decision).entries(said), !decision.verifiesMail(), fromUri, problem);
    }

    private Reply register(Request request) {
        Visit visit = visits.apply(request);
        Form form = visit.form();
        Optional<String> fromUri =
                Optional.of(form.text(SignInScreen.FROM_URI)).filter(uri -> !uri.isEmpty());
        Optional<RegistrationDecision> open = registrations.open(request, fromUri);
        if (open.isEmpty()) {
            return Visit.to(Paths.SIGN_IN);
        }
        RegistrationDecision decision = open.get();
        ObjectNode said = problems(decision).said(form);
        Optional<Problem> missing = missing(decision, said, form);
        if (missing.isPresent()) {
            return visit.page(400, screen(decision, fromUri, said, missing));
        }
        return switch (registrations.judge(request, decision, said)) {
            case Judgment.Admitted(ObjectNode profile) -> {
                try {
                    yield made(visit, decision, fromUri, profile, form);
                } catch (ApiException refused) {
                    yield visit.page(
                            400,
                            screen(
                                    decision,
                                    fromUri,
                                    said,
                                    Optional.of(problems(decision).of(refused))));
                }
            }
            case Judgment.Refused(List<Judgment.Cause> causes) ->
                    visit.page(
                            400,
                            screen(
                                    decision,
                                    fromUri,
                                    said,
                                    Optional.of(problem(causes, decision))));
        };
    }

    private static Optional<Problem> missing(
            RegistrationDecision decision, ObjectNode said, Form form) {
        boolean password = !decision.verifiesMail() && form.text(RegisterScreen.PASSWORD).isEmpty();
        return problems(decision)
                .missing(said)
                .or(
                        () ->
                                password
                                        ? Optional.of(
                                                Problem.of(Phrase.NEEDED)
                                                        .in(RegisterScreen.PASSWORD))
                                        : Optional.empty());
    }

    private Reply made(
            Visit visit,
            RegistrationDecision decision,
            Optional<String> fromUri,
            ObjectNode profile,
            Form form) {
        Request request = visit.request();
        ObjectNode body = Json.object();
        body.set("profile", profile);
        registrations
                .group(request, decision)
                .ifPresent(group -> body.putArray("groupIds").add(group));
        String password = form.text(RegisterScreen.PASSWORD);
        if (!decision.verifiesMail()) {
            body.putObject("credentials").putObject("password").put("value", password);
        }
        api.call(
                request,
                Call.of("createUser").asking(Map.of("activate", List.of("true"))).with(body));
        String login = profile.path("login").asString("");
        return decision.verifiesMail()
                ? Visit.with(
                        visit.page(
                                200,
                                MessageScreen.good(
                                        Phrase.MAIL_SENT,
                                        Phrase.REGISTERED_TEXT,
                                        profile.path("email").asString(login))),
                        WayBack.line(fromUri))
                : signIn.onward(visit, authn.signIn(request, login, password), fromUri);
    }

    private static Problem problem(List<Judgment.Cause> causes, RegistrationDecision decision) {
        if (causes.isEmpty()) {
            return Problem.of(Phrase.REGISTRATION_REFUSED);
        }
        Judgment.Cause first = causes.getFirst();
        Problem problem = Problem.of(Phrase.SAID, first.words());
        return problems(decision).field(first.attribute()).map(problem::in).orElse(problem);
    }

    private static ProfileProblems problems(RegistrationDecision decision) {
        return new ProfileProblems(decision.attributes());
    }
}
