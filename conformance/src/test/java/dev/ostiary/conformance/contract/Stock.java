package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.HookReceiver;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.UserApp;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Makes what examples are about, in one org: each time something new, under a name that nobody has,
 * not even another stock of the same org.
 */
final class Stock {

    private final Org org;
    private final Directory directory;
    private final AtomicInteger names = new AtomicInteger();
    private final String own = Long.toString(System.nanoTime(), 36);
    private @Nullable HookReceiver receiver;
    private @Nullable UserApp app;

    Stock(Org org) {
        this.org = org;
        this.directory = new Directory(org);
    }

    /** The org. */
    Org org() {
        return org;
    }

    /** A client with the org's token. */
    Http http() {
        return org.http();
    }

    /** A name that nobody has. */
    String name() {
        return "stock-" + own + "-" + names.incrementAndGet();
    }

    /** A login that nobody has. */
    String login() {
        return name() + "@example.com";
    }

    /**
     * A service that hooks can call, as long as the test runs. What it answers is odd on purpose:
     * the published answer of {@code executeInlineHook} is exactly one of six, most of which hold
     * for what the others are meant for; for this it is one alone.
     */
    HookReceiver receiver() {
        HookReceiver opened = receiver == null ? HookReceiver.open() : receiver;
        if (receiver == null) {
            opened.answers(
                    told ->
                            new HookReceiver.Say(
                                    200,
                                    "{\"commands\":[{\"type\":\"example\",\"value\":\"ALLOW\"}]}"));
            receiver = opened;
        }
        return opened;
    }

    /** The id of a user in status STAGED. */
    String staged() {
        return Directory.id(directory.staged(login()));
    }

    /** The id of a user in status PROVISIONED, to whom a mail was sent. */
    String invited() {
        return Directory.id(
                http().post("/api/v1/users?activate=true", Directory.newUser(login()))
                        .expect(200)
                        .json());
    }

    /** The id of a user in status ACTIVE, with {@link Directory#PASSWORD}. */
    String active() {
        return Directory.id(directory.active(login()));
    }

    /** The id of a user who has also the answer Baltic to a recovery question. */
    String recoverable() {
        String user = active();
        http().post(
                        "/api/v1/users/" + user + "/credentials/change_recovery_question",
                        "{\"password\":{\"value\":\""
                                + Directory.PASSWORD
                                + "\"},\"recovery_question\":{\"question\":\"Which sea?\",\"answer\":\"Baltic\"}}")
                .expect(200);
        return user;
    }

    /** The login of a user in status ACTIVE, with {@link Directory#PASSWORD}. */
    String activeLogin() {
        String login = login();
        directory.active(login);
        return login;
    }

    /** A session token of somebody who has just signed in. */
    String sessionToken() {
        return SignInExamples.signedIn(this, activeLogin()).expect(200).text("sessionToken");
    }

    /** An access token with which an app acts for somebody who has just signed in. */
    String accessToken(String scope) {
        return userApp().granted(scope).token(activeLogin(), scope);
    }

    private UserApp userApp() {
        UserApp made = app == null ? UserApp.register(org, name()) : app;
        app = made;
        return made;
    }

    /** What a browser keeps of a session of somebody who has just signed in. */
    String cookie() {
        return SessionExamples.cookie(this, sessionToken());
    }

    /** The id of a group. */
    String group() {
        return Directory.id(directory.group(name()));
    }

    /** Makes a user a member of a group. */
    void join(String group, String user) {
        http().put("/api/v1/groups/" + group + "/users/" + user).expect(204);
    }

    /** A token of the org's administrator. */
    JsonNode token() {
        return http().post(
                        "/ostiary/v1/apiTokens",
                        Json.object().put("user", org.adminLogin()).put("name", name()))
                .expect(201)
                .json();
    }
}
