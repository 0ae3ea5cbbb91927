package dev.ostiary.server.signin.pages.html;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Writes a tree as a document in UTF-8. The only place where markup is made of texts: {@code &},
 * {@code <}, {@code >} and quotes leave as references, and so a text stays a text whatever it holds
 * (HTML Standard, section 13.3). Characters that no document may have become U+FFFD.
 */
public final class HtmlWriter {

    private final StringBuilder out = new StringBuilder(8192);

    private HtmlWriter() {}

    /** The whole document. */
    public static byte[] document(Element html) {
        HtmlWriter writer = new HtmlWriter();
        writer.out.append("<!DOCTYPE html>\n");
        writer.write(html);
        writer.out.append('\n');
        return writer.out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void write(Html html) {
        switch (html) {
            case Text text -> escape(text.words());
            case Element element -> write(element);
        }
    }

    private void write(Element element) {
        out.append('<').append(element.tag().written());
        for (Map.Entry<Attribute, String> attribute : element.attributes().entrySet()) {
            out.append(' ').append(attribute.getKey().written());
            if (!attribute.getKey().isFlag()) {
                out.append("=\"");
                escape(attribute.getValue());
                out.append('"');
            }
        }
        out.append('>');
        if (!element.isVoid()) {
            element.children().forEach(this::write);
            out.append("</").append(element.tag().written()).append('>');
        }
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> {
                    if (Character.isHighSurrogate(c)
                            && i + 1 < text.length()
                            && Character.isLowSurrogate(text.charAt(i + 1))) {
                        out.append(c).append(text.charAt(++i));
                    } else {
                        out.append(isAllowed(c) ? c : '\uFFFD');
                    }
                }
            }
        }
    }

    /** No lone surrogate, and no control character but white space (HTML Standard, 13.2.3.5). */
    private static boolean isAllowed(char c) {
        return c == '\t' || c == '\n' || (c >= ' ' && c != 0x7F && !Character.isSurrogate(c));
    }
}
