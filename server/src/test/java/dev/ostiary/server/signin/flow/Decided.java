package dev.ostiary.server.signin.flow;

import dev.ostiary.platform.context.Place;
import dev.ostiary.server.directory.users.password.PasswordPolicy;
import dev.ostiary.server.policy.EnrolmentDecision;
import dev.ostiary.server.policy.EnrolmentDecision.When;
import dev.ostiary.server.policy.PasswordDecision;
import dev.ostiary.server.policy.PasswordDecision.Reach;
import dev.ostiary.server.policy.PasswordDecision.StepUp;
import dev.ostiary.server.policy.SignOnDecision;
import dev.ostiary.server.policy.engine.Candidate;
import dev.ostiary.server.security.behaviours.Findings;
import dev.ostiary.server.security.behaviours.Risk;
import dev.ostiary.server.security.behaviours.SignIn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decisions of policies, to try with. */
final class Decided {

    private static final Candidate.Ref NAME = new Candidate.Ref("00p1", "Default Policy");

    private Decided() {}

    /** A factor is asked for. */
    static Rules asking(When when, Rules.Remembered remembered) {
        SignOnDecision.Factor factor =
                new SignOnDecision.Factor(SignOnDecision.Prompt.DEVICE, Duration.ZERO, false);
        return rules(PasswordPolicy.observedDefault(), Optional.of(factor), when, remembered);
    }

    /** None is. */
    static Rules plain(When when) {
        return rules(
                PasswordPolicy.observedDefault(), Optional.empty(), when, Rules.Remembered.NOT);
    }

    /** None is, with these rules of the password. */
    static Rules with(PasswordPolicy password) {
        return rules(password, Optional.empty(), When.CHALLENGE, Rules.Remembered.NOT);
    }

    private static Rules rules(
            PasswordPolicy password,
            Optional<SignOnDecision.Factor> factor,
            When when,
            Rules.Remembered remembered) {
        return new Rules(
                new SignOnDecision(
                        NAME,
                        NAME,
                        true,
                        false,
                        factor,
                        new SignOnDecision.Session(Duration.ofHours(2), Optional.empty(), false),
                        List.of()),
                password,
                new PasswordDecision(
                        true,
                        true,
                        false,
                        Set.of(Reach.EMAIL),
                        StepUp.QUESTION_IF_THERE,
                        false,
                        false),
                new Enrolling(new EnrolmentDecision(when, EnrolmentDecision.By.FACTORS, Map.of())),
                new Observation(
                        SignIn.of(Instant.EPOCH, null, null, Place.unknown()),
                        new Findings(List.of()),
                        new Risk(Risk.Level.LOW, List.of())),
                remembered,
                Rules.Lockout.ACCOUNT);
    }
}
