package dev.ostiary.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Schema;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A schema in the words of OpenAPI")
class SchemaWriterTest {

    private static final Schema.Fields THING =
            Schema.object("Thing").always("id", Schema.TEXT).maybe("size", Schema.INTEGER);

    private final SchemaWriter writer = new SchemaWriter();

    private void assertWritten(Schema schema, String json) {
        assertThat(writer.write(schema)).isEqualTo(Json.parse(json));
    }

    @Test
    @DisplayName("says types, formats, words, elements and values")
    void values() {
        assertWritten(Schema.MOMENT, "{\"type\":\"string\",\"format\":\"date-time\"}");
        assertWritten(Schema.words("A", "B"), "{\"type\":\"string\",\"enum\":[\"A\",\"B\"]}");
        assertWritten(
                Schema.list(Schema.BOOLEAN),
                "{\"type\":\"array\",\"items\":{\"type\":\"boolean\"}}");
        assertWritten(Schema.DOCUMENT, "{\"type\":\"object\",\"additionalProperties\":{}}");
    }

    @Test
    @DisplayName("says which properties are always there, and whether there are others")
    void properties() {
        assertWritten(
                Schema.object().always("id", Schema.TEXT).maybe("name", Schema.TEXT).andOthers(),
                """
                {"type": "object",
                 "properties": {"id": {"type": "string"}, "name": {"type": "string"}},
                 "required": ["id"], "additionalProperties": true}""");
    }

    @Test
    @DisplayName("stands among the components once, whoever refers to it")
    void named() {
        assertWritten(THING, "{\"$ref\":\"#/components/schemas/Thing\"}");
        assertWritten(
                Schema.list(THING),
                "{\"type\":\"array\",\"items\":{\"$ref\":\"#/components/schemas/Thing\"}}");
        assertThat(writer.components()).containsOnlyKeys("Thing");
        assertThatIllegalStateException()
                .isThrownBy(() -> writer.write(Schema.object("Thing").always("other", Schema.TEXT)))
                .withMessage("two schemas are called Thing");
    }

    @Test
    @DisplayName("allows null beside a type, a reference and words")
    void orNull() {
        assertWritten(Schema.TEXT.orNull(), "{\"type\":\"string\",\"nullable\":true}");
        assertWritten(
                THING.orNull(),
                "{\"nullable\":true,\"allOf\":[{\"$ref\":\"#/components/schemas/Thing\"}]}");
        assertWritten(
                Schema.words("A").orNull(),
                "{\"type\":\"string\",\"enum\":[\"A\",null],\"nullable\":true}");
        assertWritten(Schema.ANY.orNull(), "{}");
    }
}
