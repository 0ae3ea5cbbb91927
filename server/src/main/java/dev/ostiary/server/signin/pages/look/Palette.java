package dev.ostiary.server.signin.pages.look;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The colours that a brand brings to pages. Whatever they are, what is written in them can be read:
 * text has a contrast of 4.5 to its ground, buttons and the focus one of 3 (WCAG 2.1, 1.4.3 and
 * 1.4.11), on light ground and on dark; a colour that falls short is moved towards black or white
 * until it does not. Immutable.
 *
 * @param primary the colour of buttons and links
 * @param contrast the colour of text on the primary one, if it can be read there
 * @param ground the colour behind the card on light pages, if the brand has one
 */
public record Palette(Colour primary, Colour contrast, Optional<Colour> ground) {

    private static final double TEXT = 4.5;
    private static final double SHAPE = 3;

    /** As in pages.css; a test holds them together. */
    static final Colour LIGHT_CARD = new Colour(0xff, 0xff, 0xff);

    static final Colour LIGHT_GROUND = new Colour(0xf3, 0xf4, 0xf6);
    static final Colour DARK_CARD = new Colour(0x1a, 0x1d, 0x23);
    static final Colour DARK_GROUND = new Colour(0x0f, 0x11, 0x15);

    private static final Pattern NAME =
            Pattern.compile("theme-([0-9a-f]{6})-([0-9a-f]{6})(?:-([0-9a-f]{6}))?\\.css");

    /** The file of its stylesheet: its name says all of it, and so it never changes. */
    public String fileName() {
        return "theme-"
                + primary.digits()
                + "-"
                + contrast.digits()
                + ground.map(colour -> "-" + colour.digits()).orElse("")
                + ".css";
    }

    /** The palette of a file's name. */
    static Optional<Palette> ofFile(String name) {
        Matcher parts = NAME.matcher(name);
        if (!parts.matches()) {
            return Optional.empty();
        }
        return Optional.of(
                new Palette(
                        colour(parts.group(1)),
                        colour(parts.group(2)),
                        Optional.ofNullable(parts.group(3)).map(Palette::colour)));
    }

    private static Colour colour(String digits) {
        return Colour.parse("#" + digits).orElseThrow();
    }

    /**
     * What differs between light and dark.
     *
     * @param accent fills buttons
     * @param onAccent text on them
     * @param edge draws around them, and around what has the focus
     * @param link text in the brand's colour, on the card
     */
    record Scheme(Colour accent, Colour onAccent, Colour edge, Colour link) {

        private String css() {
            return "--accent: %s; --on-accent: %s; --edge: %s; --link: %s;"
                    .formatted(accent.hex(), onAccent.hex(), edge.hex(), link.hex());
        }
    }

    Scheme light() {
        return new Scheme(
                primary,
                primary.contrast(contrast) >= TEXT ? contrast : primary.reader(),
                primary.towards(Colour.BLACK, SHAPE, LIGHT_CARD),
                primary.towards(Colour.BLACK, TEXT, LIGHT_CARD, LIGHT_GROUND));
    }

    Scheme dark() {
        Colour accent = primary.towards(Colour.WHITE, SHAPE, DARK_CARD);
        return new Scheme(
                accent,
                accent.contrast(contrast) >= TEXT ? contrast : accent.reader(),
                accent,
                primary.towards(Colour.WHITE, TEXT, DARK_CARD, DARK_GROUND));
    }

    /** The stylesheet. The brand's ground is for light pages: on dark ones all is dark. */
    String css() {
        String around =
                ground.map(
                                colour ->
                                        " --one-ground: %s; --one-on-ground: %s;"
                                                .formatted(colour.hex(), colour.reader().hex()))
                        .orElse("");
        return ":root { "
                + light().css()
                + " }\n@media (prefers-color-scheme: light) { :root {"
                + around
                + " } }\n@media (prefers-color-scheme: dark) { :root { "
                + dark().css()
                + " } }\n";
    }
}
