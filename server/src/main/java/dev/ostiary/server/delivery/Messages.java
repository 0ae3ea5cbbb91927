package dev.ostiary.server.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ostiary.platform.context.Language;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What mails and messages for phones say, in every language. A paragraph has places {@code {name}};
 * one that is a link alone stands as such in HTML. Immutable and thread-safe.
 */
final class Messages {

    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");

    /** How the text of a message for a phone is named. */
    private static final String PHONE = "sms.";

    private final Map<Language, Properties> byLanguage;

    private Messages(Map<Language, Properties> byLanguage) {
        this.byLanguage = byLanguage;
    }

    /**
     * Those that are packed with the program.
     *
     * @throws IllegalStateException if a text is missing in a language
     */
    static Messages load() {
        Map<Language, Properties> all = new EnumMap<>(Language.class);
        for (Language language : Language.values()) {
            Properties texts = file(language);
            for (MailTemplate template : MailTemplate.values()) {
                if (!texts.containsKey(template.wire())) {
                    throw new IllegalStateException(template.wire() + " lacks " + language.tag());
                }
            }
            all.put(language, texts);
        }
        return new Messages(all);
    }

    private static Properties file(Language language) {
        String name = language.tag() + ".properties";
        try (InputStream in = Messages.class.getResourceAsStream(name)) {
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

    private String words(Language language, String name) {
        String words = Objects.requireNonNull(byLanguage.get(language)).getProperty(name);
        if (words == null) {
            throw new IllegalArgumentException("there is no text " + name);
        }
        return words;
    }

    /**
     * What a message says that is in the outbox.
     *
     * @throws IllegalArgumentException if a variable is missing
     */
    MailText of(Channel channel, String template, MailContent content) {
        return switch (channel) {
            case MAIL ->
                    MailText.of(
                            words(content.language(), template).lines().toList(),
                            content.language(),
                            content.variables());
            case SMS, CALL ->
                    new MailText(
                            "",
                            filled(
                                    words(content.language(), PHONE + template),
                                    PhoneMessage.spoken(channel, content.variables())),
                            "");
        };
    }

    /**
     * A text with its places filled; what fills them is not looked at for places again.
     *
     * @throws IllegalArgumentException if a variable is missing
     */
    static String filled(String words, Map<String, String> variables) {
        return PLACE.matcher(words)
                .replaceAll(place -> Matcher.quoteReplacement(value(place.group(1), variables)));
    }

    private static String value(String name, Map<String, String> variables) {
        String value = variables.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the message lacks its variable " + name);
        }
        return value;
    }

    /** A length of time, as a text says how long something works. */
    static String words(Duration valid, Language language) {
        if (valid.toDays() >= 2) {
            return words(valid.toDays(), "day", language);
        }
        if (valid.toHours() >= 2) {
            return words(valid.toHours(), "hour", language);
        }
        return valid.toMinutes() < 2 && valid.toSeconds() != 60
                ? words(valid.toSeconds(), "second", language)
                : words(valid.toMinutes(), "minute", language);
    }

    private static String words(long number, String unit, Language language) {
        return switch (language) {
            case ENGLISH -> number + " " + unit + (number == 1 ? "" : "s");
            case GERMAN ->
                    number
                            + " "
                            + switch (unit) {
                                case "day" -> "Tage";
                                case "hour" -> "Stunden";
                                case "minute" -> number == 1 ? "Minute" : "Minuten";
                                default -> number == 1 ? "Sekunde" : "Sekunden";
                            };
            case JAPANESE ->
                    number
                            + switch (unit) {
                                case "day" -> "日間";
                                case "hour" -> "時間";
                                case "minute" -> "分間";
                                default -> "秒間";
                            };
        };
    }
}
