package dev.ostiary.conformance.pages;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Policies;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Users of an org who come by its pages, and the mails that they get. */
final class People {

    private static final Pattern LINK = Pattern.compile("https://\\S+");

    private final Org org;
    private final AtomicInteger count = new AtomicInteger();
    private final String own = Long.toString(System.nanoTime(), 36);

    People(Org org) {
        this.org = org;
    }

    private String login() {
        return "ada-" + own + "-" + count.incrementAndGet() + "@example.com";
    }

    /** Calls the org by a name that people know it by. */
    void callOrg(String name) {
        String brand =
                org.http().get("/api/v1/brands").expect(200).json().path(0).path("id").asString();
        org.http().put("/api/v1/brands/" + brand, Json.object().put("name", name)).expect(200);
    }

    /** Somebody with {@link Directory#PASSWORD}. */
    String active() {
        String login = login();
        new Directory(org).active(login);
        return login;
    }

    /** The same in a group. */
    String activeIn(String group) {
        String login = active();
        join(login, group);
        return login;
    }

    /** A group that somebody is in alone, for policies: its id. */
    String ownGroup(String login) {
        String group = Directory.id(new Directory(org).group("of " + login));
        join(login, group);
        return group;
    }

    private void join(String login, String group) {
        String user = org.http().get("/api/v1/users/" + login).expect(200).text("id");
        org.http().put("/api/v1/groups/" + group + "/users/" + user).expect(204);
    }

    /** Somebody with a recovery question, whose answer is Baltic. */
    String recoverable() {
        String login = active();
        org.http()
                .post(
                        "/api/v1/users/" + login + "/credentials/change_recovery_question",
                        "{\"password\":{\"value\":\""
                                + Directory.PASSWORD
                                + "\"},\"recovery_question\":{\"question\":\"Which sea?\","
                                + "\"answer\":\"Baltic\"}}")
                .expect(200);
        return login;
    }

    /** Somebody whose password has expired. */
    String expired() {
        String login = active();
        org.http().post("/api/v1/users/" + login + "/lifecycle/expire_password").expect(200);
        return login;
    }

    /** Somebody who has been locked out, and may open the lock. */
    String locked() {
        String login = active();
        new Policies(org).lettingUnlock(ownGroup(login), "of " + login);
        for (int i = 0; i < 10; i++) {
            org.nobody()
                    .post(
                            "/api/v1/authn",
                            Json.object().put("username", login).put("password", "wrong"))
                    .expect(401);
        }
        return login;
    }

    /** Somebody who was invited by mail. */
    String invited() {
        String login = login();
        org.http().post("/api/v1/users?activate=true", Directory.newUser(login)).expect(200);
        return login;
    }

    /** The status of an account. */
    String status(String login) {
        return org.http().get("/api/v1/users/" + login).expect(200).text("status");
    }

    /** The link in the newest mail to somebody. */
    String link(String login) {
        Answer outbox = org.http().get("/ostiary/v1/outbox?limit=200").expect(200);
        for (JsonNode mail : outbox.json()) {
            if (mail.path("to").toString().contains(login)) {
                String id = mail.path("id").asString();
                String text = org.http().get("/ostiary/v1/outbox/" + id).expect(200).text("text");
                Matcher link = LINK.matcher(text);
                if (link.find()) {
                    return link.group();
                }
            }
        }
        throw new AssertionError("no mail with a link to " + login + " in " + outbox);
    }
}
