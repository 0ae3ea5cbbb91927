package dev.ostiary.server.customization.brands;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;
import java.util.Map;
import java.util.Optional;

/** How brands look, for whoever shows pages under them. Thread-safe. */
public final class BrandLooks {

    private static final String OWN_GROUND = "BACKGROUND_SECONDARY_COLOR";
    private static final String PICTURE = "BACKGROUND_IMAGE";

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
     * @param picture the path of the picture behind everything, if there is to be one
     * @param privacyPolicy an address of the web, if it has one of its own
     * @param unsigned whether pages leave out whose software they are
     * @param locale a tag of BCP 47
     * @param logo the path of its picture, if it has one
     * @param favicon the path of its small picture, if it has one
     */
    public record Look(
            String name,
            String primary,
            String contrast,
            Optional<String> ground,
            Optional<String> picture,
            Optional<String> privacyPolicy,
            boolean unsigned,
            String locale,
            Optional<String> logo,
            Optional<String> favicon) {}

    /** The look of a brand; of the default one where none is named, or that one is gone. */
    public Look of(Reader reader, Org org, Optional<String> brandId) {
        String wanted = brandId.orElseGet(() -> BrandIds.ofDefault(org));
        Brand brand = store.find(reader, org, wanted).orElseGet(() -> Brand.born(org));
        Theme theme = store.theme(reader, brand);
        return look(brand, theme.look(), theme.pictures());
    }

    /** The look that an org is born with, where nothing can be read. */
    public static Look born(Org org) {
        return look(Brand.born(org), Theme.Look.BORN, Map.of());
    }

    private static Look look(Brand brand, Theme.Look theme, Map<Theme.Part, String> pictures) {
        return new Look(
                brand.content().name(),
                theme.primary(),
                theme.contrast(),
                theme.signIn().equals(OWN_GROUND)
                        ? Optional.of(theme.secondary())
                        : Optional.empty(),
                Optional.ofNullable(pictures.get(Theme.Part.BACKGROUND))
                        .filter(_ -> theme.signIn().equals(PICTURE)),
                Optional.ofNullable(brand.content().privacyPolicy()),
                brand.content().unsigned(),
                brand.content().locale(),
                Optional.ofNullable(pictures.get(Theme.Part.LOGO)),
                Optional.ofNullable(pictures.get(Theme.Part.FAVICON)));
    }
}
