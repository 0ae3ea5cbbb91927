package dev.ostiary.platform.tls;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The operator's files, read again each time: so a renewed certificate needs no restart. */
record OperatedCertificates(Path certificates, Path key, InstantSource clock)
        implements CertificateSource {

    @Override
    public SwappableKeys.Served serve(List<HostName> hosts) {
        return new SwappableKeys.Served(Map.of(), read());
    }

    @Override
    public SwappableKeys.Served renew() {
        return serve(List.of());
    }

    @Override
    public Optional<Path> caCertificate() {
        return Optional.empty();
    }

    private Identity read() {
        List<X509Certificate> chain = Pem.certificates(certificates);
        PrivateKey privateKey = Pem.privateKey(key);
        X509Certificate first = chain.getFirst();
        if (!KeyMatch.matches(privateKey, first)
                && chain.stream().anyMatch(other -> KeyMatch.matches(privateKey, other))) {
            throw new TlsFailure(
                    "%s must hold the server's own certificate first, then those that vouch for it"
                            .formatted(certificates));
        }
        KeyMatch.check(privateKey, first, key, certificates);
        Validity.check(first, clock.instant(), certificates);
        return new Identity(privateKey, chain);
    }
}
