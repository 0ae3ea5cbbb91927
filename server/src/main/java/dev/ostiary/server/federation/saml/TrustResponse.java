package dev.ostiary.server.federation.saml;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * What a token is wrapped in on its way to a service (WS-Trust, February 2005, 4.2, as
 * WS-Federation 1.2, 13.2.2, has it). Used by one thread.
 */
final class TrustResponse {

    private static final String TRUST = "http://schemas.xmlsoap.org/ws/2005/02/trust";
    private static final String POLICY = "http://schemas.xmlsoap.org/ws/2004/09/policy";
    private static final String ADDRESSING = "http://www.w3.org/2005/08/addressing";
    private static final String UTILITY =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
    private static final String NO_PROOF_KEY =
            "http://schemas.xmlsoap.org/ws/2005/05/identity/NoProofKey";

    private final Document document = XmlDocuments.empty();
    private final Element token;

    /**
     * A wrapping that is empty.
     *
     * @param realm whom the token is for
     * @param lifetime for how long it counts from now on
     */
    TrustResponse(String realm, Instant now, Duration lifetime) {
        Element response = document.createElementNS(TRUST, "t:RequestSecurityTokenResponse");
        document.appendChild(response);
        response.setAttributeNS(Names.XMLNS, "xmlns:t", TRUST);
        Instant made = now.truncatedTo(ChronoUnit.MILLIS);
        Element life = child(response, TRUST, "t:Lifetime");
        life.setAttributeNS(Names.XMLNS, "xmlns:wsu", UTILITY);
        child(life, UTILITY, "wsu:Created").setTextContent(made.toString());
        child(life, UTILITY, "wsu:Expires").setTextContent(made.plus(lifetime).toString());
        Element appliesTo = child(response, POLICY, "wsp:AppliesTo");
        appliesTo.setAttributeNS(Names.XMLNS, "xmlns:wsp", POLICY);
        Element reference = child(appliesTo, ADDRESSING, "wsa:EndpointReference");
        reference.setAttributeNS(Names.XMLNS, "xmlns:wsa", ADDRESSING);
        child(reference, ADDRESSING, "wsa:Address").setTextContent(realm);
        token = child(response, TRUST, "t:RequestedSecurityToken");
        child(response, TRUST, "t:TokenType").setTextContent(Names.ASSERTION);
        child(response, TRUST, "t:RequestType").setTextContent(TRUST + "/Issue");
        child(response, TRUST, "t:KeyType").setTextContent(NO_PROOF_KEY);
    }

    private static Element child(Element of, String namespace, String name) {
        return XmlDocuments.append(of, namespace, name);
    }

    /** Where the token belongs. */
    Element token() {
        return token;
    }

    /** What was written. */
    Document document() {
        return document;
    }
}
