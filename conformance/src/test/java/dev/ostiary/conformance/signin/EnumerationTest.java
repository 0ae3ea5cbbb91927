package dev.ostiary.conformance.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Whether somebody who tries passwords, or asks for others, learns which users there are. Two
 * thousand tries, of users and of names that nobody has, in an order that is drawn; each is timed.
 * What is judged is no time but how well times tell the two apart: the chance that of one try of
 * each kind the user's took longer (the statistic of Mann and Whitney over the product of the
 * sizes), a half where they tell nothing.
 */
@Tag("deep")
@ExtendWith(SuiteServer.class)
@DisplayName("Two thousand tries of users and of nobody")
class EnumerationTest {

    private static final int TRIES = 2000;

    /** As many as lock nobody out. */
    private static final int TRIES_OF_ONE = 8;

    /** Three times the error of so many tries. */
    private static final double TELLS_LITTLE = 0.04;

    private final Org org;
    private final SignIns users;

    EnumerationTest(Org org) {
        this.org = org;
        this.users = new SignIns(org);
    }

    /** A name, and whether a user has it. */
    private record Try(String login, boolean user) {}

    /** How long one took, and whether it was of a user. */
    private record Timed(long nanos, boolean user) {}

    @Test
    @DisplayName("of passwords are answered alike, and their times do not tell them apart")
    void passwords() {
        tellNothing(
                "passwords",
                login -> users.signIn(login, "not the password"),
                answer -> {
                    assertThat(answer.expect(401, "E0000004").errorCauses()).isEmpty();
                    return "";
                });
    }

    @Test
    @DisplayName("of recoveries are answered alike, and their times do not tell them apart")
    void recoveries() {
        tellNothing(
                "recoveries",
                login ->
                        org.nobody()
                                .post(
                                        "/api/v1/authn/recovery/password",
                                        Json.object()
                                                .put("username", login)
                                                .put("factorType", "EMAIL")),
                answer -> answer.expect(200).json().toString());
    }

    private void tellNothing(
            String what, Function<String, Answer> asked, Function<Answer, String> said) {
        Set<String> answers = new HashSet<>();
        List<Timed> all = new ArrayList<>();
        for (Try each : tries()) {
            long before = System.nanoTime();
            Answer answer = asked.apply(each.login());
            all.add(new Timed(System.nanoTime() - before, each.user()));
            answers.add(said.apply(answer));
        }

        double chance = chanceThatUsersTakeLonger(all);

        System.out.printf(
                "[enumeration] %d tries of %s: a user's takes longer than nobody's with a chance of %.3f%n",
                all.size(), what, chance);
        assertThat(answers).hasSize(1);
        assertThat(Math.abs(chance - 0.5)).isLessThan(TELLS_LITTLE);
    }

    private List<Try> tries() {
        List<Try> tries = new ArrayList<>();
        for (int i = 0; i < TRIES / 2; i += TRIES_OF_ONE) {
            String known = users.active();
            String nobody = users.login();
            for (int j = 0; j < TRIES_OF_ONE; j++) {
                tries.add(new Try(known, true));
                tries.add(new Try(nobody, false));
            }
        }
        Collections.shuffle(tries, new Random(1));
        return tries;
    }

    /** The sum of ranks tells it. */
    private static double chanceThatUsersTakeLonger(List<Timed> all) {
        List<Timed> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparingLong(Timed::nanos));
        double ranks = 0;
        for (int i = 0; i < sorted.size(); i++) {
            ranks += sorted.get(i).user() ? i + 1 : 0;
        }
        long of = all.stream().filter(Timed::user).count();
        long others = all.size() - of;
        return (ranks - of * (of + 1) / 2.0) / ((double) of * others);
    }
}
