package dev.ostiary.server.signin.pages.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("P18 A page that shows what people wrote")
class HtmlWriterTest {

    private static String written(Element element) {
        return new String(HtmlWriter.document(element), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "' autofocus onfocus='alert(1)",
                "</title><script>alert(1)</script>",
                "--><svg/onload=alert(1)>",
                "&lt;script&gt;",
                "<!--",
                "]]>"
            })
    @DisplayName("has no markup of theirs, in words and in attributes")
    void hostileTexts(String text) {
        String page =
                written(
                        Element.of(Tag.P)
                                .with(Attribute.VALUE, text)
                                .holding(Element.of(Tag.TITLE).saying(text))
                                .saying(text));
        assertThat(page.replaceAll("</?(p|title)( value=\"[^\"<>]*\")?>|<!DOCTYPE html>", ""))
                .doesNotContain("<", ">", "\"", "'");
        assertThat(page.chars().filter(c -> c == '<').count())
                .as("the tags are ours alone: " + page)
                .isEqualTo(5);
    }

    @Test
    @DisplayName("shows it as it was written")
    void unchanged() {
        assertThat(written(Element.of(Tag.P).saying("a < b & c > \"d\" 'e' 😀\n")))
                .isEqualTo(
                        "<!DOCTYPE html>\n<p>a &lt; b &amp; c &gt; &quot;d&quot; &#39;e&#39; 😀\n</p>\n");
    }

    @Test
    @DisplayName("replaces what no document may hold: control characters and lone surrogates")
    void forbiddenCharacters() {
        assertThat(written(Element.of(Tag.P).saying("a\0b\u001bc\ud83dd\udc00e\u007ff")))
                .contains("<p>a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFDf</p>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "JaVaScRiPt:alert(1)",
                " javascript:alert(1)",
                "data:text/html,x",
                "//evil.example",
                "/\\evil.example",
                "vbscript:x",
                "/a b",
                "/a\nb",
                ""
            })
    @DisplayName("links nowhere that runs code, and to no other host by accident")
    void addresses(String address) {
        for (Attribute each : List.of(Attribute.HREF, Attribute.SRC, Attribute.ACTION)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Element.of(Tag.A).with(each, address));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/signin?fromURI=%2Fa", "https://a.example/b?c=d#e", "#content"})
    @DisplayName("links to the own host, to the web, and within")
    void goodAddresses(String address) {
        assertThat(Element.of(Tag.A).with(Attribute.HREF, address).attributes())
                .containsValue(address);
    }

    @Test
    @DisplayName("has no script, no style and no handler written into it: there is no way to")
    void nothingInline() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Element.of(Tag.SCRIPT).saying("alert(1)"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Element.of(Tag.TITLE).holding(Element.of(Tag.P)));
        assertThatIllegalArgumentException().isThrownBy(() -> Element.of(Tag.INPUT).saying("x"));
        assertThatIllegalArgumentException().isThrownBy(() -> Element.of(Tag.IFRAME).saying("x"));
        assertThat(Tag.values())
                .extracting(Tag::written)
                .doesNotContain("style", "object", "embed");
        assertThat(Attribute.values())
                .extracting(Attribute::written)
                .doesNotContain("style", "srcdoc")
                .noneMatch(name -> name.startsWith("on"));
    }

    @Test
    @DisplayName("writes void elements and flags as the standard has them")
    void syntax() {
        Element input =
                Element.of(Tag.INPUT)
                        .with(Attribute.VALUE, "")
                        .flag(Attribute.REQUIRED, true)
                        .flag(Attribute.CHECKED, false);
        assertThat(written(input)).contains("<input required value=\"\">\n");
        assertThat(written(Element.of(Tag.SCRIPT).with(Attribute.SRC, "/a.js")))
                .contains("<script src=\"/a.js\"></script>");
    }

    @Test
    @DisplayName("does not change once it is built")
    void immutable() {
        Element one = Element.of(Tag.P).saying("a");
        one.saying("b");
        one.with(Attribute.ID, "x");
        assertThat(one.attributes()).isEqualTo(Map.of());
        assertThat(one.children()).containsExactly(new Text("a"));
    }
}
