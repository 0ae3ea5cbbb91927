package dev.ostiary.server.oauth.authorize;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.oauth.authorize.Addressed.Destination;
import dev.ostiary.server.oauth.authorize.PendingRequestStore.Pending;
import dev.ostiary.server.oauth.clients.ClientRegistry;
import dev.ostiary.server.oauth.grants.Presence;
import dev.ostiary.server.oauth.grants.Presences;
import dev.ostiary.server.oauth.grants.Subject;
import dev.ostiary.server.oauth.grants.TokenFamilies;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import dev.ostiary.server.oauth.servers.Lifetimes;
import dev.ostiary.server.oauth.servers.TokenScope;
import dev.ostiary.server.oauth.tokens.Issuer;
import dev.ostiary.server.policy.AppSignOn;
import dev.ostiary.server.policy.AppSignOn.Verdict;
import dev.ostiary.server.policy.assurance.Lack;
import dev.ostiary.server.policy.assurance.Proven;
import dev.ostiary.server.signin.devices.DeviceCookie;
import dev.ostiary.server.signin.pages.Proving;
import dev.ostiary.server.signin.pages.ShownPages;
import dev.ostiary.server.signin.sessions.BrowserSessions;
import dev.ostiary.server.signin.sessions.BrowserSessions.Current;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What comes of a request whose server is known. It goes through these phases, in this order:
 *
 * <ol>
 *   <li>client and redirect URI belong together, or nobody is redirected;
 *   <li>the rest of the request is right;
 *   <li>somebody is signed in, as freshly as the client wants; else the request waits until
 *       somebody is, and comes back under a key;
 *   <li>that user is assigned to the client;
 *   <li>the app's own access policy lets the user in as it has proven itself, and the client is as
 *       sure of that as it wants to be; else the request waits until the user has proven more;
 *   <li>the access policy: a rule lets client, user and scopes through, and says how long tokens
 *       live;
 *   <li>the user has consented, where it has to be asked; else the request waits for that;
 *   <li>one transaction: what the browser goes back with, and what the log is told.
 * </ol>
 *
 * Thread-safe.
 */
final class Authorizing {

    /** As the original calls the key. */
    static final String KEY = "okta_key";

    private static final String COME_BACK = "/oauth2/v1/authorize/redirect?" + KEY + "=";
    private static final int KEY_LENGTH = 43;

    private final Database database;
    private final Admission admission;
    private final RequestCheck check;
    private final BrowserSessions sessions;
    private final Presences presences;
    private final Granting granting;
    private final FrontChannelLogout frontChannel;
    private final Consenting consenting;
    private final Responses responses;
    private final Proving proving;
    private final AuthorizeEvents events;
    private final PendingRequestStore pending = new PendingRequestStore();
    private final Tokens random;
    private final InstantSource time;
    private final OAuthErrors errors;

    Authorizing(
            Database database,
            ClientRegistry registry,
            AppSignOn signOn,
            TokenFamilies tokens,
            BrowserSessions sessions,
            ShownPages pages,
            Proving proving,
            Ids ids,
            Tokens random,
            EventCatalogue catalogue,
            InstantSource time) {
        this.database = database;
        this.proving = proving;
        this.presences = tokens.presences();
        this.errors = tokens.errors();
        this.admission = new Admission(database, registry, signOn, errors);
        this.check = new RequestCheck(database, registry, errors);
        this.sessions = sessions;
        this.frontChannel = new FrontChannelLogout(registry, tokens.endpoints());
        this.granting = new Granting(tokens.mint(), random);
        this.consenting = new Consenting(database, ids, catalogue, pages);
        this.responses = new Responses(pages);
        this.events = new AuthorizeEvents(catalogue);
        this.random = random;
        this.time = time;
    }

    /** The answer to a request, which may have waited under a key. */
    Reply run(Request request, Issuer issuer, Optional<String> key, Pending waiting) {
        Addressed addressed;
        try {
            addressed = check.address(issuer, waiting.parameters(), now());
        } catch (OAuthException refused) {
            return responses.told(request, refused);
        }
        Destination destination = addressed.destination();
        try {
            return decide(
                    new Going(
                            request,
                            check.check(addressed),
                            key,
                            waiting.created(),
                            waiting.consentedBy()),
                    destination);
        } catch (OAuthException refused) {
            return refuse(request, addressed, Optional.empty(), refused);
        }
    }

    /** The answer where the user has said no. */
    Reply deny(Request request, Issuer issuer, Pending waiting) {
        try {
            return refuse(
                    request,
                    check.address(issuer, waiting.parameters(), now()),
                    Optional.empty(),
                    errors.of("access_denied"));
        } catch (OAuthException refused) {
            return responses.told(request, refused);
        }
    }

    private Reply refuse(
            Request request, Addressed addressed, Optional<Subject> user, OAuthException refused) {
        database.write(
                request.org().number(),
                tx -> {
                    events.refused(tx, addressed.recipient(), user, refused);
                    return refused;
                });
        return responses.back(request, addressed.destination(), refused);
    }

    private Reply decide(Going going, Destination destination) {
        Optional<Current> session = session(going);
        Optional<Presence> user =
                session.filter(current -> going.isFresh(current))
                        .flatMap(current -> presences.find(going.to(), current.userId()));
        Reply reply =
                user.isPresent()
                        ? admit(going, session.get(), user.get(), destination)
                        : signIn(going);
        return session.flatMap(Current::cookie)
                .map(cookie -> reply.with("Set-Cookie", cookie))
                .orElse(reply);
    }

    /** A session token counts or does not; nobody else's cookie stands in for it. */
    private Optional<Current> session(Going going) {
        Request request = going.request();
        Optional<String> token = going.asked().sessionToken();
        return token.isPresent()
                ? database.write(
                        request.org().number(), tx -> sessions.take(tx, request.org(), token.get()))
                : sessions.of(request);
    }

    /** What of the user stands in the tokens that the browser itself is to bring, if there are. */
    private Subject subject(Going going, Current session, Presence here) {
        Subject user = here.subject(session.authenticated(), session.amr());
        return presences.inApp(going.to(), here, user, going.asked().type().claims());
    }

    private Reply signIn(Going going) {
        if (going.asked().prompt().none()) {
            throw errors.of("login_required");
        }
        return toSignIn(going);
    }

    private Reply toSignIn(Going going) {
        String key = going.key().orElseGet(() -> wait(going));
        return Reply.empty(302)
                .with("Location", ShownPages.toSignIn(COME_BACK + key, going.asked().loginHint()));
    }

    private String wait(Going going) {
        String key = random.urlSafe(KEY_LENGTH);
        database.write(
                going.request().org().number(),
                tx -> {
                    pending.insert(
                            tx,
                            key,
                            new Pending(
                                    going.to().issuer().id(),
                                    going.asked().addressed().parameters(),
                                    going.to().now(),
                                    Optional.empty()));
                    return key;
                });
        return key;
    }

    /** By the app's access policy, and by what the client wants to be sure of. */
    private Reply admit(Going going, Current session, Presence here, Destination destination) {
        Subject user = subject(going, session, here);
        try {
            if (!here.assigned()) {
                throw errors.of("user_not_assigned");
            }
            Admission.Present present =
                    new Admission.Present(
                            user,
                            session.proofs().proven(),
                            going.since(session),
                            session.active(),
                            DeviceCookie.of(going.request()));
            return switch (admission.judge(going.to(), present)) {
                case Verdict.Admitted admitted ->
                        assure(going, session, user, destination, admitted.event());
                case Verdict.Challenged(Event event, Lack lack) -> {
                    tell(going, event);
                    yield prove(going, session, lack, "access_denied");
                }
                case Verdict.Denied denied -> {
                    tell(going, denied.event());
                    tell(going, denied.refusal());
                    throw errors.of("access_denied");
                }
            };
        } catch (OAuthException refused) {
            return refuse(going.request(), going.asked().addressed(), Optional.of(user), refused);
        }
    }

    /** What the client wants to be sure of beside the policy. */
    private Reply assure(
            Going going,
            Current session,
            Subject user,
            Destination destination,
            Optional<Event> admitted) {
        Assurance assurance = going.asked().assurance();
        Proven proven = session.proofs().proven();
        Instant now = going.to().now();
        Optional<Lack> lack = assurance.lacking(proven, now);
        if (lack.isPresent()) {
            return prove(going, session, lack.get(), "unmet_authentication_requirements");
        }
        return assurance
                .wished(proven, now)
                .filter(wish -> !going.asked().prompt().none())
                .flatMap(wish -> wish(going, session, wish))
                .orElseGet(
                        () ->
                                grant(
                                        going,
                                        session,
                                        user.assured(assurance.met(proven, now)),
                                        destination,
                                        admitted));
    }

    private Optional<Reply> wish(Going going, Current session, Lack.Factor wish) {
        return proving.wayToOwn(
                going.request(),
                session,
                wish,
                Admission.app(going.to()),
                COME_BACK + going.key().orElseGet(() -> wait(going)));
    }

    /** The request waits until the user has proven what is lacking. */
    private Reply prove(Going going, Current session, Lack lack, String otherwise) {
        if (lack instanceof Lack.Impossible) {
            throw errors.of(otherwise);
        }
        if (going.asked().prompt().none()) {
            throw errors.of("app_sign_on_required");
        }
        return proving.way(
                        going.request(),
                        session,
                        lack,
                        Admission.app(going.to()),
                        COME_BACK + going.key().orElseGet(() -> wait(going)))
                .orElseThrow(() -> errors.of(otherwise));
    }

    private void tell(Going going, Event event) {
        database.write(
                going.request().org().number(),
                tx -> {
                    tx.emit(event);
                    return event;
                });
    }

    private Reply grant(
            Going going,
            Current session,
            Subject user,
            Destination destination,
            Optional<Event> admitted) {
        Request request = going.request();
        try {
            Lifetimes lifetimes = allowed(going, user);
            boolean consents = going.consentedBy().filter(user.id()::equals).isPresent();
            List<TokenScope> needed = consents ? List.of() : consenting.needed(going.asked(), user);
            if (!needed.isEmpty()) {
                return askConsent(going, user, needed);
            }
            Granting.Made made =
                    granting.make(
                            going.asked(),
                            user.telling(
                                            FrontChannelLogout.sid(
                                                    going.to().client(), session.sessionId()))
                                    .during(Optional.of(session.sessionId())),
                            lifetimes);
            database.write(
                    request.org().number(),
                    tx -> {
                        if (consents) {
                            consenting.keep(tx, going.to(), going.asked().scopes(), user);
                        }
                        granting.keep(tx, made, going.to());
                        frontChannel.joined(tx, going.to(), session.sessionId());
                        going.key().ifPresent(key -> pending.delete(tx, key));
                        admitted.ifPresent(
                                event -> {
                                    sessions.visit(tx, request.org(), session);
                                    tx.emit(event);
                                });
                        events.granted(
                                tx, going.to(), user, going.asked().type(), going.asked().scopes());
                        return made;
                    });
            return responses.back(request, destination, made.fields());
        } catch (OAuthException refused) {
            return refuse(request, going.asked().addressed(), Optional.of(user), refused);
        }
    }

    private Reply askConsent(Going going, Subject user, List<TokenScope> needed) {
        if (going.asked().prompt().none()) {
            throw errors.of(
                    "consent_required",
                    needed.stream().map(TokenScope::name).collect(Collectors.joining(", ")));
        }
        String key = going.key().orElseGet(() -> wait(going));
        return consenting.ask(going.request(), going.asked(), user, needed, key);
    }

    private Lifetimes allowed(Going going, Subject user) {
        AuthorizationRequest asked = going.asked();
        return admission.lifetimes(going.to(), asked.type().grantType(), asked.scopes(), user);
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
