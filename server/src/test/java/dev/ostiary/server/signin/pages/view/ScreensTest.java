package dev.ostiary.server.signin.pages.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.context.Language;
import dev.ostiary.server.signin.pages.html.Attribute;
import dev.ostiary.server.signin.pages.html.Element;
import dev.ostiary.server.signin.pages.html.Html;
import dev.ostiary.server.signin.pages.html.Tag;
import dev.ostiary.server.signin.pages.html.Text;
import dev.ostiary.server.signin.pages.text.Texts;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

@DisplayName("Every page in every state and language")
class ScreensTest {

    private static final Texts TEXTS = Texts.load();
    private static final Set<Tag> HEADINGS = Set.of(Tag.H1, Tag.H2);

    /** What a person types into; hidden fields and buttons are none of it. */
    private static final Set<String> UNTYPED = Set.of("hidden", "submit", "button");

    static Frame frame(Language language) {
        return new Frame(
                TEXTS.in(language),
                "Example Inc.",
                Optional.of("https://example.com/privacy"),
                true,
                new Frame.Files(
                        "/a.css",
                        "/b.css",
                        "/c.js",
                        "/keys.js",
                        "/wait.js",
                        "/d.svg",
                        Optional.of("/e.png"),
                        Optional.of("/f.png")),
                "the-token");
    }

    @TestFactory
    @DisplayName("can be used by everybody")
    Stream<DynamicContainer> pages() {
        return SampleScreens.all().entrySet().stream()
                .map(
                        each ->
                                DynamicContainer.dynamicContainer(
                                        each.getKey(),
                                        Arrays.stream(Language.values())
                                                .map(
                                                        language ->
                                                                DynamicTest.dynamicTest(
                                                                        language.tag(),
                                                                        () ->
                                                                                check(
                                                                                        frame(
                                                                                                language),
                                                                                        each
                                                                                                .getValue())))));
    }

    private static void check(Frame frame, Screen screen) {
        Element page = frame.document(screen);
        List<Element> all = all(page).toList();
        assertThat(page.attributes()).containsEntry(Attribute.LANG, frame.words().language().tag());
        assertThat(of(all, Tag.TITLE)).hasSize(1);
        assertThat(words(of(all, Tag.TITLE).getFirst()))
                .contains(screen.title(frame))
                .contains("Example Inc.");
        assertThat(of(all, Tag.MAIN)).hasSize(1);
        headings(all);
        ids(all);
        fields(all);
        names(all);
        forms(all);
        scripts(all);
    }

    /** Only what asks a security key, or waits for a telephone, loads the script for it. */
    private static void scripts(List<Element> all) {
        boolean asksKey =
                !values(all, Attribute.DATA_CHALLENGE).isEmpty()
                        || !values(all, Attribute.DATA_CREATION).isEmpty();
        boolean waits = !values(all, Attribute.DATA_WAIT).isEmpty();
        assertThat(values(of(all, Tag.SCRIPT), Attribute.SRC))
                .isEqualTo(
                        asksKey
                                ? List.of("/c.js", "/keys.js")
                                : waits ? List.of("/c.js", "/wait.js") : List.of("/c.js"));
    }

    /** One first heading, and no level is left out. */
    private static void headings(List<Element> all) {
        List<Element> headings = all.stream().filter(e -> HEADINGS.contains(e.tag())).toList();
        assertThat(of(all, Tag.H1)).hasSize(1);
        assertThat(headings.getFirst().tag()).isEqualTo(Tag.H1);
        assertThat(headings).allSatisfy(each -> assertThat(words(each)).isNotBlank());
    }

    /** Each id once, and whatever is referred to is there, but for notices that may be absent. */
    private static void ids(List<Element> all) {
        List<String> ids = values(all, Attribute.ID);
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(ids)
                .containsAll(values(all, Attribute.FOR))
                .containsAll(values(all, Attribute.ARIA_LABELLEDBY))
                .containsAll(values(all, Attribute.ARIA_CONTROLS))
                .contains("content");
        for (String described : values(all, Attribute.ARIA_DESCRIBEDBY)) {
            assertThat(ids).containsAll(List.of(described.split(" ")));
        }
    }

    /** An attribute that a policy asks for and does not require. */
    private static final String LEFT_OUT = RegisterScreen.name("division");

    /** Each field has a label with words, and says what belongs into it. */
    private static void fields(List<Element> all) {
        List<String> labelled = values(of(all, Tag.LABEL), Attribute.FOR);
        assertThat(of(all, Tag.LABEL)).allSatisfy(each -> assertThat(words(each)).isNotBlank());
        for (Element input : of(all, Tag.INPUT)) {
            if (UNTYPED.contains(value(input, Attribute.TYPE))) {
                continue;
            }
            assertThat(labelled).contains(value(input, Attribute.ID));
            if (!value(input, Attribute.TYPE).equals("checkbox")) {
                assertThat(input.attributes())
                        .containsKeys(Attribute.AUTOCOMPLETE, Attribute.MAXLENGTH);
                assertThat(input.attributes().containsKey(Attribute.REQUIRED))
                        .as("only what an administrator asks for may be left out")
                        .isEqualTo(!value(input, Attribute.ID).equals(LEFT_OUT));
            }
            boolean wrong = input.attributes().containsKey(Attribute.ARIA_INVALID);
            assertThat(
                            Arrays.asList(value(input, Attribute.ARIA_DESCRIBEDBY).split(" "))
                                    .contains(value(input, Attribute.ID) + "-wrong"))
                    .as("what is wrong is said at the field")
                    .isEqualTo(wrong);
        }
        assertThat(values(all, Attribute.AUTOFOCUS).size()).isLessThanOrEqualTo(1);
    }

    /** Links and buttons have words, and buttons say what they do. */
    private static void names(List<Element> all) {
        assertThat(of(all, Tag.A)).allSatisfy(each -> assertThat(words(each)).isNotBlank());
        assertThat(of(all, Tag.BUTTON))
                .allSatisfy(
                        each -> {
                            assertThat(words(each)).isNotBlank();
                            assertThat(each.attributes()).containsKey(Attribute.TYPE);
                        });
    }

    /**
     * Each form proves where it came from, unless it goes to another site, which learns nothing of
     * that; and its passwords never stand in an address.
     */
    private static void forms(List<Element> all) {
        for (Element form : of(all, Tag.FORM)) {
            assertThat(form.attributes()).containsEntry(Attribute.METHOD, "post");
            List<Element> inputs = of(all(form).toList(), Tag.INPUT);
            assertThat(inputs)
                    .filteredOn(input -> value(input, Attribute.NAME).equals(Frame.TOKEN))
                    .hasSize(value(form, Attribute.ACTION).startsWith("https:") ? 0 : 1);
            assertThat(inputs)
                    .filteredOn(input -> value(input, Attribute.TYPE).equals("password"))
                    .allSatisfy(
                            input ->
                                    assertThat(input.attributes())
                                            .doesNotContainKey(Attribute.VALUE));
            if (!form.attributes().containsKey(Attribute.HIDDEN)) {
                assertThat(of(all(form).toList(), Tag.BUTTON)).isNotEmpty();
            }
        }
    }

    private static Stream<Element> all(Html html) {
        return switch (html) {
            case Text text -> Stream.empty();
            case Element element ->
                    Stream.concat(
                            Stream.of(element),
                            element.children().stream().flatMap(ScreensTest::all));
        };
    }

    private static List<Element> of(List<Element> all, Tag tag) {
        return all.stream().filter(element -> element.tag() == tag).toList();
    }

    private static String words(Html html) {
        return switch (html) {
            case Text text -> text.words();
            case Element element ->
                    element.children().stream()
                            .map(ScreensTest::words)
                            .collect(Collectors.joining());
        };
    }

    private static List<String> values(List<Element> all, Attribute name) {
        return all.stream()
                .map(Element::attributes)
                .filter(attributes -> attributes.containsKey(name))
                .map(attributes -> attributes.getOrDefault(name, ""))
                .toList();
    }

    private static String value(Element element, Attribute name) {
        Map<Attribute, String> attributes = element.attributes();
        return attributes.getOrDefault(name, "");
    }
}
