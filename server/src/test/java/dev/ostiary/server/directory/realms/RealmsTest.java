package dev.ostiary.server.directory.realms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.directory.TestDirectory;
import dev.ostiary.server.fixture.AtOnce;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Realms")
class RealmsTest {

    private static final String TAKEN =
            "name: An object with this field already exists in the current organization";

    private final TestDirectory directory;
    private final Org org;

    RealmsTest(DatabaseAccess access) {
        directory = new TestDirectory(access);
        org = directory.org("realms");
    }

    @AfterAll
    void close() {
        directory.close();
    }

    @Test
    @DisplayName("given a fresh org, then it has its default realm, which cannot be deleted")
    void born() {
        Org fresh = directory.org("realms-fresh");
        JsonNode born = list(fresh, "").get(0);
        assertThat(born.toString())
                .isEqualTo(
                        """
                        {"id":"%1$s","created":"%2$s","lastUpdated":"%2$s","isDefault":true,\
                        "profile":{"name":"Default Realm","realmType":"DEFAULT"},\
                        "_links":{"self":{"href":"https://org.example/api/v1/realms/%1$s",\
                        "method":"GET"}}}"""
                                .formatted(
                                        Realm.defaultId(fresh),
                                        dev.ostiary.platform.json.Dates.text(fresh.created())));
        assertThat(list(fresh, "")).hasSize(1);
        assertThat(get(fresh, Realm.defaultId(fresh))).isEqualTo(born);
        refused(
                () -> delete(fresh, Realm.defaultId(fresh)),
                "E0000178",
                "It is the default realm.");
    }

    @Test
    @DisplayName("P31 a realm reads as it was made, and as it was replaced")
    void replaced() {
        JsonNode made = create(org, profile("Car Co", "PARTNER", "atko.com", "user.com"));
        String id = made.path("id").asString();
        assertThat(id).startsWith("guo").hasSize(20);
        assertThat(made.path("isDefault").asBoolean()).isFalse();
        assertThat(made.path("profile").toString())
                .isEqualTo(
                        "{\"name\":\"Car Co\",\"realmType\":\"PARTNER\","
                                + "\"domains\":[\"atko.com\",\"user.com\"]}");
        assertThat(get(org, id)).isEqualTo(made);
        JsonNode changed = replace(org, id, "{\"profile\":{\"name\":\"Cars\"}}");
        assertThat(changed.path("profile").toString())
                .isEqualTo("{\"name\":\"Cars\",\"realmType\":\"DEFAULT\"}");
        assertThat(changed.path("created")).isEqualTo(made.path("created"));
        assertThat(changed.path("lastUpdated").asString())
                .isGreaterThan(made.path("lastUpdated").asString());
        assertThat(replace(org, id, "{\"profile\":{\"name\":\"Cars\"}}")).isEqualTo(changed);
        assertThat(get(org, id)).isEqualTo(changed);
    }

    @Test
    @DisplayName("the default realm can be called otherwise, and stays the default one")
    void renamed() {
        Org fresh = directory.org("realms-renamed");
        String id = Realm.defaultId(fresh);
        refused(
                () -> create(fresh, profile("default realm", "DEFAULT")),
                "E0000001",
                "name",
                TAKEN);
        refused(
                () -> replace(fresh, id, profile("Staff", "PARTNER")),
                "E0000001",
                "realmType",
                "profile.realmType: The default realm is of the type DEFAULT");
        JsonNode staff = replace(fresh, id, profile("Staff", "DEFAULT", "atko.com"));
        assertThat(staff.path("isDefault").asBoolean()).isTrue();
        assertThat(list(fresh, "")).containsExactly(staff);
        refused(() -> create(fresh, profile("STAFF", "DEFAULT")), "E0000001", "name", TAKEN);
        create(fresh, profile("Default Realm", "DEFAULT"));
        assertThat(names(fresh, "")).containsExactlyInAnyOrder("Staff", "Default Realm");
    }

    @Test
    @DisplayName("P6 every wrong field is named at once")
    void wrong() {
        refused(
                () ->
                        create(
                                org,
                                "{\"profile\":{\"name\":\" \",\"realmType\":\"OTHER\","
                                        + "\"domains\":[\"a|b\"]}}"),
                "E0000001",
                "name",
                "profile.name: must be 1 to 255 characters",
                "profile.realmType: must be one of [PARTNER, DEFAULT]",
                "profile.domains: must be at most 500 names of domains, without spaces and any of"
                        + " !$%^&()=*+,:;<>'[]|/?\\@");
        refused(
                () -> create(org, "{}"),
                "E0000001",
                "profile",
                "profile: The field cannot be left blank");
        refused(
                () -> create(org, "{\"profile\":{}}"),
                "E0000001",
                "name",
                "profile.name: The field cannot be left blank");
        for (char no : "!$%^&()=*+,:;<>'[]|/?\\@ ".toCharArray()) {
            assertThatThrownBy(() -> create(org, profile("x", "DEFAULT", "a" + no + "b.com")))
                    .isInstanceOf(ApiException.class);
        }
    }

    @Test
    @DisplayName("P24 P25 a list goes page by page in the order of ids, the default realm in it")
    void pages() {
        Org fresh = directory.org("realms-paged");
        List<String> ids = new ArrayList<>(List.of(Realm.defaultId(fresh)));
        for (int n = 0; n < 4; n++) {
            ids.add(create(fresh, profile("Realm " + n, "DEFAULT")).path("id").asString());
        }
        Collections.sort(ids);
        List<String> seen = new ArrayList<>();
        String query = "limit=2";
        while (query != null) {
            Reply page = directory.call(fresh, "listRealms", Map.of(), query);
            seen.addAll(TestDirectory.ids(page));
            query =
                    TestDirectory.link(page, "next")
                            .map(next -> next.substring(next.indexOf('?') + 1))
                            .orElse(null);
        }
        assertThat(seen).isEqualTo(ids);
        assertThat(
                        TestDirectory.ids(
                                directory.call(
                                        fresh, "listRealms", Map.of(), "after=" + ids.get(3))))
                .containsExactly(ids.get(4));
    }

    @Test
    @DisplayName("P28 a search finds by any property, and sorts; ten at most unless it says so")
    void searches() {
        Org fresh = directory.org("realms-searched");
        create(fresh, profile("Car Co", "PARTNER", "cars.example", "Vans.example"));
        create(fresh, profile("Bike Co", "DEFAULT"));
        create(fresh, profile("Suppliers", "PARTNER", "cars.example"));
        assertThat(search(fresh, "profile.name co \"CO\"")).containsExactly("Car Co", "Bike Co");
        assertThat(search(fresh, "profile.name eq \"car co\"")).containsExactly("Car Co");
        assertThat(search(fresh, "profile.name sw \"default\"")).containsExactly("Default Realm");
        assertThat(search(fresh, "isDefault eq true")).containsExactly("Default Realm");
        assertThat(search(fresh, "profile.realmType eq \"PARTNER\""))
                .containsExactly("Car Co", "Suppliers");
        assertThat(search(fresh, "profile.domains eq \"vans.EXAMPLE\"")).containsExactly("Car Co");
        assertThat(search(fresh, "profile.domains pr")).containsExactly("Car Co", "Suppliers");
        assertThat(search(fresh, "id eq \"" + Realm.defaultId(fresh) + "\""))
                .containsExactly("Default Realm");
        assertThat(
                        names(
                                fresh,
                                "search="
                                        + encoded("profile.name pr")
                                        + "&sortBy=profile.name&sortOrder=desc&limit=3"))
                .containsExactly("Suppliers", "Default Realm", "Car Co");
        for (String by : List.of("profile.domains", "isDefault", "created", "lastUpdated", "id")) {
            assertThat(names(fresh, "search=" + encoded("id pr") + "&sortBy=" + by)).hasSize(4);
        }
        for (int n = 0; n < 10; n++) {
            create(fresh, profile("More " + n, "DEFAULT"));
        }
        assertThat(names(fresh, "search=" + encoded("id pr"))).hasSize(10);
        assertThat(names(fresh, "")).hasSize(14);
        refused(
                () -> search(fresh, "profile.colour eq \"red\""),
                "E0000031",
                "profile.colour eq \"red\"");
    }

    @Test
    @DisplayName("a realm with a user in it cannot be deleted; an empty one goes")
    void deleted() {
        Org fresh = directory.org("realms-deleted");
        String id = create(fresh, profile("Leavers", "DEFAULT")).path("id").asString();
        String user = directory.user(fresh, "ann@example.com");
        move(fresh, user, id);
        refused(() -> delete(fresh, id), "E0000178", "There are users in it.");
        assertThat(get(fresh, id).at("/profile/name").asString()).isEqualTo("Leavers");
        move(fresh, user, null);
        assertThat(delete(fresh, id).status()).isEqualTo(204);
        TestDirectory.notFound(() -> get(fresh, id), id, "Realm");
        TestDirectory.notFound(() -> delete(fresh, id), id, "Realm");
        assertThat(directory.events(fresh))
                .containsExactly(
                        "directory.realm.lifecycle.create Realm:" + id,
                        "directory.realm.lifecycle.delete Realm:" + id);
    }

    @Test
    @DisplayName("P39 given many who want one name or delete one realm at once, then one does it")
    void races() throws Exception {
        Org fresh = directory.org("realms-raced");
        List<Callable<String>> makers = new ArrayList<>();
        for (int n = 0; n < 12; n++) {
            makers.add(() -> code(() -> create(fresh, profile("Wanted", "DEFAULT"))));
        }
        List<String> codes = AtOnce.call(makers);
        assertThat(Collections.frequency(codes, "")).isEqualTo(1);
        assertThat(Collections.frequency(codes, "E0000001")).isEqualTo(11);
        String id = idOf(fresh, "Wanted");
        List<Callable<String>> deleters = new ArrayList<>();
        for (int n = 0; n < 12; n++) {
            deleters.add(() -> code(() -> delete(fresh, id)));
        }
        codes = AtOnce.call(deleters);
        assertThat(Collections.frequency(codes, "")).isEqualTo(1);
        assertThat(Collections.frequency(codes, "E0000007")).isEqualTo(11);
    }

    @Test
    @DisplayName("P38 given a change, then the log says what the realm was and is")
    void logged() {
        Org fresh = directory.org("realms-logged");
        String id = create(fresh, profile("Before", "DEFAULT")).path("id").asString();
        replace(fresh, id, profile("After", "PARTNER", "after.example"));
        JsonNode details =
                directory
                        .database()
                        .read(
                                fresh.number(),
                                reader ->
                                        reader.one(
                                                Sql.of(
                                                        """
                                                        SELECT body #> '{target,0,detailEntry}' AS d
                                                        FROM system_log WHERE org_id = ?
                                                          AND event_type = 'directory.realm.lifecycle.update'""",
                                                        fresh.number()),
                                                row ->
                                                        Json.parse(
                                                                row.json("d")
                                                                        .getBytes(
                                                                                StandardCharsets
                                                                                        .UTF_8))))
                        .orElseThrow();
        assertThat(details)
                .isEqualTo(
                        Json.parse(
                                """
                                {"default_realm":false,"previous_realm_name":"Before",
                                "previous_realm_type":"DEFAULT","previous_realm_domains":[],
                                "new_realm_name":"After","new_realm_type":"PARTNER",
                                "new_realm_domains":["after.example"]}"""
                                        .getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    @DisplayName("P40 another org sees none of it, and has its own of the same name")
    void apart() {
        Org there = directory.org("realms-apart");
        String id = create(org, profile("Here", "DEFAULT")).path("id").asString();
        TestDirectory.notFound(() -> get(there, id), id, "Realm");
        TestDirectory.notFound(() -> delete(there, id), id, "Realm");
        TestDirectory.notFound(() -> replace(there, id, profile("There", "DEFAULT")), id, "Realm");
        assertThat(names(there, "")).containsExactly("Default Realm");
        create(there, profile("Here", "DEFAULT"));
        assertThat(get(org, id).at("/profile/name").asString()).isEqualTo("Here");
    }

    private void move(Org in, String user, @Nullable String realm) {
        directory
                .database()
                .write(
                        in.number(),
                        tx ->
                                tx.run(
                                        Sql.of(
                                                "UPDATE users SET realm_id = ?"
                                                        + " WHERE org_id = ? AND id = ?",
                                                realm,
                                                in.number(),
                                                user)));
    }

    private static String profile(String name, String type, String... domains) {
        var body = Json.object();
        var profile = body.putObject("profile").put("name", name).put("realmType", type);
        if (domains.length > 0) {
            var array = profile.putArray("domains");
            List.of(domains).forEach(array::add);
        }
        return Json.text(body);
    }

    private JsonNode create(Org in, String body) {
        return TestDirectory.json(directory.call(in, "createRealm", Map.of(), "", body));
    }

    private JsonNode get(Org in, String id) {
        return TestDirectory.json(directory.call(in, "getRealm", Map.of("realmId", id), ""));
    }

    private JsonNode replace(Org in, String id, String body) {
        return TestDirectory.json(
                directory.call(in, "replaceRealm", Map.of("realmId", id), "", body));
    }

    private Reply delete(Org in, String id) {
        return directory.call(in, "deleteRealm", Map.of("realmId", id), "");
    }

    private JsonNode list(Org in, String query) {
        return TestDirectory.json(directory.call(in, "listRealms", Map.of(), query));
    }

    private List<String> names(Org in, String query) {
        List<String> names = new ArrayList<>();
        list(in, query).forEach(realm -> names.add(realm.at("/profile/name").asString()));
        return names;
    }

    private String idOf(Org in, String name) {
        return list(in, "search=" + encoded("profile.name eq \"" + name + "\""))
                .get(0)
                .path("id")
                .asString();
    }

    private List<String> search(Org in, String text) {
        return names(in, "search=" + encoded(text));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String code(Callable<?> call) throws Exception {
        try {
            call.call();
            return "";
        } catch (ApiException e) {
            return e.code();
        }
    }

    private static void refused(
            ThrowingCallable call, String code, String argument, String... causes) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(code);
                            if (causes.length > 0) {
                                assertThat(e.causes()).containsExactly(causes);
                            }
                            if (!code.equals("E0000031")) {
                                assertThat(e.arguments()).hasToString("[" + argument + "]");
                            }
                        });
    }
}
