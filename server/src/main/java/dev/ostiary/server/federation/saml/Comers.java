package dev.ostiary.server.federation.saml;

import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.assignments.AppIdentity;
import dev.ostiary.server.apps.assignments.Assignments;
import dev.ostiary.server.oauth.grants.Subject;
import dev.ostiary.server.oauth.grants.Subjects;
import dev.ostiary.server.signin.pages.ShownPages;
import dev.ostiary.server.signin.sessions.BrowserSessions;
import dev.ostiary.server.signin.sessions.BrowserSessions.Current;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Who comes to an app, whatever protocol it speaks; and what the log says of it. Thread-safe.
 *
 * @param assignments who has which app
 * @param subjects finds users who may act
 * @param sessions who is signed in
 * @param pages what people see
 */
record Comers(
        Database database,
        Assignments assignments,
        Subjects subjects,
        BrowserSessions sessions,
        ShownPages pages,
        SamlEvents events) {

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

    /** Somebody wanted into an app that is not theirs. */
    Reply refuse(Request request, App app, Subject user) {
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
        database.write(
                who.org().number(),
                tx -> {
                    events.signedOn(tx, who.app(), who.subject(), who.identity());
                    return who;
                });
    }
}
