package dev.ostiary.server.signin.recovery;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.directory.users.UserStatus;
import dev.ostiary.server.signin.factors.FactorKind;
import dev.ostiary.server.signin.factors.KnownFactors;
import dev.ostiary.server.signin.flow.Rules;
import dev.ostiary.server.signin.flow.SignInFactors;
import java.util.Optional;

/**
 * What somebody who recovers proves beside that one was reached (schema {@code
 * SsprStepUpRequirement}). Thread-safe.
 *
 * @param factors knows what users have
 */
record SecondSteps(KnownFactors factors) {

    /** What is to be proven by somebody who was reached. */
    enum Step {
        NOTHING,
        ANSWER,
        FACTOR
    }

    /** What a user who was reached proves beside that; empty for one who cannot. */
    Optional<Step> of(Reader reader, Org org, User user, Rules rules) {
        boolean answers =
                user.recoveryQuestion() != null
                        && factors.forRecovery(reader, org, FactorKind.QUESTION);
        Optional<Step> answer = answers ? Optional.of(Step.ANSWER) : Optional.empty();
        return switch (rules.own().stepUp()) {
            case NOTHING -> Optional.of(Step.NOTHING);
            case QUESTION_IF_THERE -> answer.or(() -> Optional.of(Step.NOTHING));
            case QUESTION -> answer;
            case ANYTHING ->
                    answer.or(
                            () ->
                                    factors.provable(reader, org, user.id()).stream()
                                            .filter(SignInFactors::stepsUp)
                                            .findFirst()
                                            .map(factor -> Step.FACTOR));
        };
    }

    /** Whom an administrator has sent here is not kept out for having nothing more to prove. */
    static Optional<Step> asAdministratorsWant(User user) {
        return Optional.of(Step.NOTHING).filter(none -> user.status() == UserStatus.RECOVERY);
    }
}
