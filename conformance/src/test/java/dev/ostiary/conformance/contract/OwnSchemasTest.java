package dev.ostiary.conformance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Json;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("P4 An answer that is held against the server's own description")
class OwnSchemasTest {

    private static final String DESCRIPTION =
            """
            {"openapi": "3.0.3",
             "paths": {"/things": {"post": {"operationId": "createThing", "responses": {},
               "requestBody": {"content": {"application/json": {"schema": {
                 "$ref": "#/components/schemas/Parent"}}}}},
               "get": {"operationId": "listThings", "responses": {"200": {
               "content": {"application/json": {"schema": {
                 "type": "array", "items": {"$ref": "#/components/schemas/Thing"}}}}}}}}},
             "components": {"schemas": {"Thing": {
               "type": "object",
               "properties": {
                 "id": {"type": "string"},
                 "size": {"type": "integer", "nullable": true},
                 "parent": {"nullable": true, "allOf": [{"$ref": "#/components/schemas/Parent"}]},
                 "profile": {"type": "object", "properties": {"name": {"type": "string"}},
                             "additionalProperties": true}},
               "required": ["id"]},
              "Parent": {"type": "object", "properties": {"id": {"type": "string"}}}}}}
            """;

    private final OwnSchemas own = OwnSchemas.of(Json.parse(DESCRIPTION));

    private List<String> problems(String body) {
        return own.problems("listThings", 200, Json.parse(body));
    }

    @Test
    @DisplayName("may be all that is described")
    void fits() {
        assertThat(problems("[]")).isEmpty();
        assertThat(
                        problems(
                                """
                                [{"id": "1", "size": null, "parent": null},
                                 {"id": "2", "size": 2, "parent": {"id": "1"},
                                  "profile": {"name": "n", "custom": 1}}]"""))
                .isEmpty();
    }

    @Test
    @DisplayName("has no property that is not described, at no depth")
    void undeclared() {
        assertThat(problems("[{\"id\": \"1\", \"colour\": \"red\"}]"))
                .singleElement()
                .asString()
                .contains("colour");
        assertThat(problems("[{\"id\": \"1\", \"parent\": {\"colour\": \"red\"}}]"))
                .isNotEmpty()
                .anyMatch(problem -> problem.contains("colour"));
    }

    @Test
    @DisplayName("has every property with its type, and none is missing that is always there")
    void mistyped() {
        assertThat(problems("[{\"id\": 1}]")).isNotEmpty();
        assertThat(problems("[{\"id\": null}]")).isNotEmpty();
        assertThat(problems("[{\"id\": \"1\", \"size\": \"2\"}]")).isNotEmpty();
        assertThat(problems("[{\"size\": 2}]")).isNotEmpty();
        assertThat(problems("{\"id\": \"1\"}")).isNotEmpty();
    }

    @Test
    @DisplayName("and so is a body")
    void bodies() {
        assertThat(own.problemsOfBody("createThing", Json.parse("{\"id\": \"1\"}"))).isEmpty();
        assertThat(own.problemsOfBody("createThing", Json.parse("{\"name\": 1}"))).isNotEmpty();
        assertThat(own.problemsOfBody("listThings", Json.parse("{}"))).isNotEmpty();
    }

    @Test
    @DisplayName("is described at all")
    void undescribed() {
        assertThat(own.problems("listThings", 404, Json.parse("{}"))).isNotEmpty();
    }
}
