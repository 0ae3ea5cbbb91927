package dev.ostiary.conformance.saml;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** A response as a service reads it, with the certificate that it trusts. */
record Response(Document document, PublicKey key) {

    static Response of(String base64, String certificate) {
        try {
            Document document =
                    DocumentBuilderFactory.newDefaultNSInstance()
                            .newDocumentBuilder()
                            .parse(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
            return new Response(document, key(certificate));
        } catch (Exception e) {
            throw new AssertionError("no SAML response: " + base64, e);
        }
    }

    static PublicKey key(String certificate) {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(
                            new ByteArrayInputStream(Base64.getMimeDecoder().decode(certificate)))
                    .getPublicKey();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    Element root() {
        return document.getDocumentElement();
    }

    /** The only element of a name. */
    Element one(String name) {
        NodeList all = document.getElementsByTagNameNS("*", name);
        if (all.getLength() != 1) {
            throw new AssertionError(all.getLength() + " elements " + name);
        }
        return (Element) all.item(0);
    }

    boolean has(String name) {
        return document.getElementsByTagNameNS("*", name).getLength() > 0;
    }

    String text(String name) {
        return one(name).getTextContent();
    }

    /** The values of an attribute of the user. */
    List<String> attribute(String name) {
        List<String> values = new ArrayList<>();
        NodeList all = document.getElementsByTagNameNS("*", "Attribute");
        for (int i = 0; i < all.getLength(); i++) {
            Element each = (Element) all.item(i);
            NodeList said = each.getElementsByTagNameNS("*", "AttributeValue");
            for (int j = 0; j < said.getLength() && each.getAttribute("Name").equals(name); j++) {
                values.add(said.item(j).getTextContent());
            }
        }
        return values;
    }

    /** The names of the elements whose signatures are valid, each over its parent. */
    List<String> signed() {
        return signed("ID");
    }

    /**
     * The same in a version that has other names for ids.
     *
     * @param ids names of attributes
     */
    List<String> signed(String... ids) {
        NodeList elements = document.getElementsByTagNameNS("*", "*");
        for (int i = 0; i < elements.getLength(); i++) {
            Element each = (Element) elements.item(i);
            Stream.of(ids).filter(each::hasAttribute).forEach(id -> each.setIdAttribute(id, true));
        }
        List<String> signed = new ArrayList<>();
        NodeList all = document.getElementsByTagNameNS(XMLSignature.XMLNS, "Signature");
        for (int i = 0; i < all.getLength(); i++) {
            Element signature = (Element) all.item(i);
            Element parent = (Element) signature.getParentNode();
            if (Stream.of(ids).anyMatch(id -> isValid(signature, "#" + parent.getAttribute(id)))) {
                signed.add(parent.getLocalName());
            }
        }
        return signed;
    }

    private boolean isValid(Element signature, String reference) {
        try {
            DOMValidateContext context = new DOMValidateContext(key, signature);
            XMLSignature read =
                    XMLSignatureFactory.getInstance("DOM").unmarshalXMLSignature(context);
            return read.getSignedInfo().getReferences().getFirst().getURI().equals(reference)
                    && read.validate(context);
        } catch (MarshalException | XMLSignatureException e) {
            return false;
        }
    }
}
