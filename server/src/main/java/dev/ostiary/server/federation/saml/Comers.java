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
 */
record Comers(
        Database database,
        Assignments assignments,
        AppSignOn policy,
        Subjects subjects,
        BrowserSessions sessions,
        ShownPages pages,
        SamlEvents events) {

    private static final Duration SKEW = Duration.ofMinutes(1);

    /**
     * Somebody who is signed in.
     *
     * @param identity what the user is in the app; nothing where it is not the user's
     */
    record Comer(Subject user, Optional<AppIdentity> identity) {}

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
                .flatMap(
                        current ->
                                subjects.find(
                                        reader,
                                        org,
                                        current.userId(),
                                        current.authenticated(),
                                        current.amr()))
                .map(user -> new Comer(user, assignments.identity(reader, org, app, user.id())));
    }

    /** The address that says a request again, for after a sign-in. */
    static String again(Request request) {
        String query = request.query().raw();
        return request.localPath() + (query.isEmpty() ? "" : "?" + query);
    }

    /**
     * Lets somebody into an app who has it, as the app's access policy says; whoever has just done
     * what can be done is not asked again.
     *
     * @param since from when on a proof was one for this very request
     * @param signIn where more can be proven
     * @param tell tells the app
     */
    Reply welcome(
            Request request,
            App app,
            Comer comer,
            Instant now,
            Instant since,
            Supplier<Reply> signIn,
            Function<SubjectFacts, Reply> tell) {
        return comer.identity()
                .map(identity -> new SubjectFacts(request.org(), app, comer.user(), identity, now))
                .map(who -> admit(request, who, since, signIn, tell))
                .orElseGet(() -> refuse(request, app, comer.user()));
    }

    private Reply admit(
            Request request,
            SubjectFacts who,
            Instant since,
            Supplier<Reply> signIn,
            Function<SubjectFacts, Reply> tell) {
        Subject user = who.subject();
        boolean anew = !user.authenticated().isBefore(since.minus(SKEW));
        return switch (policy.judge(
                who.org(),
                new AppSignOn.Comer(
                        who.app().target(),
                        SamlEvents.actor(user),
                        user.authenticated(),
                        user.amr(),
                        anew,
                        who.now()))) {
            case AppSignOn.Verdict.Admitted admitted -> {
                admitted.event().ifPresent(event -> note(who, event));
                yield tell.apply(who);
            }
            case AppSignOn.Verdict.Challenged challenged -> {
                note(who, challenged.event());
                yield anew ? denied(request) : signIn.get();
            }
            case AppSignOn.Verdict.Denied denied -> {
                note(who, denied.event());
                yield denied(request);
            }
        };
    }

    private Reply denied(Request request) {
        return pages.refusal(request, 403, "The app's policy does not let the user in.");
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
