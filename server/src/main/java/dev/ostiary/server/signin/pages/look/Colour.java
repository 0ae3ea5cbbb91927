package dev.ostiary.server.signin.pages.look;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A colour of sRGB.
 *
 * @param red 0 to 255
 * @param green 0 to 255
 * @param blue 0 to 255
 */
public record Colour(int red, int green, int blue) {

    public static final Colour BLACK = new Colour(0, 0, 0);
    public static final Colour WHITE = new Colour(255, 255, 255);

    private static final Pattern HEX = Pattern.compile("#[0-9A-Fa-f]{6}");
    private static final int STEPS = 20;

    /** A colour as stylesheets write it, {@code #1662dd}. */
    public static Optional<Colour> parse(String hex) {
        if (!HEX.matcher(hex).matches()) {
            return Optional.empty();
        }
        int rgb = Integer.parseInt(hex.substring(1), 16);
        return Optional.of(new Colour(rgb >> 16, rgb >> 8 & 0xff, rgb & 0xff));
    }

    /** As stylesheets write it. */
    public String hex() {
        return "#" + digits();
    }

    /** The six digits. */
    String digits() {
        return String.format(Locale.ROOT, "%02x%02x%02x", red, green, blue);
    }

    /** The contrast to another colour, 1 to 21 (WCAG 2.1, "contrast ratio"). */
    public double contrast(Colour other) {
        double mine = luminance();
        double its = other.luminance();
        return (Math.max(mine, its) + 0.05) / (Math.min(mine, its) + 0.05);
    }

    /** Relative luminance, 0 to 1 (WCAG 2.1, "relative luminance"). */
    private double luminance() {
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    }

    private static double linear(int channel) {
        double value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    /** Black or white, whichever reads better on this colour; one of them always has 4.5. */
    public Colour reader() {
        return contrast(WHITE) >= contrast(BLACK) ? WHITE : BLACK;
    }

    /**
     * The colour next to this one, on the way to another, that has a contrast to all of some
     * grounds; the other one if none has.
     */
    Colour towards(Colour other, double contrast, Colour... grounds) {
        for (int step = 0; step < STEPS; step++) {
            Colour mixed = mix(other, step / (double) STEPS);
            if (mixed.standsOut(contrast, grounds)) {
                return mixed;
            }
        }
        return other;
    }

    private boolean standsOut(double contrast, Colour... grounds) {
        for (Colour ground : grounds) {
            if (contrast(ground) < contrast) {
                return false;
            }
        }
        return true;
    }

    private Colour mix(Colour other, double share) {
        return new Colour(
                mixed(red, other.red, share),
                mixed(green, other.green, share),
                mixed(blue, other.blue, share));
    }

    private static int mixed(int mine, int its, double share) {
        return (int) Math.round(mine + (its - mine) * share);
    }
}
