package dev.ostiary.server.federation.saml;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.assignments.AppIdentity;
import dev.ostiary.server.apps.assignments.Assignments;
import dev.ostiary.server.oauth.grants.Subject;
import dev.ostiary.server.oauth.grants.Subjects;
import dev.ostiary.server.policy.AppSignOn;
import dev.ostiary.server.policy.assurance.Lack;
import dev.ostiary.server.policy.assurance.Proven;
import dev.ostiary.server.policy.engine.Situation;
import dev.ostiary.server.signin.devices.DeviceCookie;
import dev.ostiary.server.signin.pages.Proving;
import dev.ostiary.server.signin.pages.ShownPages;
import dev.ostiary.server.signin.sessions.BrowserSessions;
import dev.ostiary.server.signin.sessions.BrowserSessions.Current;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Who comes to an app, whatever protocol it speaks; and what the log says of it. Thread-safe.
 *
 * @param assignments who has which app
 * @param policy what apps ask of sign-ins
 * @param subjects finds users who may act
 * @param sessions who is signed in
 * @param pages what people see
 * @param proving where people prove more
 * @param redirects where people of some apps do instead
 */
record Comers(
        Database database,
        Assignments assignments,
        AppSignOn policy,
        Subjects subjects,
        BrowserSessions sessions,
        ShownPages pages,
        Proving proving,
        LoginRedirects redirects,
        SamlEvents events) {

    private static final Duration SKEW = Duration.ofMinutes(1);

    /** With the skew, as long as a session token lives. */
    static final Duration JUST_NOW = Duration.ofMinutes(4);

    /**
     * Somebody who is signed in.
     *
     * @param session the session
     * @param identity what the user is in the app; nothing where it is not the user's
     */
    record Comer(Subject user, Current session, Optional<AppIdentity> identity) {}

    /**
     * Who is signed in; nobody where the session does not count.
     *
     * @param counts whether a session is good enough for what is asked
     */
    Optional<Comer> of(Request request, App app, Predicate<Current> counts) {
        return database.read(request.org().number(), reader -> comer(reader, request, app, counts));
    }

    private Optional<Comer> comer(
            Reader reader, Request request, App app, Predicate<Current> counts) {
        Org org = request.org();
        return sessions.of(reader, request)
                .filter(counts)
                .flatMap(current -> comer(reader, org, app, current));
    }

    private Optional<Comer> comer(Reader reader, Org org, App app, Current current) {
        return subjects.find(reader, org, current.userId(), current.authenticated(), current.amr())
                .map(
                        user ->
                                new Comer(
                                        user,
                                        current,
                                        assignments.identity(reader, org, app, user.id())));
    }

    /** The address that says a request again, for after a sign-in. */
    static String again(Request request) {
        String query = request.query().raw();
        return request.localPath() + (query.isEmpty() ? "" : "?" + query);
    }

    /**
     * A request for an app.
     *
     * @param since from when on a proof was one for this very request
     * @param again where to come back to; nothing where nobody may be asked
     * @param signIn what the app is told then
     * @param context how surely the app wants to know who comes
     * @param unmet what it is told where nobody can be as sure
     */
    record Wish(
            Instant now,
            Instant since,
            Optional<String> again,
            Supplier<Reply> signIn,
            Context context,
            Supplier<Reply> unmet) {

        /** Nobody knows when this began: whoever has just signed in did so for it. */
        static Wish opened(Instant now, Request request, Supplier<Reply> signIn) {
            return new Wish(
                    now,
                    now.minus(JUST_NOW),
                    Optional.of(Comers.again(request)),
                    signIn,
                    Context.NONE,
                    signIn);
        }
    }

    /**
     * How surely an app wants to know who comes.
     *
     * @param wanted what its request says; empty for nothing
     * @param told what it is told where it does not say
     */
    record Context(Optional<RequestedContext> wanted, String told) {

        /** It does not say. */
        static final Context NONE = new Context(Optional.empty(), "");

        private Optional<Lack> lacking(Proven proven, Instant now) {
            return wanted.flatMap(each -> each.lacking(told, proven, now));
        }

        private Optional<String> met(Proven proven, Instant now) {
            return wanted.flatMap(each -> each.met(told, proven, now));
        }
    }

    /**
     * Lets somebody into an app who has it, as the app's access policy says; whoever can prove what
     * is lacking does so first, and comes back.
     *
     * @param tell tells the app
     */
    Reply welcome(
            Request request, App app, Comer comer, Wish wish, Function<SubjectFacts, Reply> tell) {
        return comer.identity()
                .map(
                        identity ->
                                new SubjectFacts(
                                        request.org(),
                                        app,
                                        comer.user(),
                                        identity,
                                        wish.now(),
                                        Optional.empty()))
                .map(who -> admit(request, who, comer.session(), wish, tell))
                .orElseGet(() -> refuse(request, app, comer.user()));
    }

    private Reply admit(
            Request request,
            SubjectFacts who,
            Current session,
            Wish wish,
            Function<SubjectFacts, Reply> tell) {
        return switch (policy.judge(
                who.org(),
                new AppSignOn.Comer(
                        who.app().target(),
                        SamlEvents.actor(who.subject()),
                        session.proofs().proven(),
                        wish.since().minus(SKEW),
                        Optional.of(session.active()),
                        DeviceCookie.of(request),
                        who.now()))) {
            case AppSignOn.Verdict.Admitted admitted -> {
                admitted.event().ifPresent(event -> note(who, session, event));
                Proven proven = session.proofs().proven();
                yield wish.context()
                        .lacking(proven, wish.now())
                        .map(lack -> prove(request, who, session, wish, lack, wish.unmet()))
                        .orElseGet(
                                () -> tell.apply(who.by(wish.context().met(proven, wish.now()))));
            }
            case AppSignOn.Verdict.Challenged(Event event, Lack lack) -> {
                note(who, event);
                yield prove(request, who, session, wish, lack, () -> denied(request, who));
            }
            case AppSignOn.Verdict.Denied denied -> {
                note(who, denied.event());
                note(who, denied.refusal());
                yield denied(request, who);
            }
        };
    }

    /** Whoever can prove what is lacking does so, where anybody may be asked. */
    private Reply prove(
            Request request,
            SubjectFacts who,
            Current session,
            Wish wish,
            Lack lack,
            Supplier<Reply> otherwise) {
        if (lack instanceof Lack.Impossible) {
            return otherwise.get();
        }
        if (wish.again().isPresent() && redirects.has(who.app())) {
            return redirects
                    .prove(request, who.app(), session, lack, wish.again().get())
                    .orElseGet(otherwise);
        }
        return wish.again().isEmpty()
                ? wish.signIn().get()
                : proving.way(
                                request,
                                session,
                                lack,
                                new Situation.App(who.app().id(), who.app().name()),
                                wish.again().get())
                        .orElseGet(otherwise);
    }

    private Reply denied(Request request, SubjectFacts who) {
        note(who, events.denied(who.app(), who.subject()));
        return pages.refusal(request, 403, "The app's policy does not let the user in.");
    }

    /** Only where a policy was asked does it make a difference when the user was last here. */
    private void note(SubjectFacts who, Current session, Event event) {
        database.write(
                who.org().number(),
                tx -> {
                    sessions.visit(tx, who.org(), session);
                    tx.emit(event);
                    return event;
                });
    }

    private void note(SubjectFacts who, Event event) {
        database.write(
                who.org().number(),
                tx -> {
                    tx.emit(event);
                    return event;
                });
    }

    /** Somebody wanted into an app that is not theirs. */
    private Reply refuse(Request request, App app, Subject user) {
        database.write(
                request.org().number(),
                tx -> {
                    events.refused(tx, app, user);
                    return user;
                });
        return pages.refusal(request, 403, "The user is not assigned to the app.");
    }

    /** Sends somebody to a sign-in, and back. */
    Reply signIn(Request request, App app, String again, Optional<String> loginHint) {
        return redirects
                .signIn(request, app, again)
                .orElseGet(
                        () ->
                                Reply.empty(302)
                                        .with("Location", ShownPages.toSignIn(again, loginHint)));
    }

    /** The app is told who comes: to be called before it is. */
    void signOn(SubjectFacts who) {
        signOn(who, tx -> {});
    }

    /** The same with what else is written then. */
    void signOn(SubjectFacts who, Consumer<Tx> more) {
        database.write(
                who.org().number(),
                tx -> {
                    more.accept(tx);
                    events.signedOn(tx, who.app(), who.subject(), who.identity());
                    return who;
                });
    }
}
