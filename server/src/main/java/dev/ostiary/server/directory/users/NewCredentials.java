package dev.ostiary.server.directory.users;

import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.server.directory.schemas.ProfileSchema;
import dev.ostiary.server.directory.users.CredentialsBody.HookBody;
import dev.ostiary.server.directory.users.CredentialsBody.PasswordBody;
import dev.ostiary.server.directory.users.CredentialsBody.QuestionBody;
import dev.ostiary.server.directory.users.password.CommonPasswords;
import dev.ostiary.server.directory.users.password.HashedPassword;
import dev.ostiary.server.directory.users.password.PasswordHash;
import dev.ostiary.server.directory.users.password.PasswordHasher;
import dev.ostiary.server.directory.users.password.PasswordImport;
import dev.ostiary.server.directory.users.password.PasswordOwner;
import dev.ostiary.server.directory.users.password.PasswordPolicy;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an administrator says about credentials, judged but not yet hashed: judging is cheap and
 * tells all causes, hashing is slow and comes last.
 *
 * @param password a new password in clear
 * @param imported the hash of a password that another system made
 * @param hook whether another system is to be asked for the password
 * @param question a recovery question
 * @param answer its answer
 */
record NewCredentials(
        @Nullable String password,
        @Nullable PasswordHash imported,
        boolean hook,
        @Nullable String question,
        @Nullable String answer) {

    static final NewCredentials NONE = new NewCredentials(null, null, false, null, null);

    static final String BLANK = "The field cannot be left blank";
    private static final int LONGEST = 100;

    /** A password that is already judged. */
    static NewCredentials password(String judged) {
        return new NewCredentials(judged, null, false, null, null);
    }

    /** Judges a recovery question alone; what is wrong is told to the reading. */
    static NewCredentials question(
            @Nullable QuestionBody given, PasswordPolicy policy, Reading reading) {
        if (given == null) {
            return NONE;
        }
        judge(given, policy, reading);
        return new NewCredentials(null, null, false, given.question(), given.answer());
    }

    /** What a password or an answer has to be like. */
    record Rules(PasswordPolicy policy, CommonPasswords common) {}

    /** Judges; what is wrong is told to the reading, and the result is then of no use. */
    static NewCredentials of(
            @Nullable CredentialsBody body, ObjectNode profile, Rules rules, Reading reading) {
        if (body == null) {
            return NONE;
        }
        PasswordBody password = body.password();
        QuestionBody question = body.recoveryQuestion();
        String clear = null;
        PasswordHash hash = null;
        boolean hook = false;
        if (password != null && !password.isEmpty()) {
            clear = clear(password.value(), profile, rules, reading);
            hash = imported(password.hash(), reading);
            hook = hook(password.hook(), reading);
            onlyOne(password, reading);
        }
        if (question != null) {
            judge(question, rules.policy(), reading);
        }
        return new NewCredentials(
                clear,
                hash,
                hook,
                question == null ? null : question.question(),
                question == null ? null : question.answer());
    }

    private static @Nullable String clear(
            @Nullable String value, ObjectNode profile, Rules rules, Reading reading) {
        if (value == null) {
            return null;
        }
        Path at = Path.root("password").field("password");
        if (value.isEmpty()) {
            reading.wrong(at, BLANK);
        } else {
            rules.policy()
                    .check(value, owner(profile), rules.common())
                    .forEach(cause -> reading.wrong(at, cause));
        }
        return value;
    }

    static PasswordOwner owner(ObjectNode profile) {
        String login = Profile.text(profile, ProfileSchema.LOGIN_ATTRIBUTE);
        return new PasswordOwner(
                login == null ? "" : login,
                Profile.text(profile, "firstName"),
                Profile.text(profile, "lastName"));
    }

    private static @Nullable PasswordHash imported(
            @Nullable HashedPassword given, Reading reading) {
        if (given == null) {
            return null;
        }
        try {
            return PasswordImport.read(given);
        } catch (ApiException refused) {
            refused.causes().forEach(cause -> reading.sentence("password", cause));
            return null;
        }
    }

    private static boolean hook(@Nullable HookBody given, Reading reading) {
        if (given == null) {
            return false;
        }
        if (!"default".equals(given.type())) {
            reading.wrong(
                    Path.root("hook").field("hook").field("type"), "The value must be default");
        }
        return true;
    }

    private static void onlyOne(PasswordBody password, Reading reading) {
        int forms =
                (password.value() == null ? 0 : 1)
                        + (password.hash() == null ? 0 : 1)
                        + (password.hook() == null ? 0 : 1);
        if (forms > 1) {
            reading.wrong(
                    Path.root("password").field("password"),
                    "Only one of value, hash and hook can be given");
        }
    }

    private static void judge(QuestionBody question, PasswordPolicy policy, Reading reading) {
        Path at = Path.root("recovery_question").field("recovery_question");
        Optional<String> asked = bounded(question.question(), at.field("question"), reading);
        Optional<String> answer = bounded(question.answer(), at.field("answer"), reading);
        int least = policy.recoveryAnswerMinLength();
        answer.filter(text -> RecoveryAnswer.normal(text).length() < least)
                .ifPresent(
                        text ->
                                reading.wrong(
                                        at.field("answer"),
                                        "The security question answer must be at least "
                                                + least
                                                + " characters in length"));
        if (asked.isPresent()
                && answer.isPresent()
                && RecoveryAnswer.normal(asked.get())
                        .contains(RecoveryAnswer.normal(answer.get()))) {
            reading.wrong(
                    at.field("answer"),
                    "The security question answer must not be part of the question");
        }
    }

    private static Optional<String> bounded(@Nullable String text, Path at, Reading reading) {
        if (text == null || text.isBlank()) {
            return reading.wrong(at, BLANK);
        }
        return text.codePointCount(0, text.length()) > LONGEST
                ? reading.wrong(
                        at, "The field is too long: at most " + LONGEST + " characters are allowed")
                : Optional.of(text);
    }

    boolean isEmpty() {
        return !setsPassword() && question == null;
    }

    boolean setsPassword() {
        return password != null || imported != null || hook;
    }

    /** Whether the password was made, or is still held, by another system. */
    boolean isImport() {
        return imported != null || hook;
    }

    /** The same with everything hashed. Slow: to be called outside of any transaction. */
    Hashed hashed(PasswordHasher hasher) {
        String hash =
                password != null
                        ? hasher.hash(password).text()
                        : imported == null ? null : imported.text();
        return new Hashed(
                hash,
                hook,
                answer == null ? null : hasher.hash(RecoveryAnswer.normal(answer)).text());
    }

    /** Says nothing. */
    @Override
    public String toString() {
        return "NewCredentials[…]";
    }

    /** Credentials as they are stored. */
    record Hashed(@Nullable String password, boolean hook, @Nullable String answer) {

        /** The secrets after the change. */
        Secrets applied(Secrets before) {
            Secrets secrets = before;
            if (password != null) {
                secrets = secrets.password(password);
            } else if (hook) {
                secrets = secrets.hook();
            }
            return answer == null ? secrets : secrets.answer(answer);
        }

        /** Says nothing. */
        @Override
        public String toString() {
            return "Hashed[…]";
        }
    }
}
