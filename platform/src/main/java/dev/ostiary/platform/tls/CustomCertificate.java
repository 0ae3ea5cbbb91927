package dev.ostiary.platform.tls;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/**
 * A certificate that somebody brings for a host of theirs, with its key and those that vouch for
 * it. Immutable and thread-safe; says nothing of the key.
 */
public final class CustomCertificate {

    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final String ANY_USAGE = "2.5.29.37.0";
    private static final Set<Integer> RSA_BITS = Set.of(2048, 3072, 4096);
    private static final int DNS_NAME = 2;
    private static final int LONGEST_CHAIN = 10;

    private final Identity identity;

    private CustomCertificate(Identity identity) {
        this.identity = identity;
    }

    /**
     * The texts, in PEM form.
     *
     * @param certificate the host's own
     * @param chain those that vouch for it, the next one first; may be blank
     * @param privateKey the host's key
     */
    public record Texts(String certificate, String chain, String privateKey) {
        @Override
        public String toString() {
            return "Texts[certificate, chain and private key]";
        }
    }

    /** Why a certificate cannot be used: which of the texts is to blame, and a sentence. */
    public static final class Unfit extends Exception {
        private static final long serialVersionUID = 1L;
        private final String part;

        Unfit(String part, String sentence) {
            super(sentence, null, false, false);
            this.part = part;
        }

        /** {@code certificate}, {@code certificateChain} or {@code privateKey}. */
        public String part() {
            return part;
        }
    }

    /**
     * Reads what somebody wants to be served for a host.
     *
     * @throws Unfit if a text cannot be read, the key belongs to another certificate or is of a
     *     kind or size that is not served, the certificate does not name the host, is not in its
     *     time or is not for servers, or one in the chain does not vouch for the one before it
     */
    public static CustomCertificate fit(Texts texts, String host, Instant now) throws Unfit {
        CustomCertificate read = read(texts);
        List<X509Certificate> chain = read.identity.chain();
        X509Certificate leaf = chain.getFirst();
        if (!KeyMatch.matches(read.identity.key(), leaf)) {
            throw new Unfit("privateKey", "The private key does not belong to the certificate.");
        }
        requireServedKind(leaf);
        if (!names(leaf).contains(host)) {
            throw new Unfit(
                    "certificate",
                    "The specified certificate does not match your Custom URL Domain.");
        }
        requireForServers(leaf);
        for (X509Certificate each : chain) {
            requireInTime(each, each == leaf ? "certificate" : "certificateChain", now);
        }
        for (int i = 1; i < chain.size(); i++) {
            requireVouched(chain.get(i - 1), chain.get(i));
        }
        return read;
    }

    /**
     * Reads what was {@linkplain #fit fit} once, and may have expired since.
     *
     * @throws Unfit if a text cannot be read
     */
    public static CustomCertificate read(Texts texts) throws Unfit {
        List<X509Certificate> own = certificates(texts.certificate(), "certificate");
        if (own.size() > 1) {
            throw new Unfit(
                    "certificate", "There must be one certificate; others belong to the chain.");
        }
        List<X509Certificate> all = new ArrayList<>(own);
        if (!texts.chain().isBlank()) {
            all.addAll(certificates(texts.chain(), "certificateChain"));
        }
        if (all.size() > LONGEST_CHAIN) {
            throw new Unfit("certificateChain", "The chain is too long.");
        }
        if (all.size() > 1 && all.get(1).equals(all.getFirst())) {
            all.remove(1);
        }
        return new CustomCertificate(new Identity(key(texts.privateKey()), all));
    }

    private static List<X509Certificate> certificates(String text, String part) throws Unfit {
        try {
            return Pem.certificates(text, part);
        } catch (TlsFailure e) {
            throw new Unfit(part, "This is no certificate in PEM form.");
        }
    }

    private static PrivateKey key(String text) throws Unfit {
        try {
            return Pem.privateKey(text, "privateKey");
        } catch (TlsFailure e) {
            throw new Unfit(
                    "privateKey", "This is no private key in PEM form without a passphrase.");
        }
    }

    private static void requireServedKind(X509Certificate leaf) throws Unfit {
        boolean served =
                leaf.getPublicKey() instanceof RSAPublicKey rsa
                        ? RSA_BITS.contains(rsa.getModulus().bitLength())
                        : leaf.getPublicKey().getAlgorithm().equals("EC");
        if (!served) {
            throw new Unfit(
                    "privateKey", "The key must be an RSA key of 2048, 3072 or 4096 bits, or EC.");
        }
    }

    private static void requireForServers(X509Certificate leaf) throws Unfit {
        List<String> usages;
        try {
            usages = leaf.getExtendedKeyUsage();
        } catch (CertificateParsingException e) {
            throw new Unfit("certificate", "This is no certificate in PEM form.");
        }
        if (usages != null && !usages.contains(SERVER_AUTH) && !usages.contains(ANY_USAGE)) {
            throw new Unfit("certificate", "The certificate is not for servers.");
        }
    }

    private static void requireInTime(X509Certificate certificate, String part, Instant now)
            throws Unfit {
        if (now.isAfter(certificate.getNotAfter().toInstant())) {
            throw new Unfit(part, "The certificate has expired.");
        }
        if (now.isBefore(certificate.getNotBefore().toInstant())) {
            throw new Unfit(part, "The certificate is not valid yet.");
        }
    }

    private static void requireVouched(X509Certificate certificate, X509Certificate by)
            throws Unfit {
        boolean vouched =
                by.getBasicConstraints() >= 0
                        && certificate
                                .getIssuerX500Principal()
                                .equals(by.getSubjectX500Principal());
        try {
            certificate.verify(by.getPublicKey());
        } catch (GeneralSecurityException e) {
            vouched = false;
        }
        if (!vouched) {
            throw new Unfit(
                    "certificateChain",
                    "Each certificate of the chain must vouch for the one before it.");
        }
    }

    /** The DNS names (RFC 9525 takes them only from the alternative names; older ones, the CN). */
    private static Set<String> names(X509Certificate leaf) throws Unfit {
        try {
            Collection<List<?>> alternatives = leaf.getSubjectAlternativeNames();
            if (alternatives == null) {
                return commonNames(leaf);
            }
            return Set.copyOf(
                    alternatives.stream()
                            .filter(name -> name.getFirst().equals(DNS_NAME))
                            .map(name -> name.get(1).toString().toLowerCase(Locale.ROOT))
                            .toList());
        } catch (CertificateParsingException e) {
            throw new Unfit("certificate", "This is no certificate in PEM form.");
        }
    }

    private static Set<String> commonNames(X509Certificate leaf) {
        try {
            return Set.copyOf(
                    new LdapName(leaf.getSubjectX500Principal().getName())
                            .getRdns().stream()
                                    .filter(part -> part.getType().equalsIgnoreCase("CN"))
                                    .map(part -> part.getValue().toString())
                                    .map(name -> name.toLowerCase(Locale.ROOT))
                                    .toList());
        } catch (InvalidNameException e) {
            return Set.of();
        }
    }

    /** Whose it is, as RFC 2253 writes names: {@code CN=login.example.com}. */
    public String subject() {
        return identity.leaf().getSubjectX500Principal().getName();
    }

    /** The SHA-256 of the certificate, in pairs of hex digits with colons between them. */
    public String fingerprint() {
        try {
            return HexFormat.ofDelimiter(":")
                    .withUpperCase()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(identity.leaf().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new TlsFailure("a certificate that was read cannot be written", e);
        }
    }

    /** When it ends. */
    public Instant expires() {
        return identity.expires();
    }

    Identity identity() {
        return identity;
    }
}
