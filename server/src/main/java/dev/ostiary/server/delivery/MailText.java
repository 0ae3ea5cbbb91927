package dev.ostiary.server.delivery;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A mail's words, ready to be sent.
 *
 * @param subject one line without control characters
 * @param text the plain form
 * @param html the same in HTML, every variable escaped
 */
record MailText(String subject, String text, String html) {

    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");
    private static final int LONGEST_SUBJECT = 200;

    /**
     * Fills a template.
     *
     * @throws IllegalArgumentException if a variable is missing
     */
    static MailText of(MailTemplate template, Map<String, String> variables) {
        String text =
                template.paragraphs().stream()
                        .map(paragraph -> filled(paragraph, variables))
                        .collect(Collectors.joining("\n\n", "", "\n"));
        String body =
                template.paragraphs().stream()
                        .map(paragraph -> htmlParagraph(paragraph, variables))
                        .collect(Collectors.joining("\n"));
        return new MailText(
                oneLine(filled(template.subject(), variables)),
                text,
                "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"></head><body>\n"
                        + body
                        + "\n</body></html>\n");
    }

    private static String filled(String paragraph, Map<String, String> variables) {
        return PLACE.matcher(paragraph)
                .replaceAll(place -> Matcher.quoteReplacement(value(place.group(1), variables)));
    }

    private static String htmlParagraph(String paragraph, Map<String, String> variables) {
        String words = escaped(filled(paragraph, variables));
        boolean link = paragraph.startsWith("{") && paragraph.endsWith("Link}");
        return link && words.startsWith("https://")
                ? "<p><a href=\"" + words + "\">" + words + "</a></p>"
                : "<p>" + words + "</p>";
    }

    private static String value(String name, Map<String, String> variables) {
        String value = variables.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the mail lacks its variable " + name);
        }
        return value;
    }

    /** A line break in a name must not become a header of its own. */
    private static String oneLine(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.codePointCount(0, line.length()) <= LONGEST_SUBJECT
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST_SUBJECT));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
