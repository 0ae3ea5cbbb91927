package dev.ostiary.platform.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatedTlsTest {

    @TempDir private Path directory;
    private final MovableClock clock = new MovableClock();
    private LocalAuthority authority;
    private Path ca;
    private Path cert;
    private Path key;

    @BeforeEach
    void makeFiles() throws Exception {
        authority = LocalAuthority.in(directory, new ReversingSealer(), clock, new SecureRandom());
        ca = directory.resolve(LocalAuthority.CERTIFICATE);
        cert = directory.resolve("server.pem");
        key = directory.resolve("server.key");
        write(issue());
    }

    @Test
    @DisplayName("P2 the operator's certificate is served, and a renewed one without a restart")
    void renewed() throws Exception {
        ServerTls tls = operated();
        try (LoopbackServer server = new LoopbackServer(tls)) {
            X509Certificate before = server.connect(ca, "id.example.com", "TLSv1.3");
            write(issue());
            tls.renew();
            X509Certificate after = server.connect(ca, "id.example.com", "TLSv1.2");
            assertThat(after).isNotEqualTo(before);
        }
        assertThat(tls.caCertificate()).isEmpty();
    }

    @Test
    @DisplayName(
            "a key is read as PKCS#8 and as SEC 1 behind its parameters, in a file with Windows line ends")
    void ellipticForms() throws Exception {
        Identity identity = issue();
        write(identity);
        PrivateKeyInfo info = PrivateKeyInfo.getInstance(identity.key().getEncoded());
        byte[] curve = X9ObjectIdentifiers.prime256v1.getEncoded();
        byte[] sec1 =
                new ECPrivateKey(
                                256,
                                ECPrivateKey.getInstance(info.parsePrivateKey()).getKey(),
                                X9ObjectIdentifiers.prime256v1)
                        .getEncoded();
        Files.writeString(
                key,
                (pem("EC PARAMETERS", curve) + pem("EC PRIVATE KEY", sec1)).replace("\n", "\r\n"));
        try (LoopbackServer server = new LoopbackServer(operated())) {
            assertThat(server.connect(ca, "id.example.com", "TLSv1.3")).isEqualTo(identity.leaf());
        }
    }

    @Test
    @DisplayName("an RSA key is read as PKCS#8 and as PKCS#1")
    void rsaForms() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        PrivateKeyInfo info = PrivateKeyInfo.getInstance(pair.getPrivate().getEncoded());

        Files.writeString(key, pem("PRIVATE KEY", info.getEncoded()));
        assertThat(Pem.privateKey(key)).isEqualTo(pair.getPrivate());
        Files.writeString(
                key, pem("RSA PRIVATE KEY", info.parsePrivateKey().toASN1Primitive().getEncoded()));
        assertThat(Pem.privateKey(key)).isEqualTo(pair.getPrivate());
    }

    @Test
    @DisplayName(
            "each mistake is named: other key, wrong order, expired, missing, empty, encrypted, damaged")
    void mistakes() throws Exception {
        Identity own = issue();
        write(own);
        Files.writeString(key, keyText(issue().key()));
        refused("does not belong");

        write(own);
        Files.writeString(cert, Files.readString(ca) + CertificateText.of(own.leaf()));
        refused("own certificate first");

        write(own);
        clock.advance(Duration.ofDays(400));
        refused("expired at");
        clock.advance(Duration.ofDays(-400));

        Files.writeString(key, "no key here\n");
        refused("holds no private key");
        Files.writeString(
                key,
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAAwAA==\n-----END ENCRYPTED PRIVATE KEY-----\n");
        refused("server.key");
        Files.delete(key);
        refused("does not exist");

        write(own);
        Files.writeString(cert, "-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n");
        refused("server.pem");
    }

    @Test
    @DisplayName("given the operator's new files are wrong, then the certificate in use stays")
    void wrongRenewal() throws Exception {
        ServerTls tls = operated();
        Files.writeString(key, "");
        assertThatThrownBy(tls::renew).isInstanceOf(TlsFailure.class);
        try (LoopbackServer server = new LoopbackServer(tls)) {
            assertThat(server.connect(ca, "id.example.com", "TLSv1.3")).isNotNull();
        }
    }

    private void refused(String why) {
        assertThatThrownBy(this::operated)
                .isInstanceOf(TlsFailure.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining("\n");
    }

    private ServerTls operated() {
        return ServerTls.operated(cert, key, clock);
    }

    private Identity issue() {
        return authority.issue(List.of(HostName.of("id.example.com")));
    }

    private void write(Identity identity) throws Exception {
        Files.writeString(cert, CertificateText.of(identity.leaf()) + Files.readString(ca));
        Files.writeString(key, keyText(identity.key()));
    }

    private static String keyText(PrivateKey key) throws IOException {
        return pem("PRIVATE KEY", key.getEncoded());
    }

    private static String pem(String type, byte[] content) throws IOException {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(new PemObject(type, content));
        }
        return text.toString();
    }
}
