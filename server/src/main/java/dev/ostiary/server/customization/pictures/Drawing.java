package dev.ostiary.server.customization.pictures;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Judges drawings (SVG 1.1): only shapes, texts, gradients and the like, nothing that runs, and
 * nothing that is loaded from elsewhere. What is not known to be harmless is refused rather than
 * taken out, so that a drawing is shown as it was made or not at all.
 */
final class Drawing {

    private static final String NAMESPACE = "http://www.w3.org/2000/svg";
    private static final int DEEPEST = 64;

    private static final Set<String> ELEMENTS =
            Set.of(
                    "svg",
                    "g",
                    "defs",
                    "title",
                    "desc",
                    "metadata",
                    "symbol",
                    "use",
                    "path",
                    "rect",
                    "circle",
                    "ellipse",
                    "line",
                    "polyline",
                    "polygon",
                    "text",
                    "tspan",
                    "linearGradient",
                    "radialGradient",
                    "stop",
                    "clipPath",
                    "mask",
                    "pattern",
                    "filter",
                    "feGaussianBlur",
                    "feOffset",
                    "feBlend",
                    "feColorMatrix",
                    "feFlood",
                    "feComposite",
                    "feMerge",
                    "feMergeNode",
                    "marker",
                    "style");

    private Drawing() {}

    /** Whether the bytes are a drawing in UTF-8 that can do no harm. */
    static boolean isHarmless(byte[] bytes) {
        if (!isUtf8(bytes)) {
            return false;
        }
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        try {
            XMLStreamReader reader =
                    factory.createXMLStreamReader(
                            new ByteArrayInputStream(bytes), StandardCharsets.UTF_8.name());
            return isHarmless(reader);
        } catch (XMLStreamException e) {
            return false;
        }
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static boolean isHarmless(XMLStreamReader reader) throws XMLStreamException {
        int depth = 0;
        boolean begun = false;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    depth++;
                    boolean root = !begun;
                    begun = true;
                    if (depth > DEEPEST || !element(reader, root)) {
                        return false;
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> depth--;
                case XMLStreamConstants.DTD,
                        XMLStreamConstants.ENTITY_REFERENCE,
                        XMLStreamConstants.PROCESSING_INSTRUCTION -> {
                    return false;
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (loads(reader.getText())) {
                        return false;
                    }
                }
                default -> {}
            }
        }
        return begun;
    }

    private static boolean element(XMLStreamReader reader, boolean root) {
        boolean known =
                NAMESPACE.equals(reader.getNamespaceURI())
                        && ELEMENTS.contains(reader.getLocalName())
                        && (!root || reader.getLocalName().equals("svg"));
        for (int i = 0; known && i < reader.getAttributeCount(); i++) {
            String name = reader.getAttributeLocalName(i).toLowerCase(Locale.ROOT);
            String value = reader.getAttributeValue(i);
            boolean reference = name.equals("href") || name.equals("src");
            known =
                    !name.startsWith("on")
                            && !loads(value)
                            && (!reference || value.strip().startsWith("#"));
        }
        return known;
    }

    /** Whether a text, which may be a style, names anything beside what is in the drawing. */
    private static boolean loads(String text) {
        String lower = text.toLowerCase(Locale.ROOT).replaceAll("\\s", "");
        return lower.contains("javascript:")
                || lower.contains("@import")
                || lower.contains("expression(")
                || lower.contains("\\")
                || lower.replace("url(#", "")
                        .replace("url('#", "")
                        .replace("url(\"#", "")
                        .contains("url(");
    }
}
