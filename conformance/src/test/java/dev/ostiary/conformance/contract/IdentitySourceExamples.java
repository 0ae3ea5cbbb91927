package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Await;
import dev.ostiary.conformance.harness.Json;
import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/** The tag IdentitySource. */
final class IdentitySourceExamples implements Examples.Family {

    private static final String SOURCE = "identitySourceId";
    private static final String SESSION = "sessionId";
    private static final String USER = "externalId";
    private static final String GROUP = "groupOrExternalId";

    @Override
    public void say(Examples examples) {
        sessions(examples);
        loads(examples);
        users(examples);
        groups(examples);
    }

    private static void sessions(Examples examples) {
        examples.of(
                "listIdentitySourceSessions",
                stock -> {
                    Source source = source(stock);
                    source.session();
                    return source.call();
                });
        examples.of("createIdentitySourceSession", stock -> source(stock).call());
        examples.of("getIdentitySourceSession", stock -> source(stock).inSession());
        examples.of("deleteIdentitySourceSession", stock -> source(stock).inSession());
        examples.of(
                "startImportFromIdentitySource",
                stock -> {
                    Source source = source(stock);
                    String session = source.session();
                    source.load(session, "bulk-upsert", users(stock));
                    return source.call().and(SESSION, session);
                });
    }

    private static void loads(Examples examples) {
        examples.of(
                "uploadIdentitySourceDataForUpsert",
                stock -> source(stock).inSession().body(users(stock)));
        examples.of(
                "uploadIdentitySourceDataForDelete",
                stock ->
                        source(stock)
                                .inSession()
                                .body(
                                        "{\"entityType\":\"USERS\",\"profiles\":[{\"externalId\":\"gone\"}]}"));
        examples.of(
                "uploadIdentitySourceGroupsForUpsert",
                stock ->
                        source(stock)
                                .inSession()
                                .body("{\"profiles\":[" + group("g", stock.name()) + "]}"));
        examples.of(
                "uploadIdentitySourceGroupsDataForDelete",
                stock -> source(stock).inSession().body("{\"externalIds\":[\"gone\"]}"));
        examples.of(
                "uploadIdentitySourceGroupMembershipsForUpsert",
                stock -> source(stock).inSession().body(memberships("g", "u")));
        examples.of(
                "uploadIdentitySourceGroupMembershipsForDelete",
                stock -> source(stock).inSession().body(memberships("g", "u")));
    }

    private static void users(Examples examples) {
        examples.of(
                "createIdentitySourceUser",
                stock -> source(stock).call().body(user(stock.name(), stock.login())));
        examples.of("getIdentitySourceUser", IdentitySourceExamples::onUser);
        examples.of(
                "replaceExistingIdentitySourceUser",
                stock -> onUser(stock).body(user("other", stock.login())));
        examples.of(
                "updateIdentitySourceUsers",
                stock -> onUser(stock).body("{\"profile\":{\"mobilePhone\":\"555-123-4567\"}}"));
        examples.of("deleteIdentitySourceUser", IdentitySourceExamples::onUser);
    }

    /** Ids of a source are nobody else's here, so that no other org has an object of the same. */
    private static Call onUser(Stock stock) {
        String id = stock.name();
        return source(stock).withUser(id, stock.login()).call().and(USER, id);
    }

    private static void groups(Examples examples) {
        examples.of(
                "createIdentitySourceGroups",
                stock -> source(stock).call().body(group(stock.name(), stock.name())));
        examples.of("getIdentitySourceGroup", IdentitySourceExamples::onGroup);
        examples.of(
                "updateIdentitySourceGroups",
                stock -> onGroup(stock).body(group("other", stock.name())));
        examples.of("deleteIdentitySourceGroup", IdentitySourceExamples::onGroup);
        examples.of(
                "getIdentitySourceGroupMemberships",
                stock -> onMember(stock, false).query("limit=1"));
        examples.of(
                "createIdentitySourceGroupsMemberships",
                stock -> {
                    String group = stock.name();
                    String user = stock.name();
                    return source(stock)
                            .withGroup(group, stock.name())
                            .withUser(user, stock.login())
                            .call()
                            .and(GROUP, group)
                            .body("{\"memberExternalId\":\"" + user + "\"}");
                });
        examples.of("deleteIdentitySourceGroupMemberships", stock -> onMember(stock, true));
    }

    private static Call onGroup(Stock stock) {
        String id = stock.name();
        return source(stock).withGroup(id, stock.name()).call().and(GROUP, id);
    }

    private static Call onMember(Stock stock, boolean named) {
        String group = stock.name();
        String user = stock.name();
        Source source = source(stock).withGroup(group, stock.name()).withUser(user, stock.login());
        stock.http()
                .post(
                        source.path() + "/groups/" + group + "/membership",
                        "{\"memberExternalId\":\"" + user + "\"}")
                .expect(204);
        Call call = source.call().and(GROUP, group);
        return named ? call.and("memberExternalId", user) : call;
    }

    /** A new identity source. */
    static Source source(Stock stock) {
        ObjectNode app =
                Json.object()
                        .put("name", "custom_identity_source")
                        .put("label", stock.name())
                        .put("signOnMode", "BOOKMARK");
        app.putObject("settings").putObject("app");
        return new Source(stock, stock.http().post("/api/v1/apps", app).expect(200).text("id"));
    }

    /** An identity source, and what clients do with it. */
    record Source(Stock stock, String id) {

        String path() {
            return "/api/v1/identity-sources/" + id;
        }

        Call call() {
            return Call.on(SOURCE, id);
        }

        Call inSession() {
            return call().and(SESSION, session());
        }

        String session() {
            return stock.http().post(path() + "/sessions").expect(200).text("id");
        }

        void load(String session, String what, String body) {
            stock.http().post(path() + "/sessions/" + session + "/" + what, body).expect(202);
        }

        Source withUser(String externalId, String userName) {
            stock.http().post(path() + "/users", user(externalId, userName)).expect(200);
            return this;
        }

        Source withGroup(String externalId, String name) {
            stock.http().post(path() + "/groups", group(externalId, name)).expect(200);
            return this;
        }

        /** A whole session: pairs of what to load and with which body. */
        void imported(String... loads) {
            String session = session();
            for (int i = 0; i < loads.length; i += 2) {
                load(session, loads[i], loads[i + 1]);
            }
            String sessions = path() + "/sessions/" + session;
            stock.http().post(sessions + "/start-import").expect(200);
            if (!Await.until(
                    Duration.ofMinutes(1),
                    () ->
                            stock.http()
                                    .get(sessions)
                                    .expect(200)
                                    .text("status")
                                    .equals("COMPLETED"))) {
                throw new AssertionError("the import does not end");
            }
        }
    }

    private static String users(Stock stock) {
        return "{\"entityType\":\"USERS\",\"profiles\":[" + user("ext", stock.login()) + "]}";
    }

    static String user(String externalId, String userName) {
        return """
               {"externalId":"%s","profile":{"userName":"%s","email":"%s","firstName":"Isaac",\
               "lastName":"Brock","homeAddress":"Seattle, WA 98101"}}"""
                .formatted(externalId, userName, userName);
    }

    static String group(String externalId, String name) {
        return """
               {"externalId":"%s","profile":{"displayName":"%s","description":"All of them"}}"""
                .formatted(externalId, name);
    }

    static String memberships(String group, String user) {
        return """
               {"memberships":[{"groupExternalId":"%s","memberExternalIds":["%s"]}]}"""
                .formatted(group, user);
    }
}
