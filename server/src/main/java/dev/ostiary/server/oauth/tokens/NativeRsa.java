package dev.ostiary.server.oauth.tokens;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.Provider;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * The RSA of Amazon Corretto Crypto Provider, which signs about three times as fast as the JDK's.
 * The build brings the library of the platform that it runs on, where there is one (Linux and
 * macOS); where there is none, or it does not load, the JDK signs, and the server's log says so in
 * one line.
 */
public final class NativeRsa {

    private static final Logger LOG = System.getLogger(NativeRsa.class.getName());
    static final String NAME = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

    private NativeRsa() {}

    /** The provider, if it signs here. Loads it: for somebody who is about to sign. */
    public static Optional<Provider> find() {
        return of(NativeRsa.class.getClassLoader());
    }

    /** The same among what a loader knows. */
    static Optional<Provider> of(ClassLoader loader) {
        try {
            Optional<Provider> provider =
                    ServiceLoader.load(Provider.class, loader).stream()
                            .filter(each -> each.type().getName().equals(NAME))
                            .map(ServiceLoader.Provider::get)
                            .findFirst();
            if (provider.isEmpty()) {
                return jdk("it is not part of this build", null);
            }
            return provider.get().getService("Signature", TokenSigner.ALGORITHM) == null
                    ? jdk("its library does not load on this platform", null)
                    : provider;
        } catch (ServiceConfigurationError | LinkageError e) {
            return jdk("it does not load", e);
        }
    }

    private static Optional<Provider> jdk(String reason, @Nullable Throwable cause) {
        String why = cause == null ? reason : reason + " (" + cause + ")";
        LOG.log(
                Level.INFO,
                () -> "The JDK signs tokens, without Amazon Corretto's library: " + why);
        return Optional.empty();
    }
}
