package dev.ostiary.server.customization.brands;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ostiary.platform.context.Language;
import dev.ostiary.platform.org.ConfigArea;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;

/**
 * The languages of orgs, which are those of their default brands, as fresh as the versions that the
 * request has read. Kept in memory, so that asking takes no longer for somebody than for nobody;
 * what is not there yet is read by the connection that the caller has already. Thread-safe.
 */
public final class BrandLanguages {

    private static final int MOST = 10_000;

    private final BrandStore store;
    private final Cache<Long, Kept> kept = Caffeine.newBuilder().maximumSize(MOST).build();

    private record Kept(long version, Language language) {}

    /** The languages of the brands of a database. */
    public BrandLanguages(BrandStore store) {
        this.store = store;
    }

    /** The language of an org; English where it is none of ours. */
    public Language of(Reader reader, Org org) {
        long version = org.versions().of(ConfigArea.BRANDS);
        if (version == 0) {
            return Language.ENGLISH;
        }
        Kept before = kept.getIfPresent(org.number());
        if (before != null && before.version() == version) {
            return before.language();
        }
        Language now =
                store.find(reader, org, BrandIds.ofDefault(org))
                        .flatMap(brand -> Language.ofTag(brand.content().locale()))
                        .orElse(Language.ENGLISH);
        kept.put(org.number(), new Kept(version, now));
        return now;
    }
}
