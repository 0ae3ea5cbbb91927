package dev.ostiary.platform.tls;

import java.security.PrivateKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keys of hosts that are found when a client asks for them. A handshake asks for an alias, then for
 * its chain and its key; so those that were chosen last are remembered by their aliases, and a
 * certificate that changes in between changes the next handshake. Thread-safe.
 */
final class ForeignKeys {

    private static final String PREFIX = "foreign.";

    /** More handshakes than are under way at once. */
    private static final int REMEMBERED = 4096;

    private final Map<String, Identity> chosen =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Identity> eldest) {
                    return size() > REMEMBERED;
                }
            };
    private final AtomicLong handshakes = new AtomicLong();
    private volatile Function<String, Optional<Identity>> source = host -> Optional.empty();

    void from(Function<String, Optional<Identity>> identities) {
        source = identities;
    }

    Optional<Identity> find(String host) {
        return host.isEmpty() ? Optional.empty() : source.apply(host);
    }

    /** The alias of an identity, if its key is of the kind that the handshake asks for. */
    @Nullable String alias(Identity identity, String keyType) {
        PrivateKey key = identity.key();
        if (!key.getAlgorithm().equals(keyType)) {
            return null;
        }
        String alias = PREFIX + handshakes.incrementAndGet();
        synchronized (chosen) {
            chosen.put(alias, identity);
        }
        return alias;
    }

    static boolean isAlias(String alias) {
        return alias.startsWith(PREFIX);
    }

    @Nullable Identity byAlias(String alias) {
        synchronized (chosen) {
            return chosen.get(alias);
        }
    }
}
