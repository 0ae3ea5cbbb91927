package dev.ostiary.server.directory.schemas;

import dev.ostiary.platform.json.Dates;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What a text has to look like (schema {@code UserSchemaAttributeFormat}, and logins). */
@SuppressWarnings("ImmutableEnumChecker") // the predicates are pure
enum TextFormat {
    ANY("", text -> true),
    /** A login where no pattern is set (Schemas, "Login pattern validation"). */
    LOGIN("", TextFormat::isEmail),
    EMAIL("email", TextFormat::isEmail),
    URI("uri", Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:\\S+").asMatchPredicate()),
    LANGUAGE(
            "language-code",
            Pattern.compile("[A-Za-z*]{1,8}([-_][A-Za-z0-9*]{1,8})*").asMatchPredicate()),
    LOCALE("locale", Pattern.compile("[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*").asMatchPredicate()),
    /** The original takes any two letters, and any name of a time zone. */
    COUNTRY("country-code", text -> text.length() <= 2),
    TIMEZONE("timezone", text -> true),
    DATE_TIME("date-time", text -> Dates.parse(text).isPresent()),
    REFERENCE("ref-id", Pattern.compile("[A-Za-z0-9_-]{1,100}").asMatchPredicate()),
    ENCRYPTED("encrypted", text -> true),
    HASHED("hashed", text -> true);

    private static final Pattern LOCAL =
            Pattern.compile("[^\\s@\\p{Cntrl}\"(),:;<>\\[\\]\\\\]{1,100}");
    private static final Pattern DOMAIN =
            Pattern.compile(
                    "[\\p{L}\\p{N}]([\\p{L}\\p{M}\\p{N}-]*[\\p{L}\\p{M}\\p{N}])?"
                            + "(\\.[\\p{L}\\p{N}]([\\p{L}\\p{M}\\p{N}-]*[\\p{L}\\p{M}\\p{N}])?)+",
                    Pattern.UNICODE_CHARACTER_CLASS);

    private final String wire;
    private final Predicate<String> fits;

    TextFormat(String wire, Predicate<String> fits) {
        this.wire = wire;
        this.fits = fits;
    }

    static Optional<TextFormat> of(String wire) {
        return Arrays.stream(values())
                .filter(format -> format.isNamed() && format.wire.equals(wire))
                .findFirst();
    }

    String wire() {
        return wire;
    }

    private boolean isNamed() {
        return !wire.isEmpty();
    }

    /** What is told of a text that does not fit. */
    String refusal() {
        return this == LOGIN
                ? "Username must be in the form of an email address"
                : "Does not match required pattern";
    }

    boolean fits(String text) {
        return fits.test(text);
    }

    /**
     * A mailbox of RFC 5322 in its everyday form, with the international characters of RFC 6531: no
     * quoted local part, no address literal, a domain of at least two labels.
     */
    static boolean isEmail(String text) {
        int at = text.lastIndexOf('@');
        if (at < 1) {
            return false;
        }
        String local = text.substring(0, at);
        return LOCAL.matcher(local).matches()
                && !local.startsWith(".")
                && !local.endsWith(".")
                && !local.contains("..")
                && DOMAIN.matcher(text.substring(at + 1)).matches();
    }
}
