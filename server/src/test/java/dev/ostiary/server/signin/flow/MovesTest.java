package dev.ostiary.server.signin.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.problem.ApiException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName("The table of moves (Authentication API, \"Transaction state\")")
class MovesTest {

    private static final Optional<String> UNSAID = Optional.empty();

    /** What the documentation lets be done in each state, read off its examples and notes. */
    private static final Map<State, Set<Move>> DOCUMENTED = documented();

    private static Map<State, Set<Move>> documented() {
        Map<State, Set<Move>> moves = new LinkedHashMap<>();
        moves.put(
                new State.PasswordWarn(),
                EnumSet.of(Move.GET, Move.CANCEL, Move.CHANGE_PASSWORD, Move.SKIP));
        moves.put(
                new State.PasswordExpired(),
                EnumSet.of(Move.GET, Move.CANCEL, Move.CHANGE_PASSWORD));
        moves.put(
                new State.PasswordReset(), EnumSet.of(Move.GET, Move.CANCEL, Move.RESET_PASSWORD));
        moves.put(new State.Recovery(), EnumSet.of(Move.GET, Move.CANCEL, Move.ANSWER_QUESTION));
        moves.put(new State.MfaRequired(), EnumSet.of(Move.GET, Move.CANCEL, Move.VERIFY_FACTOR));
        moves.put(
                new State.MfaChallenge("sms1", UNSAID, UNSAID),
                EnumSet.of(
                        Move.GET,
                        Move.CANCEL,
                        Move.VERIFY_FACTOR,
                        Move.RESEND_CHALLENGE,
                        Move.PREVIOUS));
        moves.put(
                new State.MfaEnroll(false), EnumSet.of(Move.GET, Move.CANCEL, Move.ENROLL_FACTOR));
        moves.put(
                new State.MfaEnroll(true),
                EnumSet.of(Move.GET, Move.CANCEL, Move.ENROLL_FACTOR, Move.SKIP));
        moves.put(
                new State.MfaEnrollActivate("opf1", UNSAID),
                EnumSet.of(
                        Move.GET,
                        Move.CANCEL,
                        Move.ACTIVATE_FACTOR,
                        Move.POLL_ACTIVATION,
                        Move.RESEND_ACTIVATION,
                        Move.SEND_ACTIVATION,
                        Move.PREVIOUS));
        moves.put(new State.Success(), EnumSet.of(Move.GET));
        return moves;
    }

    @TestFactory
    @DisplayName("in each state exactly the documented moves are allowed, any other is E0000079")
    Stream<DynamicTest> everyMoveInEveryState() {
        return DOCUMENTED.entrySet().stream()
                .flatMap(
                        row ->
                                Arrays.stream(Move.values())
                                        .map(
                                                move ->
                                                        cell(
                                                                row.getKey(),
                                                                move,
                                                                row.getValue().contains(move))));
    }

    private static DynamicTest cell(State state, Move move, boolean allowed) {
        String name = state + " " + move + (allowed ? " is allowed" : " is not");
        return DynamicTest.dynamicTest(
                name,
                () -> {
                    assertThat(Moves.allows(state, move)).isEqualTo(allowed);
                    if (allowed) {
                        Moves.require(state, move);
                    } else {
                        assertThatThrownBy(() -> Moves.require(state, move))
                                .isInstanceOfSatisfying(
                                        ApiException.class,
                                        refused -> {
                                            assertThat(refused.code()).isEqualTo("E0000079");
                                            assertThat(refused.causes()).hasSize(1);
                                        });
                    }
                });
    }

    @Test
    @DisplayName("who comes to an app as a stranger is looked at, or gives a password")
    void stranger() {
        assertThat(Move.values())
                .filteredOn(move -> Moves.allows(Status.UNAUTHENTICATED, move))
                .containsExactly(Move.GET, Move.AUTHENTICATE);
    }

    @Test
    @DisplayName("every kind of state that a transaction can rest in stands in the table")
    void complete() {
        Set<Class<?>> kinds =
                Arrays.stream(State.class.getPermittedSubclasses()).collect(Collectors.toSet());
        Set<Class<?>> known =
                DOCUMENTED.keySet().stream().map(Object::getClass).collect(Collectors.toSet());

        assertThat(known).isEqualTo(kinds);
    }
}
