package dev.ostiary.server.customization.brands;

import dev.ostiary.platform.org.Org;

/**
 * How ids of brands and of their themes follow from each other, and those of the brand that every
 * org begins with from the org's: all share what comes after the prefix.
 */
public final class BrandIds {

    static final String BRAND = "bnd";
    private static final String THEME = "the";

    private BrandIds() {}

    /** The brand that every org begins with, which is shown where no other is. */
    public static String ofDefault(Org org) {
        return BRAND + tail(org.id());
    }

    /** The one theme of a brand. */
    static String themeOf(String brandId) {
        return THEME + tail(brandId);
    }

    private static String tail(String id) {
        return id.substring(BRAND.length());
    }
}
