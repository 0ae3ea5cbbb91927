package dev.ostiary.server.customization.brands;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ostiary.platform.context.Language;
import dev.ostiary.platform.org.ConfigArea;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The languages of orgs: that of the brand whose domain a request was sent to, else that of the
 * default one; as fresh as the versions that the request has read. Kept in memory, so that asking
 * takes no longer for somebody than for nobody; what is not there yet is read by the connection
 * that the caller has already. Thread-safe.
 */
public final class BrandLanguages {

    private static final int MOST = 10_000;

    private final BrandStore store;
    private final HostBrands hosts;
    private final Cache<Key, Kept> kept = Caffeine.newBuilder().maximumSize(MOST).build();

    private record Key(long org, @Nullable String host) {}

    private record Kept(long version, Language language) {}

    /** The languages of the brands of a database, each shown by these hosts. */
    public BrandLanguages(BrandStore store, HostBrands hosts) {
        this.store = store;
        this.hosts = hosts;
    }

    /** The language of an org; English where it is none of ours. */
    public Language of(Reader reader, Org org) {
        long version = org.versions().of(ConfigArea.BRANDS);
        if (version == 0) {
            return Language.ENGLISH;
        }
        Key key = new Key(org.number(), org.customHost());
        Kept before = kept.getIfPresent(key);
        if (before != null && before.version() == version) {
            return before.language();
        }
        Language now =
                brand(reader, org)
                        .flatMap(brand -> Language.ofTag(brand.content().locale()))
                        .orElse(Language.ENGLISH);
        kept.put(key, new Kept(version, now));
        return now;
    }

    /** The brand of the host, or the default one where it has none, or that one is gone. */
    private Optional<Brand> brand(Reader reader, Org org) {
        return Optional.ofNullable(org.customHost())
                .flatMap(host -> hosts.brandOf(reader, host))
                .flatMap(id -> store.find(reader, org, id))
                .or(() -> store.find(reader, org, BrandIds.ofDefault(org)));
    }
}
