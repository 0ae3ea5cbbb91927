package dev.ostiary.conformance.saml;

import dev.ostiary.conformance.harness.Certifier;
import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.SignatureMethod;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The keys of a service, and what it signs with them. */
public record SignedService(PrivateKey key, String certificate) {

    private static final String RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

    /** A service with new keys; the certificate is in base64. */
    public static SignedService create() {
        Certifier.Issued issued = new Certifier().issue("sp.example.com");
        try {
            return new SignedService(
                    KeyFactory.getInstance("RSA")
                            .generatePrivate(
                                    new PKCS8EncodedKeySpec(
                                            Base64.getDecoder().decode(bare(issued.privateKey())))),
                    bare(issued.certificate()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String bare(String pem) {
        return pem.replaceAll("-----[^-]+-----|\\s", "");
    }

    /** A request in the query of a URL, signed as it is sent. */
    public String query(String xml, String relayState) {
        Map<String, String> said = new LinkedHashMap<>();
        said.put("SAMLRequest", Service.deflated(xml));
        said.put("RelayState", relayState);
        said.put("SigAlg", RSA_SHA256);
        String signed = Service.form(said);
        try {
            Signature signer = Signature.getInstance("SHA256withRSA");
            signer.initSign(key);
            signer.update(signed.getBytes(StandardCharsets.UTF_8));
            return signed
                    + "&"
                    + Service.form(
                            Map.of("Signature", Base64.getEncoder().encodeToString(signer.sign())));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** A request with a signature of its own. */
    public String signed(String xml) {
        try {
            Document document = read(xml);
            Element root = document.getDocumentElement();
            root.setIdAttribute("ID", true);
            XMLSignatureFactory factory = XMLSignatureFactory.getInstance("DOM");
            factory.newXMLSignature(
                            factory.newSignedInfo(
                                    factory.newCanonicalizationMethod(
                                            CanonicalizationMethod.EXCLUSIVE,
                                            (C14NMethodParameterSpec) null),
                                    factory.newSignatureMethod(SignatureMethod.RSA_SHA256, null),
                                    List.of(
                                            factory.newReference(
                                                    "#" + root.getAttribute("ID"),
                                                    factory.newDigestMethod(
                                                            DigestMethod.SHA256, null),
                                                    List.of(
                                                            factory.newTransform(
                                                                    Transform.ENVELOPED,
                                                                    (TransformParameterSpec) null),
                                                            factory.newTransform(
                                                                    CanonicalizationMethod
                                                                            .EXCLUSIVE,
                                                                    (TransformParameterSpec) null)),
                                                    null,
                                                    null))),
                            null)
                    .sign(new DOMSignContext(key, root));
            return write(document);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Document read(String xml) throws Exception {
        return DocumentBuilderFactory.newDefaultNSInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    private static String write(Document document) throws Exception {
        Transformer transformer = TransformerFactory.newDefaultInstance().newTransformer();
        transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
        StringWriter out = new StringWriter();
        transformer.transform(new DOMSource(document), new StreamResult(out));
        return out.toString();
    }
}
