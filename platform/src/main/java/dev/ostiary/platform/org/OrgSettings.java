package dev.ostiary.platform.org;

/**
 * The switches of one org.
 *
 * @param strict what the original refuses is refused too (PRINCIPLES, preamble); off by default
 */
public record OrgSettings(boolean strict) {

    /** The settings of an org that nobody has touched. */
    public static OrgSettings defaults() {
        return new OrgSettings(false);
    }
}
