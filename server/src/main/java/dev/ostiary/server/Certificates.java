package dev.ostiary.server;

import dev.ostiary.platform.secret.Purpose;
import dev.ostiary.platform.secret.Sealed;
import dev.ostiary.platform.tls.KeySealer;
import dev.ostiary.platform.tls.ServerTls;
import dev.ostiary.server.cli.Settings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Chooses between the local CA and the operator's own certificate (P2). */
final class Certificates {

    private Certificates() {}

    static ServerTls open(
            Settings settings, Sealed sealed, InstantSource time, SecureRandom random) {
        Path certificate = settings.tlsCertificate();
        Path key = settings.tlsKey();
        if (certificate != null && key != null) {
            return ServerTls.operated(certificate, key, time);
        }
        return ServerTls.local(settings.data().resolve("tls"), sealer(sealed), time, random);
    }

    private static KeySealer sealer(Sealed sealed) {
        Purpose purpose = new Purpose(0, "tls.ca", "key");
        return new KeySealer() {
            @Override
            public byte[] seal(byte[] secret) {
                return sealed.seal(purpose, secret);
            }

            @Override
            public byte[] open(byte[] bytes) {
                return sealed.open(purpose, bytes);
            }
        };
    }
}
