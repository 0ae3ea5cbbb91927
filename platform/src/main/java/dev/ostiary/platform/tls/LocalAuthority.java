package dev.ostiary.platform.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Collection;

/**
 * The certificate authority of one server: made at its first start, trusted by whoever imports its
 * certificate, and good for that server's own names only by the secrecy of its key, which is sealed
 * on disk.
 */
final class LocalAuthority {

    static final String CERTIFICATE = "ca.pem";
    static final String KEY = "ca.key.sealed";

    private final Identity identity;
    private final InstantSource clock;
    private final SecureRandom random;

    private LocalAuthority(Identity identity, InstantSource clock, SecureRandom random) {
        this.identity = identity;
        this.clock = clock;
        this.random = random;
    }

    /** The authority in a directory, made where there is none. */
    static LocalAuthority in(
            Path directory, KeySealer sealer, InstantSource clock, SecureRandom random) {
        IdentityFiles files = new IdentityFiles(directory, CERTIFICATE, KEY, sealer);
        Path certificateFile = files.certificate();
        try {
            if (!Files.exists(certificateFile)) {
                Identity made = new Certification(random).authority(clock.instant());
                files.write(made);
                return new LocalAuthority(made, clock, random);
            }
            if (!Files.exists(files.key())) {
                throw new TlsFailure(
                        "%s is missing: restore it, or delete %s for a new authority, which clients must then trust anew"
                                .formatted(files.key(), certificateFile));
            }
            Identity kept = files.read();
            KeyMatch.check(kept.key(), kept.leaf(), files.key(), certificateFile);
            Validity.check(kept.leaf(), clock.instant(), certificateFile);
            return new LocalAuthority(kept, clock, random);
        } catch (IOException | GeneralSecurityException e) {
            throw new TlsFailure("the authority in " + directory + " cannot be used: " + e, e);
        }
    }

    /** A new key with a certificate for these hosts. */
    Identity issue(Collection<HostName> hosts) {
        return new Certification(random).leaf(identity, hosts, clock.instant());
    }

    /** Whether a certificate is one that this authority issued. */
    boolean issued(X509Certificate certificate) {
        try {
            certificate.verify(identity.leaf().getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
