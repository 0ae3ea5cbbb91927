package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Json;
import tools.jackson.databind.node.ObjectNode;

/** The tag Realm. */
final class RealmExamples implements Examples.Family {

    private static final String REALMS = "/api/v1/realms";
    private static final String VARIABLE = "realmId";

    @Override
    public void say(Examples examples) {
        examples.of("listRealms", stock -> Call.plain().query("limit=1"));
        examples.of(
                "listRealms",
                stock ->
                        Call.plain()
                                .query(
                                        "search=profile.name+co+%22stock%22"
                                                + "&sortBy=profile.name&sortOrder=desc"));
        examples.of("createRealm", stock -> Call.plain().body(realm(stock)));
        examples.of("getRealm", stock -> Call.on(VARIABLE, made(stock)));
        examples.of("getRealm", stock -> Call.on(VARIABLE, byDefault(stock)));
        examples.of(
                "replaceRealm",
                stock -> {
                    ObjectNode other = realm(stock);
                    return Call.on(VARIABLE, made(stock)).body(other);
                });
        examples.of("deleteRealm", stock -> Call.on(VARIABLE, made(stock)));
    }

    static String made(Stock stock) {
        return stock.http().post(REALMS, realm(stock)).expect(200).text("id");
    }

    private static String byDefault(Stock stock) {
        return "guo" + stock.org().id().substring(3);
    }

    private static ObjectNode realm(Stock stock) {
        ObjectNode body = Json.object();
        body.putObject("profile")
                .put("name", stock.name())
                .put("realmType", "PARTNER")
                .putArray("domains")
                .add("atko.com")
                .add("example.com");
        return body;
    }
}
