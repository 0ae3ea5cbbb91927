package dev.ostiary.platform.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalTlsTest {

    @TempDir private Path directory;
    private final MovableClock clock = new MovableClock();
    private Path ca;

    @BeforeEach
    void nameFiles() {
        ca = directory.resolve("tls/ca.pem");
    }

    @Test
    @DisplayName(
            "P2 a client that trusts ca.pem alone reaches localhost and both loopback addresses over TLS 1.2 and 1.3")
    void machine() throws Exception {
        try (LoopbackServer server = new LoopbackServer(local())) {
            for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
                for (String host : List.of("localhost", "127.0.0.1", "::1")) {
                    X509Certificate leaf = server.connect(ca, host, protocol);
                    assertThat(leaf.getPublicKey().getAlgorithm()).isEqualTo("EC");
                    assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
                }
            }
        }
    }

    @Test
    @DisplayName(
            "P2 neither sockets nor engines of the listener speak older versions, or suites that are not forward secret and authenticated")
    void restricted() throws Exception {
        ServerTls tls = local();
        SSLEngine engine = tls.context().createSSLEngine();

        assertThat(engine.getEnabledProtocols()).containsExactly("TLSv1.3", "TLSv1.2");
        assertThat(engine.getEnabledCipherSuites())
                .contains("TLS_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384")
                .noneMatch(suite -> suite.contains("_CBC_"));
        try (LoopbackServer server = new LoopbackServer(tls)) {
            server.connectWith(ca, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
            assertThatThrownBy(
                            () -> server.connectWith(ca, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384"))
                    .isInstanceOf(SSLException.class);
        }
    }

    @Test
    @DisplayName(
            "P2 given an org is added, then its host is served without a restart; before, and others, are refused")
    void addedHost() throws Exception {
        ServerTls tls = local();
        try (LoopbackServer server = new LoopbackServer(tls)) {
            assertThatThrownBy(() -> server.connect(ca, "acme.localhost", "TLSv1.3"))
                    .isInstanceOf(SSLException.class);

            tls.serve(List.of("dev.localhost", "acme.localhost"));

            for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
                server.connect(ca, "acme.localhost", protocol);
                server.connect(ca, "dev.localhost", protocol);
                server.connect(ca, "localhost", protocol);
            }
            assertThatThrownBy(() -> server.connect(ca, "other.localhost", "TLSv1.3"))
                    .isInstanceOf(SSLException.class);
        }
    }

    @Test
    @DisplayName(
            "given thousands of orgs, then each is served, by a certificate that clients still accept")
    void manyHosts() throws Exception {
        ServerTls tls = local();
        List<String> hosts = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            hosts.add("a-rather-long-organization-name-%d.identity.example.com".formatted(i));
        }
        tls.serve(hosts);
        try (LoopbackServer server = new LoopbackServer(tls)) {
            server.connect(ca, hosts.getFirst(), "TLSv1.2");
            server.connect(ca, hosts.get(500), "TLSv1.3");
            X509Certificate last = server.connect(ca, hosts.getLast(), "TLSv1.3");
            assertThat(last.getEncoded().length).isLessThan(16 * 1024);
            server.connect(ca, "127.0.0.1", "TLSv1.3");
        }
    }

    @Test
    @DisplayName("P2 given orgs are added and removed, then the others keep their certificates")
    void steadyHosts() throws Exception {
        ServerTls tls = local();
        List<String> hosts = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            hosts.add("org-%d.localhost".formatted(i));
        }
        tls.serve(hosts);
        try (LoopbackServer server = new LoopbackServer(tls)) {
            X509Certificate first = server.connect(ca, "org-0.localhost", "TLSv1.3");
            X509Certificate last = server.connect(ca, "org-149.localhost", "TLSv1.3");

            hosts.remove("org-148.localhost");
            hosts.addFirst("new.localhost");
            tls.serve(hosts);

            server.connect(ca, "new.localhost", "TLSv1.3");
            assertThat(server.connect(ca, "org-0.localhost", "TLSv1.3")).isEqualTo(first);
            assertThat(server.connect(ca, "org-149.localhost", "TLSv1.3")).isNotEqualTo(last);
            assertThatThrownBy(() -> server.connect(ca, "org-148.localhost", "TLSv1.3"))
                    .isInstanceOf(SSLException.class);
        }
    }

    @Test
    @DisplayName("P2 given orgs are added one after the other, then no handshake fails meanwhile")
    void handshakesWhileHostsCome() throws Exception {
        ServerTls tls = local();
        List<String> hosts = new ArrayList<>(List.of("dev.localhost"));
        tls.serve(hosts);
        try (LoopbackServer server = new LoopbackServer(tls);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            AtomicBoolean done = new AtomicBoolean();
            Future<Integer> clients =
                    threads.submit(
                            () -> {
                                int connected = 0;
                                while (!done.get()) {
                                    server.connect(ca, "dev.localhost", "TLSv1.3");
                                    connected++;
                                }
                                return connected;
                            });
            for (int i = 0; i < 200; i++) {
                hosts.add("org-%d.localhost".formatted(i));
                tls.serve(hosts);
            }
            done.set(true);
            assertThat(clients.get()).isPositive();
        }
    }

    @Test
    @DisplayName(
            "a new start keeps the authority; its key is sealed and private, its certificate public")
    void laterStart() throws Exception {
        assertThat(local().caCertificate()).hasValue(ca);
        String before = Files.readString(ca);
        try (LoopbackServer server = new LoopbackServer(local())) {
            assertThat(Files.readString(ca)).isEqualTo(before);
            server.connect(ca, "localhost", "TLSv1.3");
        }
        Path key = directory.resolve("tls/ca.key.sealed");
        assertThat(mode(key)).isEqualTo("rw-------");
        assertThat(mode(ca)).isEqualTo("rw-r--r--");
        // PKCS#8 names its curve in the clear.
        assertThat(new String(Files.readAllBytes(key), StandardCharsets.ISO_8859_1))
                .doesNotContain("\u0006\u0008*\u0086H\u00ce=\u0003\u0001\u0007");
    }

    @Test
    @DisplayName(
            "P2 given the same hosts, then a later start shows the same certificate, its key sealed")
    void keptCertificate() throws Exception {
        X509Certificate first = shownAtStart("dev.localhost");

        assertThat(shownAtStart("dev.localhost")).isEqualTo(first);
        Path key = directory.resolve("tls/server.key.sealed");
        assertThat(mode(key)).isEqualTo("rw-------");
        assertThat(new String(Files.readAllBytes(key), StandardCharsets.ISO_8859_1))
                .doesNotContain("\u0006\u0008*\u0086H\u00ce=\u0003\u0001\u0007");
        assertThat(shownAtStart("dev.localhost", "acme.localhost")).isNotEqualTo(first);
    }

    @Test
    @DisplayName(
            "P2 given the kept certificate is near its end, another authority's, without its key or damaged, then a new one is made")
    void keptCertificateOfNoUse() throws Exception {
        clock.advance(Duration.ofDays(-380));
        X509Certificate first = shownAtStart("dev.localhost");
        clock.advance(Duration.ofDays(380));
        X509Certificate second = shownAtStart("dev.localhost");
        assertThat(second).isNotEqualTo(first);

        Path key = directory.resolve("tls/server.key.sealed");
        Files.copy(
                directory.resolve("tls/ca.key.sealed"), key, StandardCopyOption.REPLACE_EXISTING);
        X509Certificate third = shownAtStart("dev.localhost");
        assertThat(third).isNotEqualTo(second);

        Files.write(key, new byte[] {1, 2, 3});
        X509Certificate fourth = shownAtStart("dev.localhost");
        assertThat(fourth).isNotEqualTo(third);

        Files.delete(ca);
        X509Certificate fifth = shownAtStart("dev.localhost");
        assertThat(fifth).isNotEqualTo(fourth);
    }

    @Test
    @DisplayName("what is far from expiry is kept, what is close to it is issued anew")
    void renewal() {
        ServerTls tls = local();
        var first = tls.expires();
        tls.renew();
        assertThat(tls.expires()).isEqualTo(first);
        assertThat(Duration.between(clock.instant(), first))
                .isLessThanOrEqualTo(Duration.ofDays(397));

        clock.advance(Duration.ofDays(380));
        tls.renew();

        assertThat(tls.expires()).isAfter(first);
    }

    @Test
    @DisplayName(
            "given the authority's key is lost, foreign or sealed by another master key, then there is no silent new one")
    void lostKey() throws Exception {
        assertThat(local().caCertificate()).isPresent();
        Path key = directory.resolve("tls/ca.key.sealed");
        byte[] kept = Files.readAllBytes(key);

        Files.delete(key);
        assertThatThrownBy(this::local)
                .isInstanceOf(TlsFailure.class)
                .hasMessageContaining("is missing");

        ServerTls.local(
                directory.resolve("other"), new ReversingSealer(), clock, new SecureRandom());
        Files.copy(directory.resolve("other/ca.key.sealed"), key);
        assertThatThrownBy(this::local)
                .isInstanceOf(TlsFailure.class)
                .hasMessageContaining("does not belong");

        kept[0]++;
        Files.write(key, kept);
        assertThatThrownBy(this::local).isInstanceOf(RuntimeException.class);
    }

    @Test
    @DisplayName("wildcards and what is no host are refused, and the certificate in use stays")
    void badHosts() throws Exception {
        ServerTls tls = local();
        for (String bad : List.of("*.localhost", "", "a b", "a..b", "x".repeat(64), "a/b")) {
            assertThatThrownBy(() -> tls.serve(List.of(bad)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        try (LoopbackServer server = new LoopbackServer(tls)) {
            server.connect(ca, "localhost", "TLSv1.3");
        }
    }

    @Test
    @DisplayName(
            "the instructions name the file and every kind of client, and can be pasted into a shell")
    void trust() {
        String text = new TrustInstructions(Path.of("/data dir/it's/ca.pem"), "https://x:1").text();
        assertThat(text)
                .contains("'/data dir/it'\\''s/ca.pem'")
                .contains("NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "--cacert")
                .contains("keytool -importcert", "javax.net.ssl.trustStore", "Firefox", "Chrome")
                .contains("https://x:1/health/ready");
    }

    private ServerTls local() {
        ServerTls tls =
                ServerTls.local(
                        directory.resolve("tls"), new ReversingSealer(), clock, new SecureRandom());
        tls.serve(List.of());
        return tls;
    }

    private X509Certificate shownAtStart(String... hosts) throws Exception {
        ServerTls tls =
                ServerTls.local(
                        directory.resolve("tls"), new ReversingSealer(), clock, new SecureRandom());
        tls.serve(List.of(hosts));
        try (LoopbackServer server = new LoopbackServer(tls)) {
            return server.connect(ca, "localhost", "TLSv1.3");
        }
    }

    private static String mode(Path file) throws java.io.IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
