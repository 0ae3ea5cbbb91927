package dev.ostiary.server.directory.users.password;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordPolicyTest {

    private static final CommonPasswords COMMON = CommonPasswords.load();
    private static final PasswordOwner ISAAC =
            new PasswordOwner("isaac.brock@example.com", "Isaac", "Brockmann");
    private static final String DEFAULT_CAUSE =
            "Password requirements were not met. Password requirements: at least 8 characters, a"
                    + " lowercase letter, an uppercase letter, a number, no parts of your username."
                    + " Your password cannot be any of your last 4 passwords.";

    private final PasswordPolicy policy = PasswordPolicy.observedDefault();

    private static PasswordPolicy strict(boolean common) {
        return new PasswordPolicy(
                new PasswordPolicy.Complexity(12, 1, 1, 1, 1, true, true, true, common, 0),
                0,
                120,
                0,
                0,
                10,
                0,
                4,
                60);
    }

    @Test
    @DisplayName("words that a condition blocks are refused wherever they stand")
    void blocked() {
        PasswordPolicy blocking =
                new PasswordPolicy(
                        policy.complexity(),
                        0,
                        0,
                        0,
                        0,
                        10,
                        0,
                        4,
                        60,
                        Optional.of(
                                "password.value.contains('Acme') OR"
                                        + " password.value.contains('Corp')"),
                        Optional.empty());

        assertThat(blocking.check("xxAcme123", ISAAC, COMMON)).hasSize(1);
        assertThat(blocking.check("Corporate123", ISAAC, COMMON)).hasSize(1);
        assertThat(blocking.check("tlpWENT2m", ISAAC, COMMON)).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("the default policy refuses with the original's one cause, whatever was missed")
    @ValueSource(
            strings = {
                "",
                "Abcde12",
                "ABCDEFG1",
                "abcdefg1",
                "Abcdefgh",
                "brockR0cks!",
                "Xx1isaac.x",
                "myExample99",
                "\uD83D\uDE00Aa1aaa"
            })
    void refused(String password) {
        assertThat(policy.check(password, ISAAC, COMMON)).containsExactly(DEFAULT_CAUSE);
    }

    @ParameterizedTest
    @DisplayName(
            "the default policy accepts what meets it: no symbol asked, short parts and the top-level domain free")
    @ValueSource(
            strings = {
                "Abcdefg1",
                "comCom12",
                "Password1",
                "\u00c4\u00e4\u00fc\u00f6\u00df9\u0662x",
                "Aa1\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00"
            })
    void accepted(String password) {
        assertThat(policy.check(password, ISAAC, COMMON)).isEmpty();
    }

    @Test
    @DisplayName(
            "parts of a login are split at , . _ # @ - and count from four characters on, in any case")
    void loginParts() {
        PasswordOwner owner =
                new PasswordOwner("ed_jones-smith#x,yvonne@corp.business.info", null, null);
        for (String part : List.of("JONES", "Smith", "yvonne", "Corp", "business")) {
            assertThat(policy.check("Qw3" + part + "zzz", owner, COMMON)).hasSize(1);
        }
        assertThat(policy.check("Qw3info-ed-zzz", owner, COMMON)).isEmpty();
    }

    @Test
    @DisplayName("a stricter policy recites symbol, names and age, and refuses first and last name")
    void stricter() {
        String cause =
                "Password requirements were not met. Password requirements: at least 12 characters, a"
                        + " lowercase letter, an uppercase letter, a number, a symbol, no parts of your"
                        + " username, does not include your first name, does not include your last name."
                        + " At least 2 hour(s) must have elapsed since you last changed your password.";
        assertThat(strict(false).check("Abcdefghijk1", ISAAC, COMMON)).containsExactly(cause);
        PasswordOwner other = new PasswordOwner("x@y.z", "Isaac", "Brockmann");
        assertThat(strict(false).check("Zz9-isaac-zzzz", other, COMMON)).containsExactly(cause);
        assertThat(strict(false).check("Zz9-brockMANN-z", other, COMMON)).containsExactly(cause);
        assertThat(strict(false).check("Zz9-completely-", other, COMMON)).isEmpty();
    }

    @Test
    @DisplayName("a password has at most 72 characters, however large the policy")
    void longest() {
        assertThat(policy.check("Aa1" + "x".repeat(69), ISAAC, COMMON)).isEmpty();
        assertThat(policy.check("Aa1" + "x".repeat(70), ISAAC, COMMON))
                .containsExactly(
                        "Password requirements were not met. Password requirements: maximum 72 characters.");
    }

    @Test
    @DisplayName("common passwords are refused where the policy asks for it, dressed up or not")
    void common() {
        PasswordPolicy excluding =
                new PasswordPolicy(
                        new PasswordPolicy.Complexity(8, 0, 0, 0, 0, true, false, false, true, 0),
                        4,
                        0,
                        0,
                        0,
                        10,
                        0,
                        4,
                        60);
        for (String bad :
                List.of("Password123!", "P@ssw0rd", "12345678", "!!Qwertyuiop1", "Welcome2026")) {
            assertThat(excluding.check(bad, ISAAC, COMMON)).containsExactly(CommonPasswords.CAUSE);
        }
        assertThat(excluding.check("vK9-tumbleweed", ISAAC, COMMON)).isEmpty();
        assertThat(excluding.check("04071789", ISAAC, COMMON)).isEmpty();
    }

    @Test
    @DisplayName(
            "a password that is too young may not be changed by its owner; the units read as on the wire")
    void age() {
        Instant now = Instant.parse("2026-01-01T12:00:00Z");
        assertThat(strict(false).tooSoon(now.minusSeconds(7199), now)).contains("2 hour(s)");
        assertThat(strict(false).tooSoon(now.minusSeconds(7200), now)).isNull();
        assertThat(strict(false).tooSoon(null, now)).isNull();
        assertThat(policy.tooSoon(now, now)).isNull();
        assertThat(aged(1440)).contains("At least 1 day(s) must");
        assertThat(aged(90)).contains("At least 90 minute(s) must");
    }

    private static String aged(int minutes) {
        return new PasswordPolicy(
                        PasswordPolicy.observedDefault().complexity(),
                        0,
                        minutes,
                        0,
                        0,
                        0,
                        0,
                        4,
                        60)
                .requirements();
    }

    @Test
    @DisplayName("a character may stand behind itself as often as the policy says")
    void repeating() {
        PasswordPolicy.Complexity twice =
                new PasswordPolicy.Complexity(4, 0, 0, 0, 0, false, false, false, false, 2);
        PasswordPolicy repeating = new PasswordPolicy(twice, 0, 0, 0, 0, 0, 0, 4, 60);
        assertThat(repeating.check("aabbaab", ISAAC, COMMON)).isEmpty();
        assertThat(repeating.check("aabbbaa", ISAAC, COMMON))
                .containsExactly(
                        "Password requirements were not met. Password requirements: at least 4"
                                + " characters, at most 2 consecutive repeating characters.");
        TemporaryPasswords passwords = new TemporaryPasswords(new SecureRandom());
        PasswordPolicy.Complexity once =
                new PasswordPolicy.Complexity(8, 1, 1, 1, 1, false, false, false, false, 1);
        PasswordPolicy changing = new PasswordPolicy(once, 0, 0, 0, 0, 0, 0, 4, 60);
        for (int i = 0; i < 500; i++) {
            assertThat(changing.check(passwords.next(once), ISAAC, COMMON)).isEmpty();
        }
    }

    @Test
    @DisplayName("a temporary password meets the policy that it was made for")
    void temporary() {
        TemporaryPasswords passwords = new TemporaryPasswords(new SecureRandom());
        for (int i = 0; i < 200; i++) {
            assertThat(strict(true).check(passwords.next(strict(true).complexity()), ISAAC, COMMON))
                    .isEmpty();
            assertThat(policy.check(passwords.next(policy.complexity()), ISAAC, COMMON)).isEmpty();
        }
    }
}
