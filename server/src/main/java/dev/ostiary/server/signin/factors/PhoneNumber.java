package dev.ostiary.server.signin.factors;

import dev.ostiary.platform.problem.ApiException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A phone number in one spelling: E.164, a plus and at most fifteen digits. People write spaces,
 * hyphens, periods and parentheses into it, as the documentation's own examples do, and what they
 * copy has marks of its direction around it. "Phone numbers that aren't formatted in E.164 may
 * work": here those of the North American plan (ITU-T E.164, country code 1) do, as people there
 * write them.
 *
 * @param number {@code +15554151337}
 * @param extension digits, or null
 */
record PhoneNumber(String number, @Nullable String extension) {

    private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{1,14}");
    private static final Pattern SPACING = Pattern.compile("[\\s().\\-\\p{Zs}\\p{Cf}]");
    private static final Pattern NORTH_AMERICAN = Pattern.compile("1?[2-9]\\d{2}[2-9]\\d{6}");
    private static final Pattern EXTENSION = Pattern.compile("\\d{1,15}");
    private static final int LONGEST = 40;

    /**
     * Reads a number as people write it.
     *
     * @throws ApiException {@code E0000098} for what is none, {@code E0000121} for an extension
     *     that is none
     */
    static PhoneNumber of(String written, @Nullable String extension) {
        String number = written.length() > LONGEST ? "" : international(written);
        if (!E164.matcher(number).matches()) {
            throw ApiException.of("E0000098");
        }
        if (extension == null || extension.isEmpty()) {
            return new PhoneNumber(number, null);
        }
        if (!EXTENSION.matcher(extension).matches()) {
            throw ApiException.of("E0000121");
        }
        return new PhoneNumber(number, extension);
    }

    private static String international(String written) {
        String digits = SPACING.matcher(written).replaceAll("");
        if (!NORTH_AMERICAN.matcher(digits).matches()) {
            return digits;
        }
        return (digits.length() == 11 ? "+" : "+1") + digits;
    }

    /** Both in one. */
    String text() {
        return extension == null ? number : number + "x" + extension;
    }
}
