package dev.ostiary.server.federation.saml;

import dev.ostiary.server.federation.saml.ServiceProvider.Encryption;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import org.apache.xml.security.Init;
import org.apache.xml.security.encryption.EncryptedData;
import org.apache.xml.security.encryption.EncryptedKey;
import org.apache.xml.security.encryption.XMLCipher;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.apache.xml.security.keys.KeyInfo;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Hides an assertion from everybody but the service (SAML 2.0 Core, 2.3.4 and 6; XML Encryption
 * 1.1). Thread-safe.
 */
final class AssertionEncryption {

    static {
        Init.init();
    }

    private AssertionEncryption() {}

    /** Puts an {@code EncryptedAssertion} in the place of an assertion. */
    static void encrypt(Element assertion, Encryption how, PublicKey service) {
        Document document = assertion.getOwnerDocument();
        Element hidden = document.createElementNS(Names.ASSERTION, "saml2:EncryptedAssertion");
        hidden.setAttributeNS(Names.XMLNS, "xmlns:saml2", Names.ASSERTION);
        assertion.getParentNode().replaceChild(hidden, assertion);
        hidden.appendChild(assertion);
        try {
            SecretKey key = key(how);
            XMLCipher keys = XMLCipher.getInstance(transport(how));
            keys.init(XMLCipher.WRAP_MODE, service);
            EncryptedKey wrapped = keys.encryptKey(document, key);
            XMLCipher data = XMLCipher.getInstance(algorithm(how));
            data.init(XMLCipher.ENCRYPT_MODE, key);
            EncryptedData encrypted = data.getEncryptedData();
            KeyInfo info = new KeyInfo(document);
            info.add(wrapped);
            encrypted.setKeyInfo(info);
            data.doFinal(document, assertion, false);
        } catch (Exception e) {
            throw failed(e);
        }
    }

    /** What the library throws is {@code Exception}; it does so for keys that do not fit. */
    private static IllegalStateException failed(Exception e) {
        return new IllegalStateException("cannot encrypt an assertion", e);
    }

    private static SecretKey key(Encryption how) throws NoSuchAlgorithmException {
        KeyGenerator generator = KeyGenerator.getInstance("AES");
        generator.init(how.algorithm().startsWith("AES128") ? 128 : 256);
        return generator.generateKey();
    }

    private static String transport(Encryption how) throws XMLSecurityException {
        return how.transport().equals("RSA_15") ? XMLCipher.RSA_v1dot5 : XMLCipher.RSA_OAEP;
    }

    private static String algorithm(Encryption how) {
        return switch (how.algorithm()) {
            case "AES128_CBC" -> XMLCipher.AES_128;
            case "AES256_CBC" -> XMLCipher.AES_256;
            case "AES128_GCM" -> XMLCipher.AES_128_GCM;
            default -> XMLCipher.AES_256_GCM;
        };
    }
}
