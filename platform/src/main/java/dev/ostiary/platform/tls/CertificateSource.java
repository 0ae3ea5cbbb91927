package dev.ostiary.platform.tls;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where the server's certificates come from. Called by one thread at a time. */
sealed interface CertificateSource permits LocalCertificates, OperatedCertificates {

    /** Certificates for these hosts and the machine itself. */
    SwappableKeys.Served serve(List<HostName> hosts);

    /** The same hosts as before, with certificates that are good for a while. */
    SwappableKeys.Served renew();

    Optional<Path> caCertificate();
}
