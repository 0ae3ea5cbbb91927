package dev.ostiary.server.delivery;

import dev.ostiary.platform.context.Language;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A mail's words, ready to be sent.
 *
 * @param subject one line without control characters
 * @param text the plain form
 * @param html the same in HTML, every variable escaped
 */
record MailText(String subject, String text, String html) {

    private static final int LONGEST_SUBJECT = 200;

    /**
     * Fills a mail's text.
     *
     * @param words the subject, then the paragraphs
     * @throws IllegalArgumentException if a variable is missing
     */
    static MailText of(List<String> words, Language language, Map<String, String> variables) {
        List<String> paragraphs = words.subList(1, words.size());
        String text =
                paragraphs.stream()
                        .map(paragraph -> Messages.filled(paragraph, variables))
                        .collect(Collectors.joining("\n\n", "", "\n"));
        String body =
                paragraphs.stream()
                        .map(paragraph -> htmlParagraph(paragraph, variables))
                        .collect(Collectors.joining("\n"));
        return new MailText(
                oneLine(Messages.filled(words.getFirst(), variables)),
                text,
                "<!DOCTYPE html>\n<html lang=\""
                        + language.tag()
                        + "\"><head><meta charset=\"utf-8\"></head><body>\n"
                        + body
                        + "\n</body></html>\n");
    }

    private static String htmlParagraph(String paragraph, Map<String, String> variables) {
        String words = escaped(Messages.filled(paragraph, variables));
        boolean link = paragraph.startsWith("{") && paragraph.endsWith("Link}");
        return link && words.startsWith("https://")
                ? "<p><a href=\"" + words + "\">" + words + "</a></p>"
                : "<p>" + words + "</p>";
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
