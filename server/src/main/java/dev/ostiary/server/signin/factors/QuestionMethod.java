package dev.ostiary.server.signin.factors;

import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.query.CaseFold;
import dev.ostiary.server.directory.users.password.PasswordHash;
import dev.ostiary.server.directory.users.password.PasswordHasher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Security questions (Factors, "Question Profile"). An answer has at least four characters; it
 * counts in any case, and spaces around it do not, as with the recovery question of a user. It is
 * stored as a slow hash. Thread-safe.
 */
final class QuestionMethod implements FactorMethod {

    private static final int LEAST = 4;
    private static final int MOST = 255;
    private static final String SUBJECT = "factorEnrollRequest";
    private static final String BLANK = ": The field cannot be left blank";

    private final PasswordHasher hasher;

    QuestionMethod(PasswordHasher hasher) {
        this.hasher = hasher;
    }

    @Override
    public Factor begin(
            FactorContext at,
            Factor fresh,
            Optional<Factor> before,
            NewFactor wanted,
            EnrolOptions options) {
        List<String> wrong = new ArrayList<>();
        Optional<SecurityQuestion> question = question(wanted.profile().question(), wrong);
        String answer = answer(wanted.profile().answer(), question, wrong);
        if (!wrong.isEmpty()) {
            throw ApiException.validation(SUBJECT, wrong);
        }
        SecurityQuestion asked = question.orElseThrow();
        Enrolment enrolment =
                fresh.enrolment()
                        .with(
                                Map.of("question", asked.key(), "questionText", asked.text()),
                                at.now());
        return fresh.with(enrolment).answered(hasher.hash(answer).text()).activated(at.now());
    }

    private static Optional<SecurityQuestion> question(@Nullable String key, List<String> wrong) {
        if (key == null) {
            wrong.add("question" + BLANK);
            return Optional.empty();
        }
        Optional<SecurityQuestion> question = SecurityQuestion.of(key);
        if (question.isEmpty()) {
            wrong.add("question: The question is not one of those that can be chosen");
        }
        return question;
    }

    private static String answer(
            @Nullable String given, Optional<SecurityQuestion> question, List<String> wrong) {
        if (given == null || given.isBlank()) {
            wrong.add("answer" + BLANK);
            return "";
        }
        String answer = given.length() > MOST ? "" : normal(given);
        if (answer.length() < LEAST) {
            wrong.add(
                    "The security question answer must be at least "
                            + LEAST
                            + " characters in length");
        } else if (question.filter(asked -> normal(asked.text()).contains(answer)).isPresent()) {
            wrong.add("The security question answer must not be part of the question");
        }
        return answer;
    }

    private static String normal(String answer) {
        return CaseFold.fold(answer.strip());
    }

    /**
     * The hash that a proof's answer belongs to, if it is right. Takes as long as a sign-in, so it
     * is done before a row is held.
     */
    @Nullable String proven(Factor factor, Proof proof) {
        String stored = factor.answerHash();
        String answer = proof.answer();
        if (stored == null || answer == null || answer.length() > MOST) {
            return null;
        }
        return hasher.verify(normal(answer), PasswordHash.parse(stored)) ? stored : null;
    }

    /** Right if what was proven is still the answer. */
    @Override
    public Verdict check(FactorContext at, Factor factor, Shown shown) {
        return shown.proven() != null && shown.proven().equals(factor.answerHash())
                ? new Verdict.Right(factor)
                : new Verdict.Wrong(
                        ApiException.of("E0000068")
                                .because(
                                        "Your answer doesn't match our records. Please try"
                                                + " again."));
    }
}
