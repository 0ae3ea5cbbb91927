package dev.ostiary.conformance.signin;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Policies;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the moves that make events happen begin with. */
final class EventGround {

    private static final AtomicInteger NAMES = new AtomicInteger();

    private final Org org;
    private final SignIns users;

    EventGround(Org org) {
        this.org = org;
        this.users = new SignIns(org);
    }

    Org org() {
        return org;
    }

    SignIns users() {
        return users;
    }

    Policies policies() {
        return new Policies(org);
    }

    String name() {
        return "told " + NAMES.incrementAndGet();
    }

    String idOf(String login) {
        return Directory.id(users.user(login));
    }

    /** The path of a user. */
    String path(String login) {
        return "/api/v1/users/" + idOf(login);
    }

    /** The id of a group that has one user. */
    String groupOf(String login) {
        String group = Directory.id(new Directory(org).group(name()));
        org.http().put("/api/v1/groups/" + group + "/users/" + idOf(login)).expect(204);
        return group;
    }

    /** The login of somebody of whom a sign-on policy says something. */
    String under(String signOn) {
        String login = users.active();
        policies().signOn(groupOf(login), name(), signOn);
        return login;
    }

    /** The login of somebody who is asked for a further factor. */
    String asked() {
        return under(
                "{\"access\":\"ALLOW\",\"requireFactor\":true,\"factorPromptMode\":\"ALWAYS\"}");
    }

    /** The login of somebody who has locked the account, and of whom a policy lets be opened. */
    String locked(String login) {
        for (int i = 0; i < 10; i++) {
            users.signIn(login, "wrong").expect(401);
        }
        return login;
    }

    /** The login of somebody with a recovery question who may do everything alone. */
    String helpsItself() {
        String login = users.recoverable();
        policies().lettingUnlock(groupOf(login), name());
        return login;
    }

    /** The id of a security question that somebody has, whose answer is mayonnaise. */
    String question(String login) {
        return factor(
                login,
                "{\"factorType\":\"question\",\"provider\":\"OKTA\",\"profile\":{\"question\":\"disliked_food\",\"answer\":\"mayonnaise\"}}");
    }

    /** The id of a factor that somebody has from now on. */
    String factor(String login, String body) {
        return org.http().post(path(login) + "/factors?activate=true", body).expect(200).text("id");
    }

    /** Begins a recovery by mail. */
    Answer recovers(String what, String login) {
        return org.nobody()
                .post(
                        "/api/v1/authn/recovery/" + what,
                        Json.object().put("username", login).put("factorType", "EMAIL"));
    }

    /** The state token of somebody who has come by the link of a mail. */
    String recovering(String what, String login) {
        String token =
                org.http()
                        .post(
                                "/api/v1/authn/recovery/" + what,
                                Json.object().put("username", login))
                        .expect(200)
                        .text("recoveryToken");
        return org.nobody()
                .post("/api/v1/authn/recovery/token", Json.object().put("recoveryToken", token))
                .expect(200)
                .text("stateToken");
    }

    /** The id of an access policy whose catch-all rule says something. */
    String accessPolicy(String actions) {
        String id = policy("ACCESS_POLICY");
        String rules = "/api/v1/policies/" + id + "/rules";
        JsonNode all = org.http().get(rules).expect(200).json();
        ObjectNode last = (ObjectNode) all.get(all.size() - 1);
        last.set("actions", Json.parse(actions));
        org.http().put(rules + "/" + last.get("id").asString(), last).expect(200);
        return id;
    }

    /** The id of a policy that needs a name alone. */
    String policy(String type) {
        return org.http()
                .post("/api/v1/policies", Json.object().put("type", type).put("name", name()))
                .expect(200)
                .text("id");
    }

    /** Has an app follow a policy. */
    void govern(String app, String policy) {
        org.http().put("/api/v1/apps/" + app + "/policies/" + policy).expect(204);
    }
}
