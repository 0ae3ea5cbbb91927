package dev.ostiary.platform.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
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
 * in between must not pair the chain of one with the key of another, and many exchanges in between
 * (orgs that are made one after the other) must not leave it without either: so every identity has
 * one alias for ever, and the last few hundred that were replaced are still answered.
 */
final class SwappableKeys extends X509ExtendedKeyManager {

    /**
     * What is served.
     *
     * @param byHost which identity names a host
     * @param first served to clients that name no host, or none that is known
     */
    record Served(Map<String, Identity> byHost, Identity first) {}

    private static final int REPLACED_KEPT = 512;

    /** What is served, under which aliases. Immutable; identities are told apart as objects. */
    private record Generation(
            Served served, Map<Identity, String> aliases, Map<String, Identity> byAlias) {}

    private final Map<String, Identity> replaced = new LinkedHashMap<>();
    private final ForeignKeys foreign = new ForeignKeys();
    private long issued;
    private volatile @Nullable Generation current;

    synchronized void swap(Served served) {
        Generation old = current;
        Generation next = generation(served, old == null ? Map.of() : old.aliases);
        if (old != null) {
            replace(old, next);
        }
        current = next;
    }

    private void replace(Generation old, Generation next) {
        synchronized (replaced) {
            old.byAlias.forEach(
                    (alias, identity) -> {
                        if (!next.byAlias.containsKey(alias)) {
                            replaced.put(alias, identity);
                        }
                    });
            forgetOldest();
        }
    }

    private void forgetOldest() {
        Iterator<String> oldest = replaced.keySet().iterator();
        while (replaced.size() > REPLACED_KEPT) {
            oldest.next();
            oldest.remove();
        }
    }

    private Generation generation(Served served, Map<Identity, String> before) {
        Map<Identity, String> aliases = new IdentityHashMap<>();
        Map<String, Identity> byAlias = new HashMap<>();
        Stream.concat(Stream.of(served.first()), served.byHost().values().stream())
                .forEach(
                        identity -> {
                            String alias =
                                    aliases.computeIfAbsent(
                                            identity,
                                            it -> {
                                                String known = before.get(it);
                                                return known == null ? "k" + issued++ : known;
                                            });
                            byAlias.put(alias, identity);
                        });
        return new Generation(served, aliases, byAlias);
    }

    /** What is served; nothing before the first exchange. */
    Optional<Served> served() {
        return Optional.ofNullable(current).map(Generation::served);
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
        if (now == null) {
            return null;
        }
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
        return now.aliases.get(chosen);
    }

    private @Nullable Identity byAlias(@Nullable String alias) {
        if (alias == null) {
            return null;
        }
        if (ForeignKeys.isAlias(alias)) {
            return foreign.byAlias(alias);
        }
        Generation now = current;
        Identity served = now == null ? null : now.byAlias.get(alias);
        if (served != null) {
            return served;
        }
        synchronized (replaced) {
            return replaced.get(alias);
        }
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
}
