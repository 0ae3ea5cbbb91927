package dev.ostiary.server.signin.pages.text;

import dev.ostiary.platform.context.Language;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All phrases in one language. Immutable and thread-safe.
 *
 * @param language the language
 * @param phrases every phrase, with its places
 */
public record Words(Language language, Map<Phrase, String> phrases) {

    private static final Pattern PLACE = Pattern.compile("\\{([01])}");

    /**
     * @throws IllegalArgumentException if a phrase is missing
     */
    public Words {
        Map<Phrase, String> copy = new EnumMap<>(Phrase.class);
        copy.putAll(phrases);
        for (Phrase phrase : Phrase.values()) {
            if (!copy.containsKey(phrase)) {
                throw new IllegalArgumentException(
                        "the phrase " + phrase + " is missing in " + language.tag());
            }
        }
        phrases = Collections.unmodifiableMap(copy);
    }

    /** A phrase with its places filled; what fills them is not looked at for places again. */
    public String say(Phrase phrase, String... fillings) {
        String words = Objects.requireNonNull(phrases.get(phrase));
        return fillings.length == 0
                ? words
                : PLACE.matcher(words)
                        .replaceAll(
                                place ->
                                        Matcher.quoteReplacement(
                                                fillings[Integer.parseInt(place.group(1))]));
    }

    /** A moment as people of the language write it, in UTC, which it says. */
    public String moment(Instant moment) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                        .withLocale(language.locale())
                        .withZone(ZoneOffset.UTC)
                        .format(moment)
                + " UTC";
    }

    /** A day as people of the language write it. */
    public String day(Instant moment) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(language.locale())
                .withZone(ZoneOffset.UTC)
                .format(moment);
    }
}
