package dev.ostiary.server.signin.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An answer that must not tell whether there is such a user")
class AnswerPaceTest {

    @ParameterizedTest
    @ValueSource(
            longs = {1, 7_000_000, 41_000_000, 41_700_000, 99_999_999, 100_000_001, 1_234_567_890})
    @DisplayName("leaves at the next full step, whenever its work is done")
    void leavesAtAStep(long passed) {
        long leaves = passed + AnswerPace.left(passed);

        assertThat(leaves % AnswerPace.STEP).isZero();
        assertThat(leaves - passed).isBetween(0L, AnswerPace.STEP - 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 100_000_000, 300_000_000})
    @DisplayName("waits no longer where the step has come")
    void leavesAtOnce(long passed) {
        assertThat(AnswerPace.left(passed)).isZero();
    }
}
