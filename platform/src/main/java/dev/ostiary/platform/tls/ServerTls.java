package dev.ostiary.platform.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * The server's side of TLS. Its {@link #context} is given to the listener once; what it serves is
 * exchanged by {@link #serve} and {@link #renew} while connections come and go; before the first
 * {@link #serve}, no handshake succeeds.
 *
 * <p>Thread-safe.
 */
public final class ServerTls {

    /** Best first. */
    private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    private final CertificateSource source;
    private final SwappableKeys keys;
    private final SSLContext context;

    private ServerTls(CertificateSource source) {
        this.source = source;
        this.keys = new SwappableKeys();
        try {
            SSLContext tls = SSLContext.getInstance("TLS");
            // clients show no certificates, so the roots that Java trusts need not be read
            tls.init(new KeyManager[] {keys}, new TrustManager[0], null);
            this.context = ListenerContext.of(tls, PROTOCOLS, forwardSecret(tls));
        } catch (GeneralSecurityException e) {
            throw new TlsFailure("this Java has no TLS", e);
        }
    }

    /**
     * Certificates of the server's own authority, which is made in {@code directory} at the first
     * start ({@code ca.pem}, readable by all, and its sealed key).
     */
    public static ServerTls local(
            Path directory, KeySealer sealer, InstantSource clock, SecureRandom random) {
        LocalAuthority authority = LocalAuthority.in(directory, sealer, clock, random);
        return new ServerTls(
                new LocalCertificates(
                        authority,
                        new KeptLeaf(directory, sealer, authority),
                        directory.resolve(LocalAuthority.CERTIFICATE),
                        clock));
    }

    /**
     * The operator's own certificate chain and private key, as PEM files.
     *
     * @throws TlsFailure when they cannot be read, do not belong together, or are not valid now
     */
    public static ServerTls operated(Path certificates, Path key, InstantSource clock) {
        ServerTls tls = new ServerTls(new OperatedCertificates(certificates, key, clock));
        tls.renew();
        return tls;
    }

    /**
     * For the listener; never changes. Its sockets and engines speak TLS 1.3 and 1.2, with suites
     * that are forward secret and authenticated.
     */
    public SSLContext context() {
        return context;
    }

    /**
     * From now on these hosts are served too, beside {@code localhost} and the loopback addresses:
     * pass the hosts of all orgs. The operator's own files are read again instead, and must name
     * them. A host that has a certificate already costs nothing.
     *
     * @throws IllegalArgumentException for what is no host name
     * @throws TlsFailure when new certificates cannot be had; the old ones stay
     */
    public synchronized void serve(Collection<String> hosts) {
        keys.swap(source.serve(hosts.stream().map(HostName::of).distinct().toList()));
    }

    /**
     * To be called now and then: replaces what is about to expire, or what the operator has
     * replaced.
     */
    public synchronized void renew() {
        keys.swap(source.renew());
    }

    /**
     * From now on the hosts that a function knows are served with the certificates it has for them,
     * beside the server's own hosts, which it is not asked about. It is asked in every handshake,
     * so it answers from memory as a rule; it may be called by any thread.
     *
     * @param certificates by host name, in lower case
     */
    public void serveOthers(Function<String, Optional<CustomCertificate>> certificates) {
        keys.foreign().from(host -> certificates.apply(host).map(CustomCertificate::identity));
    }

    /** When the first of the served certificates expires. */
    Instant expires() {
        SwappableKeys.Served served = keys.served().orElseThrow();
        return served.byHost().values().stream()
                .map(Identity::expires)
                .reduce(served.first().expires(), (a, b) -> a.isBefore(b) ? a : b);
    }

    /** The file that clients must trust; none where the operator's certificate is served. */
    public Optional<Path> caCertificate() {
        return source.caCertificate();
    }

    private static List<String> forwardSecret(SSLContext tls) {
        return Arrays.stream(tls.getDefaultSSLParameters().getCipherSuites())
                .filter(name -> name.startsWith("TLS_ECDHE_") || !name.contains("_WITH_"))
                .filter(name -> name.contains("_GCM_") || name.contains("_CHACHA20_"))
                .toList();
    }
}
