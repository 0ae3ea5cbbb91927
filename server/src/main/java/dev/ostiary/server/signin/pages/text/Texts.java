package dev.ostiary.server.signin.pages.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ostiary.platform.context.Language;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/** The words of every language. Immutable and thread-safe. */
public final class Texts {

    private final Map<Language, Words> byLanguage;

    private Texts(Map<Language, Words> byLanguage) {
        this.byLanguage = byLanguage;
    }

    /**
     * Those that are packed with the program.
     *
     * @throws IllegalArgumentException if one lacks a phrase, or has one that nobody says
     */
    public static Texts load() {
        Map<Language, Words> all = new EnumMap<>(Language.class);
        for (Language language : Language.values()) {
            all.put(language, new Words(language, read(language)));
        }
        return new Texts(all);
    }

    private static Map<Phrase, String> read(Language language) {
        Map<Phrase, String> phrases = new EnumMap<>(Phrase.class);
        file(language)
                .forEach(
                        (name, words) ->
                                phrases.put(
                                        Phrase.valueOf(name.toString()), words.toString().strip()));
        return phrases;
    }

    private static Properties file(Language language) {
        String name = language.tag() + ".properties";
        try (InputStream in = Texts.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the texts are missing: " + name);
            }
            Properties file = new Properties();
            file.load(new InputStreamReader(in, UTF_8));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The words of a language. */
    public Words in(Language language) {
        return Objects.requireNonNull(byLanguage.get(language));
    }
}
