package dev.ostiary.server.signin.factors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.problem.ApiException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A phone number")
class PhoneNumberTest {

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "+1-555-415-1337, +15554151337",
        "+44 (20) 7183.8750, +442071838750",
        "(415) 599-2671, +14155992671",
        "1 415 599 2671, +14155992671",
        "162 840 01133\u202c, +16284001133",
    })
    @DisplayName("is read as people write it")
    void read(String written, String number) {
        assertThat(PhoneNumber.of(written, null).text()).isEqualTo(number);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                "555",
                "555-1337",
                "020 7183 8750",
                "115 599 2671",
                "+0123456",
                "+1555415133712345",
                "+1 555 415 1337 ext 5",
                "+１５５５４１５１３３７"
            })
    @DisplayName("that is none is refused")
    void refused(String written) {
        assertThatThrownBy(() -> PhoneNumber.of(written, null))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("E0000098");
    }
}
