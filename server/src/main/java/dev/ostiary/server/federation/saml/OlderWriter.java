package dev.ostiary.server.federation.saml;

import dev.ostiary.server.federation.saml.AssertionWriter.Told;
import dev.ostiary.server.federation.saml.Statements.Attribute;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Writes responses of SAML 1.1 with an assertion (SAML 1.1 Core, 2.3 and 3.4; Bindings, 4.1.2, the
 * browser's POST profile). Used by one thread.
 */
final class OlderWriter {

    /** Where elements have their ids: later versions call it {@code ID} everywhere. */
    static final String RESPONSE_ID = "ResponseID";

    static final String ASSERTION_ID = "AssertionID";

    private static final String PROTOCOL = "urn:oasis:names:tc:SAML:1.0:protocol";
    private static final String ASSERTION = "urn:oasis:names:tc:SAML:1.0:assertion";
    private static final String BEARER = "urn:oasis:names:tc:SAML:1.0:cm:bearer";
    private static final String PASSWORD = "urn:oasis:names:tc:SAML:1.0:am:password";

    private final Document document = XmlDocuments.empty();
    private final ServiceProvider service;
    private final Instant now;

    /** A writer of one response. */
    OlderWriter(ServiceProvider service, Instant now) {
        this.service = service;
        this.now = now.truncatedTo(ChronoUnit.MILLIS);
    }

    /** A response that says that all went well. */
    Element response(String id) {
        Element response = document.createElementNS(PROTOCOL, "saml1p:Response");
        document.appendChild(response);
        response.setAttributeNS(Names.XMLNS, "xmlns:saml1p", PROTOCOL);
        versioned(response);
        response.setAttribute(RESPONSE_ID, id);
        response.setAttribute("Recipient", service.recipient());
        child(child(response, PROTOCOL, "saml1p:Status"), PROTOCOL, "saml1p:StatusCode")
                .setAttribute("Value", "saml1p:Success");
        return response;
    }

    /** An assertion in a response. */
    Element assertion(Element response, String id, Told told) {
        Element assertion = child(response, ASSERTION, "saml1:Assertion");
        assertion.setAttributeNS(Names.XMLNS, "xmlns:saml1", ASSERTION);
        versioned(assertion);
        assertion.setAttribute(ASSERTION_ID, id);
        assertion.setAttribute("Issuer", service.entityId());
        conditions(assertion);
        Element authentication = child(assertion, ASSERTION, "saml1:AuthenticationStatement");
        authentication.setAttribute("AuthenticationMethod", PASSWORD);
        authentication.setAttribute("AuthenticationInstant", told.authenticated().toString());
        subject(authentication, told);
        if (!told.attributes().isEmpty()) {
            Element statement = child(assertion, ASSERTION, "saml1:AttributeStatement");
            subject(statement, told);
            told.attributes().forEach(each -> attribute(statement, each));
        }
        return assertion;
    }

    private void versioned(Element message) {
        message.setAttribute("MajorVersion", "1");
        message.setAttribute("MinorVersion", "1");
        message.setAttribute("IssueInstant", now.toString());
    }

    private void conditions(Element assertion) {
        Element conditions = child(assertion, ASSERTION, "saml1:Conditions");
        conditions.setAttribute("NotBefore", now.minus(AssertionWriter.SKEW).toString());
        conditions.setAttribute("NotOnOrAfter", now.plus(service.lifetime()).toString());
        Element restriction = child(conditions, ASSERTION, "saml1:AudienceRestrictionCondition");
        child(restriction, ASSERTION, "saml1:Audience").setTextContent(service.audience());
    }

    private void subject(Element statement, Told told) {
        Element subject = child(statement, ASSERTION, "saml1:Subject");
        Element name = child(subject, ASSERTION, "saml1:NameIdentifier");
        name.setAttribute("Format", service.nameFormat());
        name.setTextContent(XmlDocuments.clean(told.name()));
        child(
                        child(subject, ASSERTION, "saml1:SubjectConfirmation"),
                        ASSERTION,
                        "saml1:ConfirmationMethod")
                .setTextContent(BEARER);
    }

    private static void attribute(Element statement, Attribute said) {
        Element attribute = child(statement, ASSERTION, "saml1:Attribute");
        attribute.setAttribute("AttributeName", said.name());
        attribute.setAttribute("AttributeNamespace", said.format());
        said.values()
                .forEach(
                        text ->
                                child(attribute, ASSERTION, "saml1:AttributeValue")
                                        .setTextContent(XmlDocuments.clean(text)));
    }

    private static Element child(Element of, String namespace, String name) {
        return XmlDocuments.append(of, namespace, name);
    }
}
