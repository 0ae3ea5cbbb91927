package dev.ostiary.conformance.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(SuiteServer.class)
@DisplayName("Profiles are what their schema says")
class ProfilesBySchemaTest {

    private static final String USER = "/api/v1/meta/schemas/user/default";
    private static final String GROUP = "/api/v1/meta/schemas/group/default";
    private static final String TYPES = "/api/v1/meta/types/user";

    private final Server server;
    private final Org org;
    private final Http http;

    ProfilesBySchemaTest(Server server, Org org) {
        this.server = server;
        this.org = org;
        this.http = org.http();
    }

    @Test
    @DisplayName(
            "a fresh org has the 31 base attributes of users and the two of groups, as documented")
    void base() {
        JsonNode schema = http.get(USER).expect(200).json();

        assertThat(schema.path("id").asString())
                .isEqualTo(org.url() + "/meta/schemas/user/default");
        assertThat(schema.path("name").asString()).isEqualTo("user");
        assertThat(schema.at("/definitions/base/properties").size()).isEqualTo(31);
        assertThat(Json.list(schema.at("/definitions/base/required")))
                .extracting(JsonNode::asString)
                .containsExactly("login", "firstName", "lastName", "email");
        assertThat(schema.at("/definitions/base/properties/login").toString())
                .contains("\"title\":\"Username\"", "\"minLength\":5", "\"maxLength\":100");
        JsonNode group = http.get(GROUP).expect(200).json();
        assertThat(group.at("/definitions/base/properties").propertyNames())
                .containsExactly("name", "description");
        assertThat(http.get("/api/v1/meta/schemas/user/group").errorCode()).isEqualTo("E0000007");
    }

    @Test
    @DisplayName(
            "P6 given attributes of every type, then a wrong profile learns of every cause at once")
    void everyCause() {
        add(USER, "nickels", "{'title':'N','type':'integer','minimum':1,'maximum':9}");
        add(USER, "weight", "{'title':'W','type':'number'}");
        add(USER, "remote", "{'title':'R','type':'boolean'}");
        add(USER, "size", "{'title':'S','type':'string','enum':['S','L']}");
        add(
                USER,
                "sizes",
                "{'title':'S','type':'array','items':{'type':'string','enum':['S','L']}}");
        add(
                USER,
                "plate",
                "{'title':'P','type':'string','pattern':'[A-Z]{2}[0-9]+','maxLength':6}");
        ObjectNode user = Directory.newUser("causes@example.com");
        profile(user)
                .put("nickels", 10)
                .put("weight", "heavy")
                .put("remote", 1)
                .put("size", "M")
                .put("plate", "7AB");
        profile(user).putArray("sizes").add("M");

        Answer refused = http.post("/api/v1/users?activate=false", user).expect(400);

        assertThat(refused.errorCode()).isEqualTo("E0000001");
        assertThat(refused.errorCauses())
                .extracting(cause -> cause.replaceAll(":.*", ""))
                .containsExactlyInAnyOrder("nickels", "weight", "remote", "size", "sizes", "plate");
    }

    @Test
    @DisplayName(
            "P29 given values of the org's own attributes, then searches and sorts see them at once")
    void search() {
        add(USER, "level", "{'title':'L','type':'integer'}");
        add(USER, "badges", "{'title':'B','type':'array','items':{'type':'string'}}");
        add(USER, "onCall", "{'title':'O','type':'boolean'}");
        for (int i = 1; i <= 3; i++) {
            ObjectNode user = Directory.newUser("level" + i + "@example.com");
            profile(user).put("level", i * 10).put("onCall", i == 2);
            profile(user).putArray("badges").add("b" + i).add("all");
            http.post("/api/v1/users?activate=false", user).expect(200);
        }

        assertThat(found("profile.level gt 10"))
                .containsExactly("level2@example.com", "level3@example.com");
        assertThat(found("profile.badges eq \"B3\"")).containsExactly("level3@example.com");
        assertThat(found("profile.onCall eq true")).containsExactly("level2@example.com");
        assertThat(found("profile.badges eq \"all\" and not (profile.level eq 20)"))
                .containsExactly("level1@example.com", "level3@example.com");
        assertThat(http.get("/api/v1/users", "search", "profile.nowhere eq 1").status())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("P39 given many who want the same unique value at once, then one gets it")
    void unique() throws Exception {
        add(USER, "payroll", "{'title':'P','type':'string','unique':true}");
        assertThat(http.get(USER).text("definitions.custom.properties.payroll.unique"))
                .isEqualTo("UNIQUE_VALIDATED");
        List<Callable<Answer>> wanting =
                IntStream.range(0, 8)
                        .mapToObj(
                                i ->
                                        (Callable<Answer>)
                                                () -> paid("race" + i, i % 2 == 0 ? "x1" : "X1"))
                        .toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> answers = threads.invokeAll(wanting);
            int made = 0;
            for (Future<Answer> answer : answers) {
                made += answer.get().status() == 200 ? 1 : 0;
            }
            assertThat(made).isOne();
        }
        assertThat(paid("late", "x1").errorCauses())
                .containsExactly(
                        "payroll: An object with this field already exists in the current organization");
        http.post("/api/v1/users?activate=false", Directory.newUser("none1@example.com"))
                .expect(200);
        http.post("/api/v1/users?activate=false", Directory.newUser("none2@example.com"))
                .expect(200);
    }

    @Test
    @DisplayName("given values that two users share, then their attribute does not become unique")
    void sharedValues() {
        add(USER, "desk", "{'title':'D','type':'string'}");
        for (String login : List.of("desk1@example.com", "desk2@example.com")) {
            ObjectNode user = Directory.newUser(login);
            profile(user).put("desk", "window");
            http.post("/api/v1/users?activate=false", user).expect(200);
        }

        add(USER, "desk", "{'unique':true}");

        assertThat(
                        http.get(USER)
                                .expect(200)
                                .json()
                                .at("/definitions/custom/properties/desk")
                                .has("unique"))
                .isFalse();
    }

    @Test
    @DisplayName(
            "given an attribute is removed, then it is gone from profiles and searches; others stay")
    void removal() {
        add(USER, "floor", "{'title':'F','type':'integer'}");
        add(USER, "room", "{'title':'R','type':'string'}");
        ObjectNode user = Directory.newUser("floor@example.com");
        profile(user).put("floor", 3).put("room", "3.14");
        String id = http.post("/api/v1/users?activate=false", user).expect(200).text("id");

        http.post(
                        USER,
                        Json.parse(
                                "{\"definitions\":{\"custom\":{\"properties\":{\"floor\":null}}}}"))
                .expect(200);

        JsonNode profile = http.get("/api/v1/users/" + id).expect(200).json().path("profile");
        assertThat(profile.has("floor")).isFalse();
        assertThat(profile.path("room").asString()).isEqualTo("3.14");
        assertThat(http.get("/api/v1/users", "search", "profile.floor eq 3").status())
                .isEqualTo(400);
        add(USER, "floor", "{'title':'F','type':'integer'}");
        assertThat(found("profile.floor eq 3")).isEmpty();
    }

    @Test
    @DisplayName(
            "P6 names that collide, types that change, choices that contradict themselves: refused, nothing changed")
    void badSchemas() {
        add(USER, "shoe", "{'title':'S','type':'string'}");
        JsonNode before = http.get(USER).expect(200).json();
        for (String bad :
                List.of(
                        "'firstname':{'title':'F','type':'string'}",
                        "'SHOE':{'title':'F','type':'string'}",
                        "'1st':{'title':'F','type':'string'}",
                        "'Id':{'title':'F','type':'string'}",
                        "'profile':{'title':'F','type':'string'}",
                        "'lastLogin':{'title':'F','type':'string'}",
                        "'shoe':{'type':'integer'}",
                        "'a':{'title':'A','type':'object'}",
                        "'a':{'type':'string'}",
                        "'a':{'title':'A','type':'array'}",
                        "'a':{'title':'A','type':'string','enum':['x','x']}",
                        "'a':{'title':'A','type':'string','oneOf':[{'const':'x','title':'X'}]}",
                        "'a':{'title':'A','type':'string','minLength':5,'maxLength':4}",
                        "'a':{'title':'A','type':'string','pattern':'('}",
                        "'a':{'title':'A','type':'integer','default':'x'}",
                        "'a':{'title':'A','type':'string','permissions':[{'principal':'ALL','action':'HIDE'}]}")) {
            Answer refused = http.post(USER, custom(bad));
            assertThat(refused.errorCode()).as(bad).isEqualTo("E0000001");
        }
        for (String bad :
                List.of(
                        "'a':{'title':'A','type':'string','enum':['x','y'],'oneOf':[{'const':'x','title':'X'}]}",
                        "'a':{'title':'A','type':'string','enum':['x'],'oneOf':[{'const':'y','title':'Y'}]}",
                        "'a':{'title':'A','type':'string','enum':['x'],'oneOf':'x'}")) {
            assertThat(http.post(USER, custom(bad)).errorCode()).as(bad).isEqualTo("E0000123");
        }
        assertThat(http.get(USER).expect(200).json()).isEqualTo(before);
    }

    @Test
    @DisplayName("given names that are reserved for users, then groups can have attributes of them")
    void reservedForUsers() {
        add(GROUP, "status", "{'title':'S','type':'string'}");
        ObjectNode body = Json.object();
        body.putObject("profile").put("name", "Reserved").put("status", "open");
        http.post("/api/v1/groups", body).expect(200);
        assertThat(
                        Json.texts(
                                http.get("/api/v1/groups", "search", "profile.status eq \"open\"")
                                        .expect(200)
                                        .json(),
                                "id"))
                .hasSize(1);
    }

    @Test
    @DisplayName(
            "given another pattern of logins, then names need be no mail addresses; other patterns are refused")
    void loginPattern() {
        ObjectNode user = Directory.newUser("short");
        profile(user).put("email", "short@example.com");
        assertThat(http.post("/api/v1/users?activate=false", user).status()).isEqualTo(400);

        base("'login':{'pattern':'[a-z0-9]+'}").expect(200);

        http.post("/api/v1/users?activate=false", user).expect(200);
        assertThat(base("'login':{'pattern':'(a+)+b'}").errorCode()).isEqualTo("E0000001");
        base("'login':{'pattern':null}").expect(200);
        assertThat(http.post("/api/v1/users?activate=false", Directory.newUser("other")).status())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("given first names are not required, then a user may have none")
    void nullableName() {
        base("'firstName':{'required':false}").expect(200);
        ObjectNode user = Directory.newUser("nameless@example.com");
        profile(user).remove("firstName");

        http.post("/api/v1/users?activate=false", user).expect(200);

        assertThat(base("'email':null").status()).isEqualTo(400);
        base("'firstName':{'required':true}").expect(200);
    }

    @Test
    @DisplayName(
            "given what users may do with their own attributes, then they see, change or neither, and administrators do both")
    void permissions() {
        add(
                USER,
                "salary",
                "{'title':'S','type':'integer','permissions':[{'principal':'SELF','action':'HIDE'}]}");
        add(
                USER,
                "motto",
                "{'title':'M','type':'string','permissions':[{'principal':'SELF','action':'READ_WRITE'}]}");
        add(USER, "grade", "{'title':'G','type':'string'}");
        ObjectNode user = Directory.newUserWithPassword("self@example.com");
        profile(user).put("salary", 9000).put("motto", "on").put("grade", "A");
        String id = http.post("/api/v1/users", user).expect(200).text("id");
        ObjectNode wanted = Json.object().put("user", "self@example.com").put("name", "own");
        Http self =
                org.nobody()
                        .token(
                                http.post("/ostiary/v1/apiTokens", wanted)
                                        .expect(201)
                                        .text("token"));

        JsonNode seen = self.get("/api/v1/users/me").expect(200).json().path("profile");
        assertThat(seen.has("salary")).isFalse();
        assertThat(seen.path("grade").asString()).isEqualTo("A");
        JsonNode changed =
                self.post("/api/v1/users/" + id, Json.parse("{\"profile\":{\"motto\":\"off\"}}"))
                        .expect(200)
                        .json()
                        .path("profile");
        assertThat(changed.path("motto").asString()).isEqualTo("off");
        assertThat(changed.has("salary")).isFalse();
        for (String refused : List.of("{\"grade\":\"B\"}", "{\"salary\":1}")) {
            assertThat(
                            self.post(
                                            "/api/v1/users/" + id,
                                            Json.parse("{\"profile\":" + refused + "}"))
                                    .errorCode())
                    .isEqualTo("E0000077");
        }
        assertThat(http.get("/api/v1/users/" + id).text("profile.salary")).isEqualTo("9000");
    }

    @Test
    @DisplayName(
            "P38 given a user of another type, then its schema counts, and a full replace changes the type")
    void types() {
        JsonNode type =
                http.post(TYPES, Json.parse("{\"name\":\"crew\",\"displayName\":\"Crew\"}"))
                        .expect(200)
                        .json();
        String typeId = type.path("id").asString();
        String schema =
                Json.at(type, "_links.schema.href").asString().substring(org.url().length());
        add(schema, "ship", "{'title':'S','type':'string','required':true}");
        ObjectNode user = Directory.newUser("sailor@example.com");
        user.putObject("type").put("id", typeId);
        assertThat(http.post("/api/v1/users?activate=false", user).errorCauses())
                .containsExactly("ship: The field cannot be left blank");
        profile(user).put("ship", "Argo");
        String id = http.post("/api/v1/users?activate=false", user).expect(200).text("id");
        assertThat(http.delete(TYPES + "/" + typeId).errorCode()).isEqualTo("E0000142");
        assertThat(http.delete(TYPES + "/default").errorCode()).isEqualTo("E0000142");

        String defaultId = http.get(TYPES + "/default").expect(200).text("id");
        ObjectNode moved = Directory.newUser("sailor@example.com");
        moved.putObject("type").put("id", defaultId);
        assertThat(http.post("/api/v1/users/" + id, moved).status()).isEqualTo(400);
        JsonNode after = http.put("/api/v1/users/" + id, moved).expect(200).json();

        assertThat(Json.at(after, "type.id").asString()).isEqualTo(defaultId);
        assertThat(after.path("profile").has("ship")).isFalse();
        assertThat(logged("user.account.update_user_type")).isPositive();
        http.delete(TYPES + "/" + typeId).expect(204);
        assertThat(http.get(schema).errorCode()).isEqualTo("E0000007");
        assertThat(logged("directory.non_default_user_profile.create")).isPositive();
        assertThat(logged("directory.user_profile.update")).isPositive();
    }

    @Test
    @DisplayName("given attributes of groups, then groups hold them, unique ones apart")
    void groups() {
        add(GROUP, "contact", "{'title':'C','type':'string','minLength':3}");
        add(GROUP, "code", "{'title':'C','type':'string','unique':true}");
        ObjectNode group = Directory.newGroup("Harbour");
        profile(group).put("contact", "ann").put("code", "H1");
        String id = http.post("/api/v1/groups", group).expect(200).text("id");
        assertThat(http.get("/api/v1/groups/" + id).text("profile.contact")).isEqualTo("ann");
        assertThat(
                        Json.list(
                                http.get("/api/v1/groups", "search", "profile.code eq \"h1\"")
                                        .expect(200)
                                        .json()))
                .hasSize(1);
        ObjectNode other = Directory.newGroup("Haven");
        profile(other).put("contact", "a").put("code", "H2");
        assertThat(http.post("/api/v1/groups", other).status()).isEqualTo(400);
        profile(other).put("contact", "bob").put("code", "H1");
        assertThat(http.post("/api/v1/groups", other).errorCauses())
                .containsExactly(
                        "code: An object with this field already exists in the current organization");
        http.delete("/api/v1/groups/" + id).expect(204);
        http.post("/api/v1/groups", other).expect(200);
    }

    @Test
    @DisplayName(
            "P6 given forms, then inputs are bound to attributes that they can show; others are refused, each by a cause")
    void forms() {
        add(USER, "likes", "{'title':'L','type':'boolean'}");
        add(USER, "shirt", "{'title':'S','type':'string','enum':['S','L']}");
        JsonNode made =
                http.post(
                                "/api/v1/meta/uischemas",
                                form("likes checkbox", "shirt radio", "city text"))
                        .expect(200)
                        .json();
        assertThat(made.path("id").asString()).startsWith("uis").hasSize(20);
        assertThat(Json.at(made, "uiSchema.label").asString()).isEqualTo("Sign in");

        Answer refused =
                http.post(
                        "/api/v1/meta/uischemas",
                        form("likes radio", "shirt checkbox", "nowhere text", "city select"));

        assertThat(refused.errorCode()).isEqualTo("E0000001");
        assertThat(refused.errorCauses()).hasSize(4);
        http.delete("/api/v1/meta/uischemas/" + made.path("id").asString()).expect(204);
        assertThat(http.get("/api/v1/meta/uischemas/" + made.path("id").asString()).errorCode())
                .isEqualTo("E0000007");
    }

    private static ObjectNode form(String... inputs) {
        ObjectNode body = Json.object();
        ArrayNode elements = body.putObject("uiSchema").put("type", "Group").putArray("elements");
        for (String input : inputs) {
            String[] words = input.split(" ", 2);
            elements.addObject()
                    .put("type", "Control")
                    .put("scope", "#/properties/" + words[0])
                    .putObject("options")
                    .put("format", words[1]);
        }
        return body;
    }

    @Test
    @DisplayName("P40 given an org's own attributes, then another org has none of them")
    void otherOrg() {
        add(USER, "secretName", "{'title':'S','type':'string'}");
        Org other = server.newOrg();

        assertThat(other.http().get(USER).expect(200).text()).doesNotContain("secretName");
        ObjectNode user = Directory.newUser("spy@example.com");
        profile(user).put("secretName", "x");
        assertThat(other.http().post("/api/v1/users?activate=false", user).errorCauses())
                .containsExactly("Property name 'secretName' is not defined in profile");
    }

    private Answer paid(String name, String payroll) {
        ObjectNode user = Directory.newUser(name + "@example.com");
        profile(user).put("payroll", payroll);
        return http.post("/api/v1/users?activate=false", user);
    }

    private static ObjectNode profile(ObjectNode object) {
        return (ObjectNode) object.path("profile");
    }

    private void add(String schema, String name, String definition) {
        http.post(schema, custom("'" + name + "':" + definition)).expect(200);
    }

    private static JsonNode custom(String properties) {
        return Json.parse(
                ("{'definitions':{'custom':{'id':'#custom','type':'object','properties':{"
                                + properties
                                + "},'required':[]}}}")
                        .replace('\'', '"'));
    }

    private Answer base(String properties) {
        return http.post(
                USER,
                Json.parse(
                        ("{'definitions':{'base':{'properties':{" + properties + "}}}}")
                                .replace('\'', '"')));
    }

    private List<String> found(String search) {
        return Json.texts(
                        http.get("/api/v1/users", "search", search).expect(200).json(),
                        "profile.login")
                .stream()
                .sorted()
                .toList();
    }

    private int logged(String eventType) {
        return http.get("/api/v1/logs", "filter", "eventType eq \"" + eventType + "\"")
                .expect(200)
                .json()
                .size();
    }
}
