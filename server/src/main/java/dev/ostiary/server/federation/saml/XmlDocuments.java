package dev.ostiary.server.federation.saml;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * Reads and writes XML. What strangers send is read without document types, so nothing in it is
 * expanded, fetched or defined (OWASP, "XML External Entity Prevention"). Thread-safe.
 */
final class XmlDocuments {

    private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";

    private XmlDocuments() {}

    /** An empty document. */
    static Document empty() {
        return builder().newDocument();
    }

    /** What some bytes say; nothing for what is no XML, or has a document type. */
    static Optional<Document> read(byte[] xml) {
        DocumentBuilder builder = builder();
        builder.setErrorHandler(null);
        try {
            return Optional.of(builder.parse(new ByteArrayInputStream(xml)));
        } catch (SAXException | IOException e) {
            return Optional.empty();
        }
    }

    /** A document as it is sent: without a declaration, for it is UTF-8. */
    static byte[] bytes(Document document) {
        try {
            TransformerFactory factory = TransformerFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            Transformer transformer = factory.newTransformer();
            transformer.setOutputProperty(OutputKeys.ENCODING, "UTF-8");
            transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            transformer.transform(new DOMSource(document), new StreamResult(out));
            return out.toByteArray();
        } catch (TransformerException e) {
            throw new IllegalStateException("a document that was made here can be written", e);
        }
    }

    /** A new child, behind the others. */
    static Element append(Element of, String namespace, String name) {
        Element child = of.getOwnerDocument().createElementNS(namespace, name);
        of.appendChild(child);
        return child;
    }

    /** A text without what XML has no place for: most control characters (XML 1.0, 2.2). */
    static String clean(String text) {
        return text.codePoints()
                .filter(
                        c ->
                                c >= 0x20 && c != 0xFFFE && c != 0xFFFF
                                        || c == '\t'
                                        || c == '\n'
                                        || c == '\r')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** The first child of a name. */
    static Optional<Element> child(Element of, String namespace, String name) {
        for (Node node = of.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element
                    && namespace.equals(element.getNamespaceURI())
                    && name.equals(element.getLocalName())) {
                return Optional.of(element);
            }
        }
        return Optional.empty();
    }

    /** The value of an attribute, if it has one. */
    static Optional<String> attribute(Element of, String name) {
        return Optional.of(of.getAttribute(name)).filter(value -> !value.isEmpty());
    }

    private static DocumentBuilder builder() {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
        try {
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature(NO_DOCTYPE, true);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            return factory.newDocumentBuilder();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the JDK's own parser knows these features", e);
        }
    }
}
