package dev.ostiary.server.directory.linkedobjects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.directory.TestDirectory;
import dev.ostiary.server.fixture.AtOnce;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Definitions of linked objects")
class LinkedObjectsTest {

    private static final String NAME_RULE =
            "must be of letters, digits and _, and not begin with a digit";

    private final TestDirectory directory;
    private final Org org;

    LinkedObjectsTest(DatabaseAccess access) {
        directory = new TestDirectory(access);
        org = directory.org("relations");
    }

    @AfterAll
    void close() {
        directory.close();
    }

    @Test
    @DisplayName("P31 a definition reads as it was made, by either name, and links by the primary")
    void either() {
        Reply made =
                create(
                        org,
                        """
                        {"primary": {"name": "manager", "title": "Manager", "type": "USER",
                            "description": "Manager link property"},
                         "associated": {"name": "subordinate", "title": "Subordinate",
                            "type": "USER"}}""");
        assertThat(made.status()).isEqualTo(201);
        assertThat(TestDirectory.json(made).toString())
                .isEqualTo(
                        "{\"primary\":{\"name\":\"manager\",\"title\":\"Manager\","
                                + "\"description\":\"Manager link property\",\"type\":\"USER\"},"
                                + "\"associated\":{\"name\":\"subordinate\","
                                + "\"title\":\"Subordinate\",\"type\":\"USER\"},"
                                + "\"_links\":{\"self\":{\"href\":\"https://org.example"
                                + "/api/v1/meta/schemas/user/linkedObjects/manager\"}}}");
        assertThat(get(org, "manager")).isEqualTo(TestDirectory.json(made));
        assertThat(get(org, "subordinate")).isEqualTo(TestDirectory.json(made));
        unknown(() -> get(org, "Manager"), "Manager");
    }

    @Test
    @DisplayName("P25 the list has all definitions in the order of their making, and a self link")
    void list() {
        Org fresh = directory.org("relations-listed");
        assertThat(names(fresh)).isEmpty();
        create(fresh, definition("zebra", "stripe"));
        create(fresh, definition("ape", "flea"));
        assertThat(names(fresh)).containsExactly("zebra", "ape");
        Reply listed = directory.call(fresh, "listLinkedObjectDefinitions", Map.of(), "");
        assertThat(TestDirectory.link(listed, "self"))
                .contains("/api/v1/meta/schemas/user/linkedObjects");
        assertThat(TestDirectory.link(listed, "next")).isEmpty();
    }

    @Test
    @DisplayName("P6 every wrong field is named at once")
    void wrong() {
        refused(
                "{\"primary\": {\"name\": \"1st\", \"type\": \"GROUP\"}}",
                "primary.name: " + NAME_RULE,
                "primary.title: The field cannot be left blank",
                "primary.type: must be USER",
                "associated: The field cannot be left blank");
        for (String name : List.of("", "a-b", "a b", "é", "x".repeat(256))) {
            refused(definition(name, "good"), "primary.name: " + NAME_RULE);
        }
        refused(
                "{\"primary\": {\"name\": \"a\", \"title\": \" \", \"type\": \"USER\"},"
                        + " \"associated\": {\"name\": \"b\", \"title\": \"B\", \"type\": \"USER\","
                        + " \"description\": \""
                        + "x".repeat(1025)
                        + "\"}}",
                "primary.title: must be 1 to 1024 characters",
                "associated.description: must be at most 1024 characters");
    }

    @Test
    @DisplayName(
            "a name stands once in an org, on whichever side: 409 E0000127 for both that do not")
    void taken() {
        create(org, definition("parent", "child"));
        String ofPrimary = "Linked object identifier for primary is already in use.";
        String ofAssociated = "Linked object identifier for associated is already in use.";
        conflict(definition("parent", "kid"), ofPrimary);
        conflict(definition("child", "kid"), ofPrimary);
        conflict(definition("elder", "parent"), ofAssociated);
        conflict(definition("child", "parent"), ofPrimary, ofAssociated);
        conflict(definition("same", "same"), ofAssociated);
        assertThat(create(org, definition("Parent", "CHILD")).status()).isEqualTo(201);
    }

    @Test
    @DisplayName("P39 of many who want one name at the same moment, one gets it")
    void oneName() throws Exception {
        Org fresh = directory.org("relations-raced");
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int n = 0; n < 16; n++) {
            String body =
                    n % 2 == 0 ? definition("one", "other" + n) : definition("other" + n, "one");
            calls.add(() -> status(fresh, body));
        }
        List<Integer> statuses = AtOnce.call(calls);
        assertThat(Collections.frequency(statuses, 201)).isEqualTo(1);
        assertThat(Collections.frequency(statuses, 409)).isEqualTo(15);
        assertThat(names(fresh)).hasSize(1);
    }

    @Test
    @DisplayName("an org has up to 200 definitions")
    void most() {
        Org fresh = directory.org("relations-many");
        for (int n = 0; n < 200; n++) {
            create(fresh, definition("p" + n, "a" + n));
        }
        assertThatThrownBy(() -> create(fresh, definition("p", "a")))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.code()).isEqualTo("E0000001"));
        delete(fresh, "p7");
        assertThat(create(fresh, definition("p", "a")).status()).isEqualTo(201);
    }

    @Test
    @DisplayName("P10 P38 either name deletes the whole definition; making and deleting are logged")
    void deleted() {
        Org fresh = directory.org("relations-deleted");
        create(fresh, definition("left", "right"));
        assertThat(delete(fresh, "right").status()).isEqualTo(204);
        unknown(() -> get(fresh, "left"), "left");
        unknown(() -> delete(fresh, "left"), "left");
        create(fresh, definition("left", "right"));
        delete(fresh, "left");
        assertThat(names(fresh)).isEmpty();
        assertThat(directory.events(fresh))
                .containsExactly(
                        "directory.linked_object.create LinkedObject:left",
                        "directory.linked_object.delete LinkedObject:left",
                        "directory.linked_object.create LinkedObject:left",
                        "directory.linked_object.delete LinkedObject:left");
    }

    @Test
    @DisplayName("P40 another org sees none of it, and has its own of the same name")
    void apart() {
        Org there = directory.org("relations-apart");
        create(org, definition("near", "far"));
        unknown(() -> get(there, "near"), "near");
        unknown(() -> delete(there, "far"), "far");
        create(there, definition("near", "far"));
        delete(there, "near");
        assertThat(get(org, "near").at("/associated/name").asString()).isEqualTo("far");
    }

    private static String definition(String primary, String associated) {
        return """
        {"primary": {"name": "%s", "title": "One", "type": "USER"},
         "associated": {"name": "%s", "title": "Many", "type": "USER"}}"""
                .formatted(primary, associated);
    }

    private Reply create(Org in, String body) {
        return directory.call(in, "createLinkedObjectDefinition", Map.of(), "", body);
    }

    private int status(Org in, String body) {
        try {
            return create(in, body).status();
        } catch (ApiException e) {
            assertThat(e.code()).isEqualTo("E0000127");
            return 409;
        }
    }

    private JsonNode get(Org in, String name) {
        return TestDirectory.json(
                directory.call(
                        in, "getLinkedObjectDefinition", Map.of("linkedObjectName", name), ""));
    }

    private Reply delete(Org in, String name) {
        return directory.call(
                in, "deleteLinkedObjectDefinition", Map.of("linkedObjectName", name), "");
    }

    private List<String> names(Org in) {
        List<String> names = new ArrayList<>();
        TestDirectory.json(directory.call(in, "listLinkedObjectDefinitions", Map.of(), ""))
                .forEach(object -> names.add(object.at("/primary/name").asString()));
        return names;
    }

    private void refused(String body, String... causes) {
        assertThatThrownBy(() -> create(org, body))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo("E0000001");
                            assertThat(e.causes()).containsExactly(causes);
                        });
    }

    private void conflict(String body, String... causes) {
        assertThatThrownBy(() -> create(org, body))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo("E0000127");
                            assertThat(e.causes()).containsExactly(causes);
                        });
    }

    private static void unknown(ThrowingCallable call, String name) {
        TestDirectory.notFound(call, name, "LinkedObjectProperty");
    }
}
