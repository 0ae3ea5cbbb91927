package dev.ostiary.platform.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.StandardConstants;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The key manager whose keys can be exchanged while connections are being made.
 *
 * <p>TLS asks three times in a handshake: for an alias, then for its chain and its key. An exchange
 * in between must not pair the chain of one with the key of another: so aliases are never used
 * twice, and those of the generation before are still answered.
 */
final class SwappableKeys extends X509ExtendedKeyManager {

    /**
     * What is served.
     *
     * @param byHost which identity names a host
     * @param first served to clients that name no host, or none that is known
     */
    record Served(Map<String, Identity> byHost, Identity first) {}

    private record Generation(
            long number, Served served, List<Identity> identities, List<Identity> before) {}

    private final ForeignKeys foreign = new ForeignKeys();
    private volatile Generation current;

    SwappableKeys(Served served) {
        current = new Generation(0, served, identities(served), List.of());
    }

    synchronized void swap(Served served) {
        Generation old = current;
        current = new Generation(old.number + 1, served, identities(served), old.identities);
    }

    Served served() {
        return current.served;
    }

    /** Certificates of hosts that are not the server's own. */
    ForeignKeys foreign() {
        return foreign;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        return choose(keyType, engine.getHandshakeSession());
    }

    @Override
    public @Nullable String chooseServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return choose(keyType, socket instanceof SSLSocket tls ? tls.getHandshakeSession() : null);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(@Nullable String alias) {
        Identity identity = byAlias(alias);
        return identity == null ? null : identity.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(@Nullable String alias) {
        Identity identity = byAlias(alias);
        return identity == null ? null : identity.key();
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        String alias = choose(keyType, null);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    private @Nullable String choose(String keyType, @Nullable SSLSession handshake) {
        Generation now = current;
        String host = requestedHost(handshake);
        if (!now.served.byHost().containsKey(host)) {
            Optional<Identity> other = foreign.find(host);
            if (other.isPresent()) {
                return foreign.alias(other.get(), keyType);
            }
        }
        Identity chosen = now.served.byHost().getOrDefault(host, now.served.first());
        if (!chosen.key().getAlgorithm().equals(keyType)) {
            return null;
        }
        return now.number + "." + now.identities.indexOf(chosen);
    }

    private @Nullable Identity byAlias(@Nullable String alias) {
        if (alias == null) {
            return null;
        }
        if (ForeignKeys.isAlias(alias)) {
            return foreign.byAlias(alias);
        }
        Generation now = current;
        int dot = alias.indexOf('.');
        long number = Long.parseLong(alias, 0, dot, 10);
        int index = Integer.parseInt(alias, dot + 1, alias.length(), 10);
        List<Identity> generation = number == now.number ? now.identities : now.before;
        boolean known = now.number - number <= 1 && index < generation.size();
        return known ? generation.get(index) : null;
    }

    private static String requestedHost(@Nullable SSLSession handshake) {
        if (handshake instanceof ExtendedSSLSession extended) {
            for (SNIServerName name : extended.getRequestedServerNames()) {
                if (name.getType() == StandardConstants.SNI_HOST_NAME) {
                    return new SNIHostName(name.getEncoded())
                            .getAsciiName()
                            .toLowerCase(Locale.ROOT);
                }
            }
        }
        return "";
    }

    private static List<Identity> identities(Served served) {
        return Stream.concat(Stream.of(served.first()), served.byHost().values().stream())
                .distinct()
                .toList();
    }
}
