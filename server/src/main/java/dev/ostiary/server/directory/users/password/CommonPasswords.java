package dev.ostiary.server.directory.users.password;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The passwords that attackers try first. A candidate is one of them in any case, and also when it
 * only dresses one up: digits and symbols around it ({@code Password123!}), or the usual signs in
 * place of letters ({@code P@ssw0rd}). Immutable and thread-safe.
 */
public final class CommonPasswords {

    /** The cause that says so. */
    public static final String CAUSE =
            "This password was found in a list of commonly used passwords. Please try another"
                    + " password.";

    private final Set<String> words;

    /** A list of these, in small letters. */
    public CommonPasswords(Set<String> words) {
        this.words = Set.copyOf(words);
    }

    /** The list that is packed with the program. */
    public static CommonPasswords load() {
        try (InputStream in = CommonPasswords.class.getResourceAsStream("common-passwords.txt")) {
            if (in == null) {
                throw new IllegalStateException("the list of common passwords is missing");
            }
            return new CommonPasswords(
                    new String(in.readAllBytes(), UTF_8)
                            .lines()
                            .filter(line -> !line.startsWith("#") && !line.isBlank())
                            .collect(Collectors.toSet()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a password is on the list or is a dressed-up form of one that is. */
    public boolean contains(String password) {
        String lower = password.toLowerCase(Locale.ROOT);
        String bare = undress(lower);
        String plain = undress(unsign(lower));
        return words.contains(lower) || words.contains(bare) || words.contains(plain);
    }

    /** Without what is no letter at either end; all of it stays where nothing would be left. */
    private static String undress(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && !Character.isLetter(text.charAt(start))) {
            start++;
        }
        while (end > start && !Character.isLetter(text.charAt(end - 1))) {
            end--;
        }
        return start == end ? text : text.substring(start, end);
    }

    private static String unsign(String text) {
        return text.replace('@', 'a')
                .replace('0', 'o')
                .replace('3', 'e')
                .replace('$', 's')
                .replace('5', 's');
    }
}
