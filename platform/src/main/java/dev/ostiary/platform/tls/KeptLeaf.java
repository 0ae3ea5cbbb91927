package dev.ostiary.platform.tls;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The server's certificate of its last start, kept beside its authority, the key sealed like the
 * authority's. A start with the same hosts takes it up: it need not load the library that writes
 * certificates, and a client is shown what it was shown before.
 *
 * <p>It is a convenience: whatever is wrong with the files, a new certificate is made.
 */
final class KeptLeaf {

    static final String CERTIFICATE = "server.pem";
    static final String KEY = "server.key.sealed";

    private static final Logger LOG = System.getLogger(KeptLeaf.class.getName());

    private final IdentityFiles files;
    private final LocalAuthority authority;

    KeptLeaf(Path directory, KeySealer sealer, LocalAuthority authority) {
        this.files = new IdentityFiles(directory, CERTIFICATE, KEY, sealer);
        this.authority = authority;
    }

    /** What was kept, where it names just these hosts and is good until an instant. */
    Optional<Identity> find(Collection<HostName> hosts, Instant now, Instant until) {
        if (!Files.exists(files.certificate()) || !Files.exists(files.key())) {
            return Optional.empty();
        }
        try {
            Identity kept = files.read();
            X509Certificate leaf = kept.leaf();
            boolean fits =
                    kept.expires().isAfter(until)
                            && !leaf.getNotBefore().toInstant().isAfter(now)
                            && named(leaf).equals(named(hosts))
                            && authority.issued(leaf)
                            && KeyMatch.matches(kept.key(), leaf);
            return fits ? Optional.of(kept) : Optional.empty();
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // such as another master key's, which says what it is by an exception of its own
            LOG.log(
                    Level.INFO,
                    "a new certificate is made, as {0} is of no use: {1}",
                    files.key(),
                    e);
            return Optional.empty();
        }
    }

    /** A certificate that cannot be kept serves all the same. */
    void keep(Identity identity) {
        try {
            files.write(identity);
        } catch (IOException | GeneralSecurityException e) {
            LOG.log(Level.WARNING, "the certificate is not kept for the next start: {0}", e);
        }
    }

    private static Set<String> named(X509Certificate leaf) throws GeneralSecurityException {
        return Objects.requireNonNullElse(
                        leaf.getSubjectAlternativeNames(), Set.<java.util.List<?>>of())
                .stream()
                .map(name -> canonical(HostName.of((String) name.get(1))))
                .collect(Collectors.toSet());
    }

    private static Set<String> named(Collection<HostName> hosts) {
        return hosts.stream().map(KeptLeaf::canonical).collect(Collectors.toSet());
    }

    /** Java tells the addresses of a certificate without their short forms. */
    private static String canonical(HostName host) {
        return host.isAddress() ? InetAddress.ofLiteral(host.text()).getHostAddress() : host.text();
    }
}
