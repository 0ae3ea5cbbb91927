package dev.ostiary.server.oauth.grants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Verifiers of codes, and hashes of what comes along")
class ProofsOfCodesTest {

    /** RFC 7636, appendix B. */
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private final OAuthErrors errors = OAuthErrors.load();

    @Test
    @DisplayName("the verifier of RFC 7636 proves its challenge, and no other text does")
    void verifier() {
        assertThatCode(() -> require(CHALLENGE, VERIFIER)).doesNotThrowAnyException();
        refused("invalid_grant", CHALLENGE, VERIFIER + "x");
        refused("invalid_grant", CHALLENGE, CHALLENGE);
        refused("invalid_grant", CHALLENGE, "short");
        refused("invalid_grant", CHALLENGE, "ä".repeat(50));
        refused("invalid_grant", VERIFIER, VERIFIER);
    }

    @Test
    @DisplayName("neither of the two is passed over where the other one is there")
    void downgrade() {
        refused("invalid_request", CHALLENGE, null);
        refused("invalid_request", null, VERIFIER);
        assertThatCode(() -> require(null, null)).doesNotThrowAnyException();
    }

    @Test
    @DisplayName("the hash of a token is the left half of its SHA-256")
    void halfHash() {
        // OpenID Connect Core 1.0, appendix A.3
        assertThat(HalfHash.of("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y"))
                .isEqualTo("77QmUPtjPfzWtF2AnpK9RQ");
    }

    private void require(@Nullable String challenge, @Nullable String verifier) {
        CodeVerifier.require(Optional.ofNullable(challenge), Optional.ofNullable(verifier), errors);
    }

    private void refused(String error, @Nullable String challenge, @Nullable String verifier) {
        assertThatThrownBy(() -> require(challenge, verifier))
                .isInstanceOfSatisfying(
                        OAuthException.class,
                        refused -> assertThat(refused.error()).isEqualTo(error));
    }
}
