package dev.ostiary.platform.context;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A language that pages and messages speak. */
public enum Language {
    ENGLISH("en"),
    GERMAN("de"),
    JAPANESE("ja");

    private final Locale locale;

    Language(String tag) {
        this.locale = Locale.forLanguageTag(tag);
    }

    /** Its tag (BCP 47), for {@code lang} and for the name of its file. */
    public String tag() {
        return locale.toLanguageTag();
    }

    /** For the forms of dates and numbers. */
    public Locale locale() {
        return locale;
    }

    /** The language of a tag such as {@code de-AT} or {@code de_AT}, as profiles write it. */
    public static Optional<Language> ofTag(String tag) {
        String language = Locale.forLanguageTag(tag.strip().replace('_', '-')).getLanguage();
        return Arrays.stream(values())
                .filter(each -> each.locale.getLanguage().equals(language))
                .findFirst();
    }

    /** The one that an {@code Accept-Language} likes best; none where it asks for others only. */
    public static Optional<Language> accepted(String acceptLanguage) {
        List<String> spoken = Arrays.stream(values()).map(Language::tag).toList();
        return ofTag(AcceptLanguage.pick(acceptLanguage, spoken, ""));
    }
}
