package dev.ostiary.server.oauth.device;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.oauth.authorize.Admission;
import dev.ostiary.server.oauth.authorize.AuthorizeEvents;
import dev.ostiary.server.oauth.authorize.Consenting;
import dev.ostiary.server.oauth.clients.ClientRegistry;
import dev.ostiary.server.oauth.clients.OAuthClient;
import dev.ostiary.server.oauth.grants.Endpoints;
import dev.ostiary.server.oauth.grants.Recipient;
import dev.ostiary.server.oauth.grants.Subject;
import dev.ostiary.server.oauth.grants.Subjects;
import dev.ostiary.server.oauth.grants.TokenFamilies;
import dev.ostiary.server.oauth.issued.Authorization;
import dev.ostiary.server.oauth.issued.PolledRequest;
import dev.ostiary.server.oauth.issued.PolledRequestStore;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import dev.ostiary.server.oauth.servers.Lifetimes;
import dev.ostiary.server.policy.AppSignOn;
import dev.ostiary.server.policy.AppSignOn.Verdict;
import dev.ostiary.server.policy.assurance.Lack;
import dev.ostiary.server.signin.devices.DeviceCookie;
import dev.ostiary.server.signin.pages.Proving;
import dev.ostiary.server.signin.pages.ShownPages;
import dev.ostiary.server.signin.pages.form.Form;
import dev.ostiary.server.signin.pages.text.Phrase;
import dev.ostiary.server.signin.pages.view.DeviceCodeScreen;
import dev.ostiary.server.signin.pages.view.DeviceConfirmScreen;
import dev.ostiary.server.signin.pages.view.MessageScreen;
import dev.ostiary.server.signin.sessions.BrowserSessions;
import dev.ostiary.server.signin.sessions.BrowserSessions.Current;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where people activate devices (RFC 8628, 3.3): they type in the code, sign in, see which app asks
 * with which code (5.4: so that nobody activates a stranger's device), and say yes or no. Nothing
 * is said of a code to whoever has not signed in. Thread-safe.
 */
public final class DeviceActivation implements Family {

    static final String PATH = DeviceCodeScreen.ACTION;

    /** How long somebody may look at a code before what was proven for it counts no more. */
    private static final Duration JUST_NOW = Duration.ofMinutes(5);

    private final Database database;
    private final ClientRegistry registry;
    private final Endpoints endpoints;
    private final Subjects subjects;
    private final BrowserSessions sessions;
    private final ShownPages pages;
    private final Proving proving;
    private final Admission admission;
    private final Consenting consenting;
    private final AuthorizeEvents events;
    private final PolledRequestStore requests = new PolledRequestStore();
    private final InstantSource time;
    private final OAuthErrors errors;

    /**
     * The pages.
     *
     * @param sessions who is signed in
     * @param pages what people see
     */
    public DeviceActivation(
            Database database,
            ClientRegistry registry,
            AppSignOn signOn,
            TokenFamilies tokens,
            BrowserSessions sessions,
            ShownPages pages,
            Proving proving,
            Ids ids,
            EventCatalogue catalogue,
            InstantSource time) {
        this.database = database;
        this.registry = registry;
        this.endpoints = tokens.endpoints();
        this.subjects = tokens.subjects();
        this.sessions = sessions;
        this.pages = pages;
        this.proving = proving;
        this.errors = tokens.errors();
        this.admission = new Admission(database, registry, signOn, errors);
        this.consenting = new Consenting(database, ids, catalogue, pages);
        this.events = new AuthorizeEvents(catalogue);
        this.time = time;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("showActivatePage", this::show).answersPage(),
                Binding.of("activateByForm", this::typed).takesForm().answersPage(),
                Binding.of("confirmActivationByForm", this::decide).takesForm().answersPage());
    }

    /** A request that waits, and who is in front of the browser. */
    private record Waiting(
            Recipient to, PolledRequest request, Subject user, Current session, String userCode) {}

    private Reply show(Request request) {
        Optional<String> text = request.query().text(DeviceCodeScreen.CODE);
        if (text.isEmpty()) {
            return pages.show(request, 200, DeviceCodeScreen.empty());
        }
        String userCode = UserCode.spelling(text.get());
        Optional<Current> session = session(request);
        if (session.isEmpty()) {
            return Reply.empty(302)
                    .with("Location", ShownPages.toSignIn(address(userCode), Optional.empty()));
        }
        return waiting(request, session.get(), userCode)
                .map(waiting -> admitted(request, waiting, () -> ask(request, waiting)))
                .orElseGet(() -> unknown(request, userCode));
    }

    private Reply typed(Request request) {
        String userCode = UserCode.spelling(pages.form(request).text(DeviceCodeScreen.CODE));
        return Reply.empty(303).with("Location", address(userCode));
    }

    private static String address(String userCode) {
        return PATH + "?" + DeviceCodeScreen.CODE + "=" + userCode;
    }

    private Reply unknown(Request request, String userCode) {
        return pages.show(request, 400, DeviceCodeScreen.wrong(userCode));
    }

    private Reply ask(Request request, Waiting waiting) {
        Recipient to = waiting.to();
        return pages.show(
                request,
                200,
                new DeviceConfirmScreen(
                        pages.face(request, to.client().appId(), to.client().label()),
                        waiting.user().login(),
                        waiting.userCode(),
                        Consenting.shown(
                                consenting.needed(
                                        to, waiting.request().scopes(), waiting.user()))));
    }

    private Reply decide(Request request) {
        Form form = pages.form(request);
        String userCode = UserCode.spelling(form.text(DeviceCodeScreen.CODE));
        Optional<Waiting> waiting =
                session(request).flatMap(session -> waiting(request, session, userCode));
        if (waiting.isEmpty()) {
            return unknown(request, userCode);
        }
        return form.text(DeviceConfirmScreen.DECISION).equals(DeviceConfirmScreen.ALLOW)
                ? admitted(request, waiting.get(), () -> allow(request, waiting.get()))
                : deny(request, waiting.get());
    }

    private Reply allow(Request request, Waiting waiting) {
        Recipient to = waiting.to();
        Subject user = waiting.user();
        List<String> scopes = waiting.request().scopes();
        Lifetimes lifetimes;
        try {
            lifetimes = admission.lifetimes(to, DeviceAuthorization.GRANT, scopes, user);
        } catch (OAuthException refused) {
            note(waiting, refused);
            return pages.refusal(request, 403, refused.description());
        }
        Authorization given =
                new Authorization(
                        to.client().id(),
                        to.issuer().id(),
                        user.id(),
                        scopes,
                        user.authenticated(),
                        user.amr(),
                        lifetimes);
        boolean first =
                database.write(
                        to.org().number(),
                        tx -> {
                            if (!requests.allow(tx, waiting.userCode(), given, to.now())) {
                                return false;
                            }
                            consenting.keep(
                                    tx,
                                    to,
                                    to.client().consentRequired() ? scopes : List.of(),
                                    user);
                            events.signedOn(tx, to, user);
                            return true;
                        });
        return first
                ? pages.show(
                        request,
                        200,
                        MessageScreen.good(Phrase.DEVICE_DONE, Phrase.DEVICE_DONE_TEXT)
                                .withoutWays())
                : unknown(request, waiting.userCode());
    }

    /**
     * Goes on where the app is the user's and its access policy lets the user in; whoever can prove
     * what is lacking does so first, and comes back with the code.
     */
    private Reply admitted(Request request, Waiting waiting, Supplier<Reply> further) {
        Recipient to = waiting.to();
        try {
            admission.requireAssigned(to, waiting.user());
            return switch (admission.judge(to, present(request, waiting))) {
                case Verdict.Admitted admitted -> {
                    admitted.event().ifPresent(each -> tell(to, each));
                    yield further.get();
                }
                case Verdict.Challenged(Event event, Lack lack) -> {
                    tell(to, event);
                    yield proving.way(
                                    request,
                                    waiting.session(),
                                    lack,
                                    Admission.app(to),
                                    address(waiting.userCode()))
                            .orElseThrow(() -> errors.of("access_denied"));
                }
                case Verdict.Denied denied -> {
                    tell(to, denied.event());
                    tell(to, denied.refusal());
                    throw errors.of("access_denied");
                }
            };
        } catch (OAuthException refused) {
            note(waiting, refused);
            return pages.refusal(request, 403, refused.description());
        }
    }

    /** Whatever was proven while the code was looked at was for this. */
    private static Admission.Present present(Request request, Waiting waiting) {
        return new Admission.Present(
                waiting.user(),
                waiting.session().proofs().proven(),
                waiting.to().now().minus(JUST_NOW),
                waiting.session().active(),
                DeviceCookie.of(request));
    }

    private void tell(Recipient to, Event event) {
        database.write(
                to.org().number(),
                tx -> {
                    tx.emit(event);
                    return event;
                });
    }

    private Reply deny(Request request, Waiting waiting) {
        Recipient to = waiting.to();
        boolean first =
                database.write(
                        to.org().number(), tx -> requests.deny(tx, waiting.userCode(), to.now()));
        if (!first) {
            return unknown(request, waiting.userCode());
        }
        note(waiting, errors.of("access_denied"));
        return pages.show(
                request,
                200,
                MessageScreen.good(Phrase.DEVICE_DENIED, Phrase.DEVICE_DENIED_TEXT).withoutWays());
    }

    private void note(Waiting waiting, OAuthException refused) {
        database.write(
                waiting.to().org().number(),
                tx -> {
                    events.refused(tx, waiting.to(), Optional.of(waiting.user()), refused);
                    return refused;
                });
    }

    private Optional<Current> session(Request request) {
        return database.read(request.org().number(), reader -> sessions.of(reader, request));
    }

    private Optional<Waiting> waiting(Request request, Current session, String userCode) {
        Instant now = time.instant();
        return database.read(
                request.org().number(),
                reader -> {
                    Optional<PolledRequest> found = requests.waiting(reader, userCode, now);
                    Optional<OAuthClient> client =
                            found.flatMap(each -> registry.find(reader, each.clientId()))
                                    .filter(OAuthClient::active);
                    Optional<Subject> user =
                            subjects.find(
                                    reader,
                                    request.org(),
                                    session.userId(),
                                    session.authenticated(),
                                    session.amr());
                    return found.flatMap(each -> endpoints.find(request, each.server()))
                            .filter(issuer -> client.isPresent() && user.isPresent())
                            .map(
                                    issuer ->
                                            new Waiting(
                                                    new Recipient(
                                                            issuer, client.orElseThrow(), now),
                                                    found.orElseThrow(),
                                                    user.orElseThrow(),
                                                    session,
                                                    userCode));
                });
    }
}
