package dev.ostiary.server.signin.pages;

import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.access.Permissions;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.server.policy.RegistrationDecision.Attribute;
import dev.ostiary.server.signin.pages.InProcess.Call;
import dev.ostiary.server.signin.pages.form.Form;
import dev.ostiary.server.signin.pages.view.Paths;
import dev.ostiary.server.signin.pages.view.Problem;
import dev.ostiary.server.signin.pages.view.ProfileScreen;
import dev.ostiary.server.signin.registration.Registrations;
import dev.ostiary.server.signin.sessions.OwnSessions;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the profile of somebody lacks who has signed in on the way to an app whose policy asks for
 * it (schema {@code ProfileEnrollmentPolicyRuleAction}, {@code progressiveProfilingAction}). There
 * is no session before it is filled in: the browser holds the token that makes one, and whose that
 * is says the token alone. Thread-safe.
 */
final class ProfilePages implements Family {

    private final Function<Request, Visit> visits;
    private final InProcess api;
    private final Arrival arrival;
    private final Registrations registrations;
    private final OwnSessions sessions;

    ProfilePages(
            Function<Request, Visit> visits,
            InProcess api,
            Arrival arrival,
            Registrations registrations,
            OwnSessions sessions) {
        this.visits = visits;
        this.api = api;
        this.arrival = arrival;
        this.registrations = registrations;
        this.sessions = sessions;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("showProfilePage", this::show).answersPage(),
                Binding.of("completeProfileByForm", this::complete).takesForm().answersPage());
    }

    /** The end of a sign-in, which this may put off. */
    Reply arrive(Visit visit, String sessionToken, Optional<String> fromUri) {
        return asked(visit.request(), new ProfileCookie(sessionToken, fromUri))
                .filter(asked -> !asked.attributes().isEmpty())
                .map(asked -> Visit.to(Paths.PROFILE).with("Set-Cookie", asked.cookie().line()))
                .orElseGet(() -> arrival.signIn(visit, sessionToken, fromUri));
    }

    /** Somebody who is asked for something. */
    private record Asked(ProfileCookie cookie, Caller.Principal user, List<Attribute> attributes) {}

    /** Nothing where the token is good no more. */
    private Optional<Asked> asked(Request request, ProfileCookie cookie) {
        return sessions.holder(request.org(), cookie.sessionToken())
                .map(
                        user ->
                                new Asked(
                                        cookie,
                                        user,
                                        registrations.lacking(
                                                request, user.id(), cookie.fromUri())));
    }

    private Reply show(Request request) {
        return underWay(
                request, asked -> page(request, 200, asked, Json.object(), Optional.empty()));
    }

    private Reply complete(Request request) {
        Visit visit = visits.apply(request);
        Form form = visit.form();
        return underWay(request, asked -> complete(visit, form, asked));
    }

    private Reply complete(Visit visit, Form form, Asked asked) {
        ProfileProblems problems = new ProfileProblems(asked.attributes());
        ObjectNode said = problems.said(form);
        Optional<Problem> missing = problems.missing(said);
        if (missing.isPresent()) {
            return page(visit.request(), 400, asked, said, missing);
        }
        ObjectNode body = Json.object();
        body.set("profile", said);
        try {
            api.call(
                    visit.request(),
                    new Caller.Session("", asked.user(), Permissions.none()),
                    Call.of("updateUser").on("id", asked.user().id()).with(body));
        } catch (ApiException refused) {
            return page(visit.request(), 400, asked, said, Optional.of(problems.of(refused)));
        }
        return in(visit, asked.cookie());
    }

    private Reply in(Visit visit, ProfileCookie cookie) {
        return arrival.signIn(visit, cookie.sessionToken(), cookie.fromUri())
                .with("Set-Cookie", ProfileCookie.GONE);
    }

    /** With somebody who is asked for something; anybody else goes on, or signs in. */
    private Reply underWay(Request request, Function<Asked, Reply> further) {
        Visit visit = visits.apply(request);
        Optional<ProfileCookie> cookie = ProfileCookie.of(visit.cookies());
        Optional<Asked> asked = cookie.flatMap(each -> asked(request, each));
        if (asked.isEmpty()) {
            return Reply.empty(303)
                    .with(
                            "Location",
                            cookie.flatMap(ProfileCookie::fromUri)
                                    .map(uri -> ShownPages.toSignIn(uri, Optional.empty()))
                                    .orElse(Paths.SIGN_IN))
                    .with("Set-Cookie", ProfileCookie.GONE);
        }
        return asked.get().attributes().isEmpty()
                ? in(visit, asked.get().cookie())
                : further.apply(asked.get());
    }

    private Reply page(
            Request request, int status, Asked asked, ObjectNode said, Optional<Problem> problem) {
        return visits.apply(request)
                .page(
                        status,
                        new ProfileScreen(
                                asked.user().login(),
                                new ProfileProblems(asked.attributes()).entries(said),
                                problem));
    }
}
