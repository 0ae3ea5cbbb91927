package dev.ostiary.server.federation.saml;

import dev.ostiary.server.federation.saml.ServiceProvider.Signing;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.SignatureMethod;
import javax.xml.crypto.dsig.SignedInfo;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.crypto.dsig.keyinfo.KeyInfo;
import javax.xml.crypto.dsig.keyinfo.KeyInfoFactory;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Signatures in XML as SAML has them (Core, 5.4): enveloped, over one element by its ID, with
 * exclusive canonicalization. Thread-safe.
 *
 * <h2>Why verification is so narrow</h2>
 *
 * <p>A signature says that some element was signed, not that it is the one that is read afterwards:
 * an attacker who has a signed message can wrap it into another one, whose unsigned part is then
 * believed. So the only signature that counts is a child of the document's root, has exactly one
 * reference, and that names the root, by an ID that no other element has. Keys come from the app's
 * settings, never from the message.
 */
final class XmlSignatures {

    private static final String RSA_SHA1 = SignatureMethod.RSA_SHA1;
    private static final String RSA_SHA256 = SignatureMethod.RSA_SHA256;

    private XmlSignatures() {}

    /**
     * Who signs, and how.
     *
     * @param certificate of the key, which the signature shows
     */
    record Signer(Signing signing, PrivateKey key, X509Certificate certificate) {}

    /**
     * Signs an element of SAML 2.0.
     *
     * @param element which has an {@code ID}; the signature comes behind its {@code Issuer}
     */
    static void sign(Element element, Signer signer) {
        sign(element, "ID", behindIssuer(element), signer);
    }

    /**
     * Signs an element.
     *
     * @param id the name of the attribute that has its id
     * @param before where the signature comes; null for the end
     */
    static void sign(Element element, String id, @Nullable Node before, Signer signer) {
        element.setIdAttribute(id, true);
        Signing signing = signer.signing();
        XMLSignatureFactory factory = XMLSignatureFactory.getInstance("DOM");
        try {
            Reference reference =
                    factory.newReference(
                            "#" + element.getAttribute(id),
                            factory.newDigestMethod(
                                    signing.sha1Digest() ? DigestMethod.SHA1 : DigestMethod.SHA256,
                                    null),
                            List.of(
                                    factory.newTransform(
                                            Transform.ENVELOPED, (TransformParameterSpec) null),
                                    factory.newTransform(
                                            CanonicalizationMethod.EXCLUSIVE,
                                            (TransformParameterSpec) null)),
                            null,
                            null);
            SignedInfo signed =
                    factory.newSignedInfo(
                            factory.newCanonicalizationMethod(
                                    CanonicalizationMethod.EXCLUSIVE,
                                    (C14NMethodParameterSpec) null),
                            factory.newSignatureMethod(
                                    signing.sha1() ? RSA_SHA1 : RSA_SHA256, null),
                            List.of(reference));
            KeyInfoFactory infos = factory.getKeyInfoFactory();
            KeyInfo info =
                    infos.newKeyInfo(List.of(infos.newX509Data(List.of(signer.certificate()))));
            DOMSignContext context =
                    before == null
                            ? new DOMSignContext(signer.key(), element)
                            : new DOMSignContext(signer.key(), element, before);
            context.setDefaultNamespacePrefix("ds");
            factory.newXMLSignature(signed, info).sign(context);
        } catch (GeneralSecurityException | MarshalException | XMLSignatureException e) {
            throw new IllegalStateException("cannot sign", e);
        }
    }

    private static Node behindIssuer(Element element) {
        return XmlDocuments.child(element, Names.ASSERTION, "Issuer")
                .orElseThrow()
                .getNextSibling();
    }

    /** Whether the root of a document is signed, and so the whole of it. */
    static boolean isSigned(Document document, PublicKey key) {
        Element root = document.getDocumentElement();
        Optional<Element> signature = XmlDocuments.child(root, Names.XML_SIGNATURE, "Signature");
        if (signature.isEmpty() || !hasOneSignature(document) || !isAlone(root)) {
            return false;
        }
        root.setIdAttribute("ID", true);
        DOMValidateContext context = new DOMValidateContext(key, signature.get());
        context.setProperty("org.jcp.xml.dsig.secureValidation", true);
        try {
            XMLSignature read =
                    XMLSignatureFactory.getInstance("DOM").unmarshalXMLSignature(context);
            List<Reference> references = read.getSignedInfo().getReferences();
            return references.size() == 1
                    && ("#" + root.getAttribute("ID")).equals(references.getFirst().getURI())
                    && read.validate(context);
        } catch (MarshalException | XMLSignatureException e) {
            return false;
        }
    }

    private static boolean hasOneSignature(Document document) {
        return document.getElementsByTagNameNS(Names.XML_SIGNATURE, "Signature").getLength() == 1;
    }

    /** Whether no other element has the root's ID. */
    private static boolean isAlone(Element root) {
        String id = root.getAttribute("ID");
        var all = root.getElementsByTagNameNS("*", "*");
        for (int i = 0; i < all.getLength(); i++) {
            Element each = (Element) all.item(i);
            for (String name : List.of("ID", "Id", "id")) {
                if (each.getAttribute(name).equals(id)) {
                    return false;
                }
            }
        }
        return !id.isEmpty();
    }
}
