package dev.ostiary.server.customization.brands;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;
import java.util.Optional;

/** How brands look, for whoever shows pages under them. Thread-safe. */
public final class BrandLooks {

    private static final String OWN_GROUND = "BACKGROUND_SECONDARY_COLOR";

    private final BrandStore store;

    /** The looks of the brands of a database. */
    public BrandLooks(BrandStore store) {
        this.store = store;
    }

    /**
     * What pages need of a brand and its theme.
     *
     * @param name what people know it by
     * @param primary its colour, {@code #rrggbb}
     * @param contrast the colour of text on that
     * @param ground the colour behind everything, if it is to have one of its own
     * @param privacyPolicy an address of the web, if it has one of its own
     * @param unsigned whether pages leave out whose software they are
     * @param locale a tag of BCP 47
     */
    public record Look(
            String name,
            String primary,
            String contrast,
            Optional<String> ground,
            Optional<String> privacyPolicy,
            boolean unsigned,
            String locale) {}

    /** The look of a brand; of the default one where none is named, or that one is gone. */
    public Look of(Reader reader, Org org, Optional<String> brandId) {
        String wanted = brandId.orElseGet(() -> BrandIds.ofDefault(org));
        Brand brand = store.find(reader, org, wanted).orElseGet(() -> Brand.born(org));
        return look(brand, store.theme(reader, brand).look());
    }

    /** The look that an org is born with, where nothing can be read. */
    public static Look born(Org org) {
        return look(Brand.born(org), Theme.Look.BORN);
    }

    private static Look look(Brand brand, Theme.Look theme) {
        return new Look(
                brand.content().name(),
                theme.primary(),
                theme.contrast(),
                theme.signIn().equals(OWN_GROUND)
                        ? Optional.of(theme.secondary())
                        : Optional.empty(),
                Optional.ofNullable(brand.content().privacyPolicy()),
                brand.content().unsigned(),
                brand.content().locale());
    }
}
