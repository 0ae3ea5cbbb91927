package dev.ostiary.server.federation.saml;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * What a service asks for (SAML 2.0 Core, 3.4.1). Immutable.
 *
 * @param id which the answer names
 * @param issued when the service wrote it
 * @param acsUrl where it wants the answer; empty for wherever it has been said to be
 * @param acsIndex the same by a number
 * @param force whether the user is to prove who it is, now
 * @param passive whether the user is not to see any page
 * @param subject whom the service expects
 * @param context how surely it wants to know; empty for as surely as the app's policy does
 */
record AuthnRequest(
        String id,
        Instant issued,
        Optional<String> acsUrl,
        OptionalInt acsIndex,
        boolean force,
        boolean passive,
        Optional<String> subject,
        Optional<RequestedContext> context) {

    /** An NCName without the parts that nobody uses; it is repeated in the answer. */
    private static final Pattern ID = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,255}");

    private static final Pattern INDEX = Pattern.compile("[0-9]{1,5}");

    /** The request that a document is; nothing if it is none. */
    static Optional<AuthnRequest> of(Document document) {
        Element root = document.getDocumentElement();
        boolean isOne =
                Names.PROTOCOL.equals(root.getNamespaceURI())
                        && "AuthnRequest".equals(root.getLocalName())
                        && "2.0".equals(root.getAttribute("Version"))
                        && isId(root.getAttribute("ID"));
        return isOne
                ? moment(root.getAttribute("IssueInstant")).map(at -> of(root, at))
                : Optional.empty();
    }

    /** Whether a text can be the id of a message. */
    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    private static AuthnRequest of(Element root, Instant issued) {
        return new AuthnRequest(
                root.getAttribute("ID"),
                issued,
                XmlDocuments.attribute(root, "AssertionConsumerServiceURL"),
                index(root.getAttribute("AssertionConsumerServiceIndex")),
                isSet(root, "ForceAuthn"),
                isSet(root, "IsPassive"),
                XmlDocuments.child(root, Names.ASSERTION, "Subject")
                        .flatMap(subject -> XmlDocuments.child(subject, Names.ASSERTION, "NameID"))
                        .map(name -> name.getTextContent().strip())
                        .filter(name -> !name.isEmpty()),
                RequestedContext.of(root));
    }

    private static Optional<Instant> moment(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static OptionalInt index(String text) {
        return INDEX.matcher(text).matches()
                ? OptionalInt.of(Integer.parseInt(text))
                : OptionalInt.empty();
    }

    /** XML Schema Part 2, 3.2.2: {@code true} and {@code 1} are the same. */
    private static boolean isSet(Element element, String name) {
        String value = element.getAttribute(name);
        return value.equals("true") || value.equals("1");
    }
}
