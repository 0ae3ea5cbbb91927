package dev.ostiary.platform.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;

/**
 * A certificate and its sealed key on disk, as the server writes them for itself: an EC key of its
 * own making, so that Java's own readers do.
 */
record IdentityFiles(Path directory, String certificateName, String keyName, KeySealer sealer) {

    Path certificate() {
        return directory.resolve(certificateName);
    }

    Path key() {
        return directory.resolve(keyName);
    }

    /** The certificate last: whoever sees it may trust it, and its key is safe by then. */
    void write(Identity identity) throws IOException, GeneralSecurityException {
        Drafts drafts = Drafts.in(directory);
        drafts.write(keyName, sealer.seal(identity.key().getEncoded()), "rw-------");
        drafts.write(
                certificateName,
                CertificateText.of(identity.leaf()).getBytes(StandardCharsets.US_ASCII),
                "rw-r--r--");
    }

    /** What stands in the files; whether the two belong together is not looked at. */
    Identity read() throws IOException, GeneralSecurityException {
        var leaf = CertificateText.parse(Files.readAllBytes(certificate()));
        var spec = new PKCS8EncodedKeySpec(sealer.open(Files.readAllBytes(key())));
        return new Identity(KeyFactory.getInstance("EC").generatePrivate(spec), List.of(leaf));
    }
}
