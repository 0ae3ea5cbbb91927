package dev.ostiary.platform.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/** Somebody else's authority, which certifies hosts for tests. */
public final class TestAuthority {

    private final LocalAuthority authority;
    private final Path certificate;

    /** An authority that keeps its files in a directory. */
    public TestAuthority(Path directory, InstantSource clock) {
        authority = LocalAuthority.in(directory, new ReversingSealer(), clock, new SecureRandom());
        certificate = directory.resolve(LocalAuthority.CERTIFICATE);
    }

    /** The authority's certificate. */
    public Path certificate() {
        return certificate;
    }

    /** The authority's certificate, in PEM form. */
    public String certificateText() {
        try {
            return Files.readString(certificate);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new key and certificate for these hosts, with the authority as its chain. */
    public CustomCertificate.Texts issue(String... hosts) {
        Identity identity = authority.issue(Arrays.stream(hosts).map(HostName::of).toList());
        try {
            return new CustomCertificate.Texts(
                    CertificateText.of(identity.leaf()), certificateText(), text(identity.key()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(PrivateKey key) {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(new PemObject("PRIVATE KEY", key.getEncoded()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
