package dev.ostiary.server.federation.saml;

import dev.ostiary.server.federation.saml.Statements.Attribute;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Writes responses with and without an assertion (SAML 2.0 Core, 2.3 and 3.3.3; Profiles, 4.1.4.2).
 * Used by one thread.
 */
final class AssertionWriter {

    /** Clocks of services may be behind. */
    static final Duration SKEW = Duration.ofMinutes(5);

    private final Document document = XmlDocuments.empty();
    private final ServiceProvider service;
    private final String destination;
    private final Optional<String> inResponseTo;
    private final Instant now;

    /**
     * A writer of one response.
     *
     * @param destination where it goes
     * @param inResponseTo the request that it answers; empty for none
     */
    AssertionWriter(
            ServiceProvider service,
            String destination,
            Optional<String> inResponseTo,
            Instant now) {
        this.service = service;
        this.destination = destination;
        this.inResponseTo = inResponseTo;
        this.now = now.truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * Who is told of.
     *
     * @param name of the subject
     * @param authenticated when it proved itself
     * @param sessionIndex by which a logout names the session
     * @param context how it proved itself
     */
    record Told(
            String name,
            List<Attribute> attributes,
            Instant authenticated,
            String sessionIndex,
            String context) {}

    /** A response that nothing has been said in but how it went. */
    Element response(String id, String status, Optional<String> detail) {
        return message("saml2p:Response", id, status, detail);
    }

    /** The same to a request to log out (Core, 3.7.2). */
    Element logoutResponse(String id, boolean ended) {
        return ended
                ? message("saml2p:LogoutResponse", id, Names.SUCCESS, Optional.empty())
                : message(
                        "saml2p:LogoutResponse",
                        id,
                        Names.REQUESTER,
                        Optional.of(Names.UNKNOWN_PRINCIPAL));
    }

    /** A request to log somebody out (Core, 3.7.1). */
    Element logoutRequest(String id, String name, Optional<String> sessionIndex) {
        Element request = document.createElementNS(Names.PROTOCOL, "saml2p:LogoutRequest");
        document.appendChild(request);
        request.setAttributeNS(Names.XMLNS, "xmlns:saml2p", Names.PROTOCOL);
        request.setAttribute("Destination", destination);
        request.setAttribute("ID", id);
        request.setAttribute("IssueInstant", now.toString());
        request.setAttribute("Version", "2.0");
        issuer(request);
        Element subject = child(request, Names.ASSERTION, "saml2:NameID");
        subject.setAttributeNS(Names.XMLNS, "xmlns:saml2", Names.ASSERTION);
        subject.setAttribute("Format", service.nameFormat());
        subject.setTextContent(XmlDocuments.clean(name));
        sessionIndex.ifPresent(
                index ->
                        child(request, Names.PROTOCOL, "saml2p:SessionIndex")
                                .setTextContent(index));
        return request;
    }

    private Element message(String name, String id, String status, Optional<String> detail) {
        Element response = document.createElementNS(Names.PROTOCOL, name);
        document.appendChild(response);
        response.setAttributeNS(Names.XMLNS, "xmlns:saml2p", Names.PROTOCOL);
        response.setAttribute("Destination", destination);
        response.setAttribute("ID", id);
        inResponseTo.ifPresent(request -> response.setAttribute("InResponseTo", request));
        response.setAttribute("IssueInstant", now.toString());
        response.setAttribute("Version", "2.0");
        issuer(response);
        Element code =
                child(
                        child(response, Names.PROTOCOL, "saml2p:Status"),
                        Names.PROTOCOL,
                        "saml2p:StatusCode");
        code.setAttribute("Value", status);
        detail.ifPresent(
                more ->
                        child(code, Names.PROTOCOL, "saml2p:StatusCode")
                                .setAttribute("Value", more));
        return response;
    }

    /** An assertion in a response. */
    Element assertion(Element response, String id, Told told) {
        Element assertion = child(response, Names.ASSERTION, "saml2:Assertion");
        assertion.setAttributeNS(Names.XMLNS, "xmlns:saml2", Names.ASSERTION);
        assertion.setAttribute("ID", id);
        assertion.setAttribute("IssueInstant", now.toString());
        assertion.setAttribute("Version", "2.0");
        issuer(assertion);
        subject(assertion, told);
        conditions(assertion);
        authentication(assertion, told);
        if (!told.attributes().isEmpty()) {
            attributes(assertion, told.attributes());
        }
        return assertion;
    }

    private void issuer(Element in) {
        Element issuer = child(in, Names.ASSERTION, "saml2:Issuer");
        issuer.setAttributeNS(Names.XMLNS, "xmlns:saml2", Names.ASSERTION);
        issuer.setAttribute("Format", Names.ENTITY);
        issuer.setTextContent(service.entityId());
    }

    private void subject(Element assertion, Told told) {
        Element subject = child(assertion, Names.ASSERTION, "saml2:Subject");
        Element name = child(subject, Names.ASSERTION, "saml2:NameID");
        name.setAttribute("Format", service.nameFormat());
        name.setTextContent(XmlDocuments.clean(told.name()));
        Element confirmation = child(subject, Names.ASSERTION, "saml2:SubjectConfirmation");
        confirmation.setAttribute("Method", Names.BEARER);
        Element data = child(confirmation, Names.ASSERTION, "saml2:SubjectConfirmationData");
        inResponseTo.ifPresent(request -> data.setAttribute("InResponseTo", request));
        data.setAttribute("NotOnOrAfter", end().toString());
        data.setAttribute(
                "Recipient",
                destination.equals(service.acsUrl()) ? service.recipient() : destination);
    }

    private void conditions(Element assertion) {
        Element conditions = child(assertion, Names.ASSERTION, "saml2:Conditions");
        conditions.setAttribute("NotBefore", now.minus(SKEW).toString());
        conditions.setAttribute("NotOnOrAfter", end().toString());
        Element restriction = child(conditions, Names.ASSERTION, "saml2:AudienceRestriction");
        child(restriction, Names.ASSERTION, "saml2:Audience").setTextContent(service.audience());
    }

    private void authentication(Element assertion, Told told) {
        Element statement = child(assertion, Names.ASSERTION, "saml2:AuthnStatement");
        statement.setAttribute("AuthnInstant", told.authenticated().toString());
        statement.setAttribute("SessionIndex", told.sessionIndex());
        Element context = child(statement, Names.ASSERTION, "saml2:AuthnContext");
        child(context, Names.ASSERTION, "saml2:AuthnContextClassRef")
                .setTextContent(told.context());
    }

    private void attributes(Element assertion, List<Attribute> attributes) {
        Element statement = child(assertion, Names.ASSERTION, "saml2:AttributeStatement");
        for (Attribute each : attributes) {
            Element attribute = child(statement, Names.ASSERTION, "saml2:Attribute");
            attribute.setAttribute("Name", each.name());
            attribute.setAttribute("NameFormat", each.format());
            for (String text : each.values()) {
                Element value = child(attribute, Names.ASSERTION, "saml2:AttributeValue");
                value.setAttributeNS(Names.XMLNS, "xmlns:xs", Names.XML_SCHEMA);
                value.setAttributeNS(Names.XMLNS, "xmlns:xsi", Names.XML_INSTANCE);
                value.setAttributeNS(Names.XML_INSTANCE, "xsi:type", "xs:string");
                value.setTextContent(XmlDocuments.clean(text));
            }
        }
    }

    private Instant end() {
        return now.plus(service.lifetime());
    }

    private static Element child(Element of, String namespace, String name) {
        return XmlDocuments.append(of, namespace, name);
    }

    /** What was written. */
    Document document() {
        return document;
    }
}
