package dev.ostiary.server.directory.users;

import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * One attribute of a profile: what a value has to be like, and what its owner may do with it.
 * Immutable.
 *
 * @param name its name in the document
 * @param title how people call it
 * @param required whether a user cannot be without it
 * @param minLength fewest characters of a value; 0 lets it be empty
 * @param maxLength most characters of a value
 * @param format what a value has to look like besides
 * @param self what the user may do with the own value
 */
record ProfileAttribute(
        String name,
        String title,
        boolean required,
        int minLength,
        int maxLength,
        Format format,
        Permission self) {

    /** What a user may do with an attribute of the own profile. */
    enum Permission {
        READ_ONLY,
        READ_WRITE
    }

    /** What a text has to look like. */
    @SuppressWarnings("ImmutableEnumChecker") // the predicates are pure
    enum Format {
        ANY("", text -> true),
        /** The default pattern of logins. */
        LOGIN("Username must be in the form of an email address", Format::isEmail),
        EMAIL("Does not match required pattern", Format::isEmail),
        URL(
                "Does not match required pattern",
                Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:\\S+").asMatchPredicate()),
        LANGUAGE(
                "Does not match required pattern",
                Pattern.compile("[A-Za-z*]{1,8}([-_][A-Za-z0-9*]{1,8})*").asMatchPredicate()),
        LOCALE(
                "Does not match required pattern",
                Pattern.compile("[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*").asMatchPredicate());

        private static final Pattern LOCAL =
                Pattern.compile("[^\\s@\\p{Cntrl}\"(),:;<>\\[\\]\\\\]{1,100}");
        private static final Pattern DOMAIN =
                Pattern.compile(
                        "[\\p{L}\\p{N}]([\\p{L}\\p{M}\\p{N}-]*[\\p{L}\\p{M}\\p{N}])?"
                                + "(\\.[\\p{L}\\p{N}]([\\p{L}\\p{M}\\p{N}-]*[\\p{L}\\p{M}\\p{N}])?)+",
                        Pattern.UNICODE_CHARACTER_CLASS);

        private final String message;
        private final Predicate<String> fits;

        Format(String message, Predicate<String> fits) {
            this.message = message;
            this.fits = fits;
        }

        /**
         * A mailbox of RFC 5322 in its everyday form, with the international characters of RFC
         * 6531: no quoted local part, no address literal, a domain of at least two labels.
         */
        private static boolean isEmail(String text) {
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

    /** Looks at a value that is not null; what is wrong with it is told to the reading. */
    Optional<JsonNode> check(JsonNode value, Path at, Reading reading) {
        if (!value.isString()) {
            return reading.wrong(at, "must be a string");
        }
        String text = value.stringValue();
        int length = text.codePointCount(0, text.length());
        if (required && text.isBlank()) {
            return reading.wrong(at, "The field cannot be left blank");
        }
        if (text.isEmpty()) {
            return Optional.of(value);
        }
        if (!format.fits.test(text)) {
            return reading.wrong(at, format.message);
        }
        if (length > maxLength) {
            return reading.wrong(
                    at, "The field is too long: at most " + maxLength + " characters are allowed");
        }
        if (length < minLength) {
            return reading.wrong(
                    at,
                    "The field is too short: at least " + minLength + " characters are required");
        }
        return Optional.of(value);
    }
}
