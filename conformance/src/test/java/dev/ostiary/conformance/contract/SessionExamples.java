package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Json;

/** The tags Session and Sessions, and the page that gives the cookie. */
final class SessionExamples implements Examples.Family {

    private static final String VARIABLE = "sessionId";

    @Override
    public void say(Examples examples) {
        examples.of(
                "createSession",
                stock ->
                        Call.plain().body(Json.object().put("sessionToken", stock.sessionToken())));
        examples.of(
                "createSession",
                stock ->
                        Call.plain()
                                .query("additionalFields=cookieToken")
                                .body(Json.object().put("sessionToken", stock.sessionToken())));
        examples.of("getSession", stock -> Call.on(VARIABLE, made(stock)));
        examples.of("replaceSession", stock -> Call.on(VARIABLE, made(stock)));
        examples.of("refreshSession", stock -> Call.on(VARIABLE, made(stock)));
        examples.of("revokeSession", stock -> Call.on(VARIABLE, made(stock)));
        examples.of("getCurrentSession", stock -> Call.plain().signedIn(stock.cookie()));
        examples.of("refreshCurrentSession", stock -> Call.plain().signedIn(stock.cookie()));
        examples.of("deleteCurrentSession", stock -> Call.plain().signedIn(stock.cookie()));
        examples.of("deleteCurrentUserSessions", stock -> Call.plain().signedIn(stock.cookie()));
        examples.of(
                "deleteCurrentUserSessions",
                stock ->
                        Call.plain()
                                .optionalBody("{\"keepCurrent\":false}")
                                .signedIn(stock.cookie()));
        examples.of(
                "deleteSessions",
                stock -> Call.plain().byApp(stock.accessToken("okta.myAccount.sessions.manage")));
        examples.of(
                "deleteSessions",
                stock ->
                        Call.plain()
                                .query("oauthTokens=false&excludeCurrentAuthorizationContext=true")
                                .byApp(stock.accessToken("okta.myAccount.sessions.manage")));
        examples.of(
                "getSessionCookieRedirect",
                stock -> Call.plain().query(query(stock.sessionToken())));
    }

    private static String query(String sessionToken) {
        return "token=" + sessionToken + "&redirectUrl=%2F";
    }

    private static String made(Stock stock) {
        return stock.org()
                .nobody()
                .post("/api/v1/sessions", Json.object().put("sessionToken", stock.sessionToken()))
                .expect(200)
                .text("id");
    }

    /** What a browser keeps that went by the redirect. */
    static String cookie(Stock stock, String sessionToken) {
        String line =
                stock.org()
                        .nobody()
                        .get("/login/sessionCookieRedirect?" + query(sessionToken))
                        .expect(302)
                        .header("Set-Cookie")
                        .orElseThrow();
        return line.substring("sid=".length(), line.indexOf(';'));
    }
}
