package dev.ostiary.platform.tls;

import java.nio.file.Path;

/**
 * How to make clients trust the server's authority, as text for a terminal.
 *
 * @param caCertificate the authority's certificate, {@link ServerTls#caCertificate}
 * @param url where the server answers
 */
public record TrustInstructions(Path caCertificate, String url) {

    /** Commands that can be pasted into a POSIX shell. */
    public String text() {
        String file = quoted(caCertificate.toAbsolutePath().toString());
        return """
        The certificates of %2$s come from this server's own authority:
          %1$s

        curl      curl --cacert %1$s %2$s/health/ready
        Node      export NODE_EXTRA_CA_CERTS=%1$s
        Python    export SSL_CERT_FILE=%1$s REQUESTS_CA_BUNDLE=%1$s
        Go        export SSL_CERT_FILE=%1$s
                  (Python and Go then trust this authority alone; macOS: import it, see below)

        Java      keytool -importcert -noprompt -alias ostiary -file %1$s \\
                    -keystore ostiary-trust.p12 -storetype PKCS12 -storepass changeit
                  java -Djavax.net.ssl.trustStore=ostiary-trust.p12 \\
                    -Djavax.net.ssl.trustStorePassword=changeit …
                  (that process then trusts this authority alone; to add it to the JDK's own:
                  keytool -importcert -cacerts -noprompt -alias ostiary -file %1$s -storepass changeit)

        Browser   Firefox: Settings, Privacy & Security, View Certificates, Authorities, Import;
                  choose the file, tick "identify websites".
                  Chrome: chrome://certificate-manager, Custom, Installed by you, Trusted Certificates, Import.
                  macOS: security add-trusted-cert -r trustRoot \\
                    -k ~/Library/Keychains/login.keychain-db %1$s
        Linux     sudo cp %1$s /usr/local/share/ca-certificates/ostiary.crt && sudo update-ca-certificates
                  (Debian, Ubuntu; Fedora, RHEL: /etc/pki/ca-trust/source/anchors and update-ca-trust)

        Trust it only on machines that you would trust this server with: whoever has the
        authority's key can speak for any host to them.
        """
                .formatted(file, url);
    }

    private static String quoted(String path) {
        boolean plain = path.matches("[A-Za-z0-9_./+:@%,-]+");
        return plain ? path : "'" + path.replace("'", "'\\''") + "'";
    }
}
