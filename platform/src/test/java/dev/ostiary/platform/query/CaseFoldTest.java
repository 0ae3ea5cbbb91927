package dev.ostiary.platform.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class CaseFoldTest {

    @Test
    @DisplayName("P27 given any text, then case goes and diacritics stay")
    void folds() {
        assertThat(CaseFold.fold("Isaac.BROCK")).isEqualTo("isaac.brock");
        assertThat(CaseFold.fold("BRÖCK")).isEqualTo("bröck").isNotEqualTo("brock");
        assertThat(CaseFold.fold("ΟΔΟΣ")).isEqualTo(CaseFold.fold("οδος"));
        assertThat(CaseFold.fold("İI")).isEqualTo("ii");
        assertThat(CaseFold.fold("𐐀😀")).isEqualTo("𐐨😀");
    }

    @Test
    @DisplayName("P27 given every code point, then folding twice changes nothing more")
    void idempotent() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            String once = CaseFold.fold(Character.toString(c));
            if (!CaseFold.fold(once).equals(once)) {
                assertThat(Character.toString(c)).as("U+%X", c).isNull();
            }
        }
    }

    @Test
    @DisplayName("given an object, then its search document is folded, names and numbers kept")
    void documents() {
        var profile = JsonNodeFactory.instance.objectNode().put("lastName", "SMITH").put("n", 5);
        profile.putArray("arr").add("X Y").add(1);
        var object = JsonNodeFactory.instance.objectNode().put("id", "00U").set("profile", profile);

        SearchDocument document = SearchDocument.of(object.asObject());

        assertThat(document.doc())
                .isEqualTo(
                        "{\"id\":\"00u\",\"profile\":{\"lastName\":\"smith\",\"n\":5,"
                                + "\"arr\":[\"x y\",1]}}");
        assertThat(document.words()).isEqualTo("00u\nsmith\nx y");
    }

    @Test
    void whatNobodyLooksForByAPartIsInTheDocumentAndNotInTheWords() {
        var object = JsonNodeFactory.instance.objectNode().put("status", "ACTIVE");
        object.putObject("type").put("id", "oty1");
        object.putObject("profile").put("lastName", "Smith").put("status", "Active");

        SearchDocument document = SearchDocument.of(object, Set.of("status", "type"));

        assertThat(document.doc())
                .isEqualTo(
                        "{\"status\":\"active\",\"type\":{\"id\":\"oty1\"},"
                                + "\"profile\":{\"lastName\":\"smith\",\"status\":\"active\"}}");
        assertThat(document.words()).isEqualTo("smith\nactive");
    }
}
