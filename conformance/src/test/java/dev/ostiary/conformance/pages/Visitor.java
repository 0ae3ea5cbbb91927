package dev.ostiary.conformance.pages;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;
import java.util.Map;

/** Who comes by: with which screen, in which scheme and language. */
enum Visitor {
    AT_A_DESK(1280, 800, ColorScheme.LIGHT, "en-US"),
    ON_A_PHONE_AT_NIGHT(390, 844, ColorScheme.DARK, "de-DE"),
    ON_A_PHONE(390, 844, ColorScheme.LIGHT, "ja-JP"),
    AT_A_DESK_AT_NIGHT(1280, 800, ColorScheme.DARK, "en-GB");

    private final int width;
    private final int height;
    private final ColorScheme scheme;
    private final String locale;

    Visitor(int width, int height, ColorScheme scheme, String locale) {
        this.width = width;
        this.height = height;
        this.scheme = scheme;
        this.locale = locale;
    }

    /** A profile of this visitor's. */
    Browser.NewContextOptions profile() {
        return new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(scheme)
                .setLocale(locale);
    }

    String language() {
        return locale.substring(0, 2);
    }

    /** What this visitor reads, of the three languages. */
    String reads(String english, String german, String japanese) {
        return Map.of("en", english, "de", german, "ja", japanese).getOrDefault(language(), "");
    }
}
