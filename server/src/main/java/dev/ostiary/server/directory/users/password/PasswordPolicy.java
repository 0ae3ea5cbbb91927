package dev.ostiary.server.directory.users.password;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an org asks of a password (Policy API, "Password policy settings"), and the texts in which
 * the original says that a password falls short: always one cause, which recites all that is asked,
 * whatever part was missed.
 *
 * <p>Counting is by code point: an emoji is one character, and a symbol. Immutable and thread-safe.
 *
 * @param complexity what the password itself must be like
 * @param historyCount how many earlier passwords are refused; 0 for none
 * @param minAgeMinutes how old a password must be before its owner may change it; 0 for any age
 * @param maxAgeDays when a password expires; 0 for never
 * @param expireWarnDays how many days before that its owner is told; 0 for no warning
 * @param maxAttempts failed sign-ins until an account is locked; 0 for never
 * @param autoUnlockMinutes when a locked account opens by itself; 0 for never
 * @param recoveryAnswerMinLength characters of an answer to the recovery question, at least
 * @param mailTokenMinutes how long a link in a recovery mail works
 * @param blocked a condition that holds of passwords that are refused
 * @param breached what becomes of passwords that others have; empty where nobody looks
 */
public record PasswordPolicy(
        Complexity complexity,
        int historyCount,
        int minAgeMinutes,
        int maxAgeDays,
        int expireWarnDays,
        int maxAttempts,
        int autoUnlockMinutes,
        int recoveryAnswerMinLength,
        int mailTokenMinutes,
        Optional<String> blocked,
        Optional<Breached> breached) {

    /** No words are blocked, and nobody looks for what others have. */
    public PasswordPolicy(
            Complexity complexity,
            int historyCount,
            int minAgeMinutes,
            int maxAgeDays,
            int expireWarnDays,
            int maxAttempts,
            int autoUnlockMinutes,
            int recoveryAnswerMinLength,
            int mailTokenMinutes) {
        this(
                complexity,
                historyCount,
                minAgeMinutes,
                maxAgeDays,
                expireWarnDays,
                maxAttempts,
                autoUnlockMinutes,
                recoveryAnswerMinLength,
                mailTokenMinutes,
                Optional.empty(),
                Optional.empty());
    }

    /**
     * What becomes of a password that others have ("Breached Protection settings").
     *
     * @param expireAfterDays how long after it was found it expires; empty for never
     * @param logout whether its user is signed out everywhere when it is found
     */
    public record Breached(Optional<Integer> expireAfterDays, boolean logout) {}

    /** The longest password, in characters (Users API, "Password object"). */
    public static final int MAX_LENGTH = 72;

    /** Cause: the password is in the history. */
    public static final String TOO_RECENT = "Password has been used too recently";

    /** Cause: the password is the one that is to be changed. */
    public static final String SAME = "Password cannot be your current password";

    private static final String NOT_MET = "Password requirements were not met. ";

    /**
     * What a password must be like.
     *
     * @param minLength characters, at least
     * @param minLowerCase lower-case letters, at least
     * @param minUpperCase upper-case letters, at least
     * @param minNumber digits, at least
     * @param minSymbol characters that are neither letter nor digit, at least
     * @param excludeUsername whether parts of the login are refused
     * @param excludeFirstName whether the first name is refused
     * @param excludeLastName whether the last name is refused
     * @param excludeCommon whether passwords that everybody uses are refused
     * @param maxConsecutive how often a character may stand behind itself; 0 for any number
     */
    public record Complexity(
            int minLength,
            int minLowerCase,
            int minUpperCase,
            int minNumber,
            int minSymbol,
            boolean excludeUsername,
            boolean excludeFirstName,
            boolean excludeLastName,
            boolean excludeCommon,
            int maxConsecutive) {}

    /** The default policy as it was observed (WIRE, "Password default"). */
    public static PasswordPolicy observedDefault() {
        return new PasswordPolicy(
                new Complexity(8, 1, 1, 1, 0, true, false, false, false, 0),
                4,
                0,
                0,
                0,
                10,
                0,
                4,
                60);
    }

    /**
     * Checks a new password.
     *
     * @return the causes, without the name of a field before them; none if the password will do
     */
    public List<String> check(String password, PasswordOwner owner, CommonPasswords common) {
        if (password.codePointCount(0, password.length()) > MAX_LENGTH) {
            return List.of(
                    NOT_MET + "Password requirements: maximum " + MAX_LENGTH + " characters.");
        }
        if (!isStrong(password) || containsWords(password, owner)) {
            return List.of(NOT_MET + requirements());
        }
        if (blocked.filter(condition -> BlockedWords.areIn(password, condition)).isPresent()) {
            return List.of(NOT_MET + requirements());
        }
        if (complexity.excludeCommon && common.contains(password)) {
            return List.of(CommonPasswords.CAUSE);
        }
        return List.of();
    }

    /** All that is asked, in the original's words. */
    public String requirements() {
        List<String> asked = new ArrayList<>();
        if (complexity.minLength > 0) {
            asked.add("at least " + complexity.minLength + " characters");
        }
        add(asked, complexity.minLowerCase > 0, "a lowercase letter");
        add(asked, complexity.minUpperCase > 0, "an uppercase letter");
        add(asked, complexity.minNumber > 0, "a number");
        add(asked, complexity.minSymbol > 0, "a symbol");
        add(asked, complexity.excludeUsername, "no parts of your username");
        add(asked, complexity.excludeFirstName, "does not include your first name");
        add(asked, complexity.excludeLastName, "does not include your last name");
        if (complexity.maxConsecutive > 0) {
            asked.add("at most " + complexity.maxConsecutive + " consecutive repeating characters");
        }
        List<String> sentences = new ArrayList<>();
        if (!asked.isEmpty()) {
            sentences.add(
                    asked.stream()
                            .collect(Collectors.joining(", ", "Password requirements: ", ".")));
        }
        if (historyCount > 0) {
            sentences.add(
                    "Your password cannot be any of your last " + historyCount + " passwords.");
        }
        if (minAgeMinutes > 0) {
            sentences.add(
                    "At least "
                            + age()
                            + " must have elapsed since you last changed your password.");
        }
        return String.join(" ", sentences);
    }

    private static void add(List<String> asked, boolean applies, String words) {
        if (applies) {
            asked.add(words);
        }
    }

    private String age() {
        if (minAgeMinutes % 1440 == 0) {
            return minAgeMinutes / 1440 + " day(s)";
        }
        return minAgeMinutes % 60 == 0
                ? minAgeMinutes / 60 + " hour(s)"
                : minAgeMinutes + " minute(s)";
    }

    /**
     * The cause if the owner may not change the password yet, else null. It binds the owner, not an
     * administrator.
     */
    public @Nullable String tooSoon(@Nullable Instant lastChanged, Instant now) {
        boolean young =
                lastChanged != null
                        && minAgeMinutes > 0
                        && now.isBefore(lastChanged.plus(Duration.ofMinutes(minAgeMinutes)));
        return young ? NOT_MET + requirements() : null;
    }

    private boolean isStrong(String password) {
        return password.codePointCount(0, password.length()) >= complexity.minLength
                && has(password, Character::isLowerCase, complexity.minLowerCase)
                && has(password, Character::isUpperCase, complexity.minUpperCase)
                && has(password, Character::isDigit, complexity.minNumber)
                && has(password, c -> !Character.isLetterOrDigit(c), complexity.minSymbol)
                && (complexity.maxConsecutive == 0
                        || longestRun(password) <= complexity.maxConsecutive);
    }

    private static int longestRun(String password) {
        int longest = 0;
        int run = 0;
        int before = -1;
        for (int c : password.codePoints().toArray()) {
            run = c == before ? run + 1 : 1;
            before = c;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    private static boolean has(String password, IntPredicate kind, int least) {
        return password.codePoints().filter(kind).count() >= least;
    }

    private boolean containsWords(String password, PasswordOwner owner) {
        List<String> words = new ArrayList<>();
        if (complexity.excludeUsername) {
            words.addAll(LoginParts.of(owner.login()));
        }
        if (complexity.excludeFirstName && owner.firstName() != null) {
            words.add(owner.firstName());
        }
        if (complexity.excludeLastName && owner.lastName() != null) {
            words.add(owner.lastName());
        }
        String lower = password.toLowerCase(Locale.ROOT);
        return words.stream()
                .filter(word -> word.length() >= LoginParts.LEAST)
                .anyMatch(word -> lower.contains(word.toLowerCase(Locale.ROOT)));
    }
}
