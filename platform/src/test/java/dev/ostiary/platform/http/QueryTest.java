package dev.ostiary.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.problem.ApiException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {

    @ParameterizedTest
    @ValueSource(strings = {"q=%00", "q=a%00b", "%00=a", "q=%", "q=%zz"})
    @DisplayName("P8 a NUL and a broken escape are refused before anybody reads the parameter")
    void refused(String raw) {
        assertThatThrownBy(() -> Query.parse(raw))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.code()).isEqualTo("E0000020"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"q=caf%C3%A9", "a=1&q=caf%c3%a9", "q=caf\u00e9"})
    @DisplayName("P3 P8 everything else is decoded, in any order")
    void decoded(String raw) {
        assertThat(Query.parse(raw).text("q")).contains("caf\u00e9");
    }
}
