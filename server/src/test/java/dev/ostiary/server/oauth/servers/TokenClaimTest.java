package dev.ostiary.server.oauth.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.server.oauth.servers.TokenClaim.ClaimType;
import dev.ostiary.server.oauth.servers.TokenClaim.OfAppUser;
import dev.ostiary.server.oauth.servers.TokenClaim.ValueType;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A claim")
class TokenClaimTest {

    private static TokenClaim claim(Status status, ValueType type, String value) {
        return new TokenClaim(
                "ocl1",
                "claim",
                status,
                ClaimType.RESOURCE,
                type,
                value,
                null,
                List.of(),
                false,
                false);
    }

    @ParameterizedTest
    @CsvSource({
        "user.login, NOTHING",
        "(appuser != null) ? appuser.userName : app.clientId, NAME",
        "appuser.userName, NAME",
        "appuser.userNameOfOld, ALL",
        "appuser.username, ALL",
        "appuser.department, ALL",
        "appuser == null, ALL",
        "'APPUSER[\"userName\"]', ALL",
        "appuser.userName + appuser.department, ALL"
    })
    @DisplayName(
            "says what of the user in the app it may depend on, rather too much than too little")
    void ofAppUser(String expression, OfAppUser expected) {
        assertThat(claim(Status.ACTIVE, ValueType.EXPRESSION, expression).ofAppUser())
                .isEqualTo(expected);
    }

    @Test
    @DisplayName("that is no expression, or inactive, depends on nothing of it")
    void others() {
        assertThat(claim(Status.ACTIVE, ValueType.GROUPS, "appuser.x").ofAppUser())
                .isEqualTo(OfAppUser.NOTHING);
        assertThat(claim(Status.INACTIVE, ValueType.EXPRESSION, "appuser.x").ofAppUser())
                .isEqualTo(OfAppUser.NOTHING);
    }
}
