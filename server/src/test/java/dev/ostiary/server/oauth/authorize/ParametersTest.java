package dev.ostiary.server.oauth.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.http.Query;
import dev.ostiary.server.policy.assurance.Lack;
import dev.ostiary.server.policy.assurance.Method;
import dev.ostiary.server.policy.assurance.Proven;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a request for authorization says")
class ParametersTest {

    @Test
    @DisplayName(
            "a parameter without a value is as good as none, and one that comes twice is in doubt")
    void read() {
        Parameters said = Parameters.of(Query.parse("a=1&b=&c=1&c=2"));
        assertThat(said.text("a")).contains("1");
        assertThat(said.text("b")).isEmpty();
        assertThat(said.isAmbiguous("c")).isTrue();
        assertThat(said.isAmbiguous("a")).isFalse();
        assertThat(said.isAmbiguous()).isTrue();
    }

    @Test
    @DisplayName("what waits in the database has neither session tokens nor what is not understood")
    void kept() {
        Parameters said =
                Parameters.of(Query.parse("client_id=c&state=s%20t&sessionToken=x&junk=y"));
        Parameters back = Parameters.parse(said.json());
        assertThat(back.values().keySet()).containsExactlyInAnyOrder("client_id", "state");
        assertThat(back.text("state")).contains("s t");
        assertThat(said.toString()).doesNotContain("s t");
    }

    @Test
    @DisplayName("response types are three words in any order, each once")
    void responseTypes() {
        assertThat(ResponseType.parse("token code").orElseThrow().words())
                .containsExactly("code", "token");
        assertThat(ResponseType.parse("id_token").orElseThrow().hasTokens()).isTrue();
        assertThat(ResponseType.parse("code").orElseThrow().hasTokens()).isFalse();
        for (String wrong : List.of("", " ", "code code", "none", "code ", "CODE")) {
            assertThat(ResponseType.parse(wrong)).as(wrong).isEmpty();
        }
    }

    @Test
    @DisplayName("prompts are none alone, or login and consent in any order")
    void prompts() {
        assertThat(Prompt.parse("consent login")).contains(new Prompt(false, true, true));
        assertThat(Prompt.parse("none")).contains(new Prompt(true, false, false));
        for (String wrong : List.of("", "none login", "login login", "select_account")) {
            assertThat(Prompt.parse(wrong)).as(wrong).isEmpty();
        }
    }

    @Test
    @DisplayName(
            "of what a client wants to be sure of one has to be met; the unknown is passed over")
    void assurance() {
        Instant noon = Instant.parse("2026-03-01T12:00:00Z");
        Proven password = Proven.NOTHING.with(Method.PASSWORD, noon);
        Proven two = password.with(Method.TOTP, noon);
        assertThat(asked().lacking(Proven.NOTHING, noon)).isEmpty();
        assertThat(asked("x").lacking(Proven.NOTHING, noon)).isEmpty();
        assertThat(asked("urn:okta:loa:2fa:any").lacking(password, noon))
                .get()
                .isInstanceOf(Lack.Factor.class);
        assertThat(asked("urn:okta:loa:2fa:any").lacking(two, noon)).isEmpty();
        Assurance either = asked("x", "urn:okta:loa:2fa:any", "urn:okta:loa:1fa:any");
        assertThat(either.lacking(password, noon)).isEmpty();
        assertThat(either.met(password, noon)).contains("urn:okta:loa:1fa:any");
        assertThat(either.met(two, noon)).contains("urn:okta:loa:2fa:any");
        assertThat(asked("phr").lacking(two, noon))
                .contains(new Lack.Factor(Set.of(Method.WEBAUTHN, Method.WEBAUTHN_VERIFIED)));
        assertThat(asked("phrh").lacking(two, noon)).contains(new Lack.Impossible());
    }

    private static Assurance asked(String... values) {
        return new Assurance(List.of(values));
    }
}
