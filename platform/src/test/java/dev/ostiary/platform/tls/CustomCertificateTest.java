package dev.ostiary.platform.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.tls.CustomCertificate.Texts;
import dev.ostiary.platform.tls.CustomCertificate.Unfit;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CustomCertificateTest {

    private static final String HOST = "login.brought.example";

    @TempDir private Path server;
    @TempDir private Path others;
    private final MovableClock clock = new MovableClock();
    private TestAuthority authority;

    @BeforeEach
    void makeAuthority() {
        authority = new TestAuthority(others, clock);
    }

    @Test
    @DisplayName(
            "P1 P2 a brought certificate is served to who asks for its host, and to nobody else")
    void served() throws Exception {
        ServerTls tls = ServerTls.local(server, new ReversingSealer(), clock, new SecureRandom());
        tls.serve(List.of());
        Path own = server.resolve(LocalAuthority.CERTIFICATE);
        Map<String, CustomCertificate> known = new ConcurrentHashMap<>();
        tls.serveOthers(host -> Optional.ofNullable(known.get(host)));
        try (LoopbackServer listener = new LoopbackServer(tls)) {
            CustomCertificate first =
                    CustomCertificate.fit(authority.issue(HOST), HOST, clock.instant());
            known.put(HOST, first);
            for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
                assertThat(connect(listener, HOST, protocol)).isEqualTo(first.identity().leaf());
                assertThat(listener.connect(own, "localhost", protocol)).isNotNull();
            }
            CustomCertificate second =
                    CustomCertificate.fit(authority.issue(HOST), HOST, clock.instant());
            known.put(HOST, second);
            assertThat(connect(listener, HOST, "TLSv1.3")).isEqualTo(second.identity().leaf());
            known.remove(HOST);
            assertThatThrownBy(() -> connect(listener, HOST, "TLSv1.3")).isNotNull();
            assertThat(listener.connect(own, "localhost", "TLSv1.3")).isNotNull();
        }
    }

    private X509Certificate connect(LoopbackServer listener, String host, String protocol)
            throws Exception {
        return listener.connect(authority.certificate(), host, protocol);
    }

    @Test
    @DisplayName("what is public of it is its subject, its SHA-256 and its end")
    void facts() throws Exception {
        CustomCertificate certificate =
                CustomCertificate.fit(
                        authority.issue("other.example", HOST), HOST, clock.instant());
        assertThat(certificate.subject()).isEqualTo("CN=Ostiary server");
        assertThat(certificate.fingerprint()).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
        assertThat(certificate.expires())
                .isEqualTo(certificate.identity().leaf().getNotAfter().toInstant());
        Texts texts = authority.issue(HOST);
        assertThat(
                        CustomCertificate.fit(
                                new Texts(texts.certificate(), "", texts.privateKey()),
                                HOST,
                                clock.instant()))
                .isNotNull();
        assertThat(texts.toString()).doesNotContain("BEGIN");
    }

    @Test
    @DisplayName("each mistake is named with the text that is to blame")
    void mistakes() throws Exception {
        Texts good = authority.issue(HOST);
        Texts other = authority.issue(HOST);
        unfit(new Texts("", "", good.privateKey()), "certificate", "no certificate in PEM form");
        unfit(new Texts("nonsense", "", good.privateKey()), "certificate", "no certificate");
        unfit(
                new Texts(good.certificate() + other.certificate(), "", good.privateKey()),
                "certificate",
                "one certificate");
        unfit(
                new Texts(good.certificate(), "x", good.privateKey()),
                "certificateChain",
                "no certificate");
        unfit(new Texts(good.certificate(), "", ""), "privateKey", "no private key");
        unfit(
                new Texts(good.certificate(), "", good.certificate()),
                "privateKey",
                "no private key");
        unfit(
                new Texts(good.certificate(), good.chain(), other.privateKey()),
                "privateKey",
                "does not belong");
        unfit(
                new Texts(good.certificate(), other.certificate(), good.privateKey()),
                "certificateChain",
                "must vouch");
        TestAuthority stranger = new TestAuthority(others.resolve("stranger"), clock);
        unfit(
                new Texts(good.certificate(), stranger.certificateText(), good.privateKey()),
                "certificateChain",
                "must vouch");
        unfit(
                new Texts(good.certificate(), good.chain().repeat(10), good.privateKey()),
                "certificateChain",
                "too long");
        unfit(
                authority.issue("elsewhere.example"),
                "certificate",
                "does not match your Custom URL Domain");
        unfit(authority.issue("brought.example"), "certificate", "does not match");
        clock.advance(Duration.ofDays(400));
        unfit(good, "certificate", "has expired");
        clock.advance(Duration.ofDays(-500));
        unfit(good, "certificate", "not valid yet");
    }

    private void unfit(Texts texts, String part, String sentence) {
        assertThatThrownBy(() -> CustomCertificate.fit(texts, HOST, clock.instant()))
                .isInstanceOfSatisfying(Unfit.class, e -> assertThat(e.part()).isEqualTo(part))
                .hasMessageContaining(sentence);
    }
}
