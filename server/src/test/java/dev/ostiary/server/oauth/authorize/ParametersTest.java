package dev.ostiary.server.oauth.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.http.Query;
import java.util.List;
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
    @DisplayName("of what a client wants to be sure of one has to be met, and the unknown is not")
    void assurance() {
        List<String> password = List.of("pwd");
        List<String> two = List.of("pwd", "otp", "mfa");
        assertThat(Assurance.isMet(List.of(), List.of())).isTrue();
        assertThat(Assurance.isMet(List.of("urn:okta:loa:2fa:any"), password)).isFalse();
        assertThat(Assurance.isMet(List.of("urn:okta:loa:2fa:any"), two)).isTrue();
        assertThat(Assurance.isMet(List.of("x", "urn:okta:loa:1fa:any"), password)).isTrue();
        assertThat(Assurance.isMet(List.of("phrh"), two)).isFalse();
    }
}
