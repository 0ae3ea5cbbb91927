package dev.ostiary.server.signin.pages.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ostiary.platform.context.Language;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("P15 What pages say")
class TextsTest {

    /** The same in every language: names, and what is made of places alone. */
    private static final Set<Phrase> ALIKE =
            Set.of(Phrase.SAID, Phrase.TITLE_OF_PAGE, Phrase.APPS, Phrase.POWERED_BY);

    private final Texts texts = Texts.load();

    @ParameterizedTest
    @EnumSource
    @DisplayName("is there in every language")
    void complete(Language language) {
        Words words = texts.in(language);
        for (Phrase phrase : Phrase.values()) {
            assertThat(words.say(phrase)).as("%s of %s", phrase, language).isNotBlank();
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("has the same places in every language")
    void places(Language language) {
        for (Phrase phrase : Phrase.values()) {
            assertThat(places(texts.in(language).say(phrase)))
                    .as("%s of %s", phrase, language)
                    .isEqualTo(places(texts.in(Language.ENGLISH).say(phrase)));
        }
    }

    private static List<String> places(String words) {
        return Pattern.compile("\\{[^}]*}")
                .matcher(words)
                .results()
                .map(match -> match.group())
                .sorted()
                .toList();
    }

    @Test
    @DisplayName("is translated, and not merely copied")
    void translated() {
        for (Phrase phrase : Phrase.values()) {
            String english = texts.in(Language.ENGLISH).say(phrase);
            if (!ALIKE.contains(phrase)) {
                assertThat(texts.in(Language.JAPANESE).say(phrase))
                        .as(phrase.name())
                        .isNotEqualTo(english);
                assertThat(texts.in(Language.GERMAN).say(phrase))
                        .as(phrase.name())
                        .isNotEqualTo(english);
            }
        }
    }

    @Test
    @DisplayName("is never missing: a language without a phrase is refused")
    void missing() {
        Map<Phrase, String> some =
                Arrays.stream(Phrase.values())
                        .skip(1)
                        .collect(Collectors.toMap(phrase -> phrase, Phrase::name));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Words(Language.GERMAN, some))
                .withMessageContaining(Phrase.values()[0].name());
    }

    @Test
    @DisplayName("takes what fills a place as it is, places and signs of patterns included")
    void fillings() {
        assertThat(texts.in(Language.ENGLISH).say(Phrase.WELCOME, "{1} $0 \\1"))
                .isEqualTo("Welcome to {1} $0 \\1");
        assertThat(texts.in(Language.ENGLISH).say(Phrase.TITLE_OF_PAGE, "{1}", "b"))
                .isEqualTo("{1} · b");
    }

    @Test
    @DisplayName("writes days as the language does")
    void days() {
        Instant when = Instant.parse("2026-03-09T08:15:00Z");
        assertThat(texts.in(Language.ENGLISH).day(when)).isEqualTo("March 9, 2026");
        assertThat(texts.in(Language.GERMAN).day(when)).isEqualTo("9. März 2026");
        assertThat(texts.in(Language.JAPANESE).day(when)).isEqualTo("2026年3月9日");
        assertThat(texts.in(Language.GERMAN).moment(when)).contains("08:15").endsWith(" UTC");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "de|GERMAN",
                "de-AT,en;q=0.8|GERMAN",
                "fr-FR,fr;q=0.9,ja;q=0.5,en;q=0.1|JAPANESE",
                "en-GB|ENGLISH",
                "en;q=0.2,ja;q=0.3|JAPANESE",
                "ja;q=0,de;q=0.1|GERMAN"
            })
    @DisplayName("is in the language that the browser likes best of those that there are")
    void accepted(String header, Language language) {
        assertThat(Language.accepted(header)).contains(language);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"''", "fr", "*", "de;q=x", ";;;", "$$$", "'a, b, c, d-'", "xx-yy"})
    @DisplayName("is in no language that a header does not name")
    void notAccepted(String header) {
        assertThat(Language.accepted(header)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"de_AT,GERMAN", "de-CH,GERMAN", "ja_JP,JAPANESE", "EN,ENGLISH"})
    @DisplayName("is in the language of a profile, however it writes it")
    void profiles(String tag, Language language) {
        assertThat(Language.ofTag(tag)).contains(language);
    }

    @Test
    @DisplayName("is in no language that a profile makes up")
    void noLanguage() {
        for (String tag : List.of("", "tlh", "d", "../de", "de de", "\0")) {
            assertThat(Language.ofTag(tag)).as(tag).isEmpty();
        }
    }
}
