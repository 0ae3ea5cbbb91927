package dev.ostiary.platform.org;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ostiary.platform.store.BatchedLookup;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Query;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * One area of every org's configuration, as this node keeps it in memory. Thread-safe.
 *
 * <p>Nodes do not tell each other of changes. Whoever changes something raises the area's version
 * in the same transaction ({@link ConfigVersionStore#raise}), and every request learns the versions
 * from the query that it begins with. So what is kept is kept under its version, and a change is
 * seen by the next request on every node, without a message that could be lost.
 *
 * <p>A version is read first, the configuration after it: what is found under a version is what was
 * committed with it, or newer. An org that never changed anything costs neither a query nor memory.
 *
 * @param <T> the configuration, ready for use; immutable
 */
public final class OrgConfig<T> {

    private static final long MOST_WEIGHT = 1_000_000;

    private final ConfigArea area;
    private final T untouched;
    private final Cache<Long, Kept<T>> cache;
    private final BatchedLookup<Long, T> loading;

    private record Kept<T>(long version, T value) {}

    /**
     * @param area the area that {@code load} reads, and nothing beyond it
     * @param untouched what an org has that never changed anything
     * @param load reads the configuration of the reader's org
     * @param weight how much a value holds, in entries of some hundred bytes; a million are kept
     */
    public OrgConfig(
            ConfigArea area,
            Database database,
            T untouched,
            Query<T> load,
            ToIntFunction<T> weight) {
        this.area = area;
        this.untouched = untouched;
        this.cache =
                Caffeine.newBuilder()
                        .maximumWeight(MOST_WEIGHT)
                        .weigher((Long org, Kept<T> kept) -> 1 + weight.applyAsInt(kept.value()))
                        .build();
        this.loading =
                new BatchedLookup<>((org, versions) -> toEach(versions, database.read(org, load)));
    }

    private static <K, V> Map<K, V> toEach(Set<K> keys, V value) {
        return keys.stream()
                .collect(Collectors.toUnmodifiableMap(Function.identity(), key -> value));
    }

    /** The configuration that an org has at these versions, or a newer one. */
    public T at(Org org, ConfigVersions versions) {
        long version = versions.of(area);
        if (version == 0) {
            return untouched;
        }
        Kept<T> kept = cache.getIfPresent(org.number());
        if (kept != null && kept.version() == version) {
            return kept.value();
        }
        T value = loading.get(org.number(), version).orElseThrow();
        cache.put(org.number(), new Kept<>(version, value));
        return value;
    }
}
