package dev.ostiary.server.oauth.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgSettings;
import dev.ostiary.platform.outbound.OutboundCall;
import dev.ostiary.platform.outbound.OutboundResult;
import dev.ostiary.server.fixture.AtOnce;
import dev.ostiary.server.fixture.StepClock;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Keys that clients publish themselves")
class PublishedKeySetsTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final String URI = "https://client.example/jwks";

    private final StepClock clock = new StepClock(START);
    private final List<OutboundCall> calls = Collections.synchronizedList(new ArrayList<>());
    private final OAuthErrors errors = OAuthErrors.load();
    private final Org acme = org(1);
    private OutboundResult answer = new OutboundResult.TimedOut();
    private final PublishedKeySets keySets =
            new PublishedKeySets(
                    call -> {
                        calls.add(call);
                        return answer;
                    },
                    new RegisteredKeySets(errors),
                    errors,
                    clock);

    private static Org org(long number) {
        return new Org(
                number,
                "00o0000000000000" + number + "1d7",
                "o" + number,
                null,
                OrgSettings.defaults(),
                START);
    }

    private static ECKey key(String kid) throws Exception {
        return new ECKeyGenerator(Curve.P_256).keyID(kid).generate();
    }

    private static OutboundResult published(JWK... keys) {
        String set = new JWKSet(List.of(keys)).toString();
        return new OutboundResult.Answered(200, set.getBytes(StandardCharsets.UTF_8));
    }

    private List<JWK> of(Org org, String uri) {
        return keySets.of(org, publishing(uri));
    }

    private List<JWK> newer(List<JWK> old) {
        return keySets.newer(acme, publishing(URI), old);
    }

    private static OAuthClient publishing(String uri) {
        return client("{\"keys\":[]}", Optional.of(uri));
    }

    private static OAuthClient client(String jwks, Optional<String> uri) {
        return new OAuthClient(
                "client",
                "0oa",
                "Client",
                true,
                "service",
                "private_key_jwt",
                Set.of("client_credentials"),
                List.of(),
                false,
                jwks,
                uri,
                false,
                false,
                0,
                Set.of(),
                false,
                List.of(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private void refused(String uri, String code) {
        assertThatExceptionOfType(OAuthException.class)
                .isThrownBy(() -> of(acme, uri))
                .satisfies(thrown -> assertThat(thrown.code()).isEqualTo(code));
    }

    @Test
    @DisplayName("given a set was fetched: it is good for ten minutes, then fetched again")
    void kept() throws Exception {
        answer = published(key("one"));

        assertThat(of(acme, URI)).extracting(JWK::getKeyID).containsExactly("one");
        of(acme, URI);
        clock.move(Duration.ofMinutes(9));
        of(acme, URI);
        assertThat(calls).hasSize(1);
        assertThat(calls.getFirst().method()).isEqualTo("GET");
        clock.move(Duration.ofMinutes(2));
        of(acme, URI);
        assertThat(calls).hasSize(2);
    }

    @Test
    @DisplayName("given none of the keys has signed: the set is fetched again at once")
    void rotates() throws Exception {
        answer = published(key("one"));
        List<JWK> old = of(acme, URI);
        answer = published(key("two"));

        assertThat(of(acme, URI)).isEqualTo(old);
        assertThat(newer(old)).extracting(JWK::getKeyID).containsExactly("two");
        assertThat(of(acme, URI)).extracting(JWK::getKeyID).containsExactly("two");
        assertThat(calls).hasSize(2);
    }

    @Test
    @DisplayName(
            "given somebody else has fetched it meanwhile: what came of that is good, without another fetch")
    void rotatedAlready() throws Exception {
        answer = published(key("one"));
        List<JWK> old = of(acme, URI);
        answer = published(key("two"));

        AtOnce.call(Collections.nCopies(10, () -> newer(old)));
        assertThat(calls).hasSize(2);
    }

    @Test
    @DisplayName(
            "given signatures of nobody's keys: the set is fetched three times in half a minute, not more")
    void bounded() throws Exception {
        answer = published(key("one"));
        List<JWK> old = of(acme, URI);
        for (int i = 0; i < 100; i++) {
            assertThat(newer(old)).isEqualTo(old);
        }
        assertThat(calls).hasSize(4);
        clock.move(Duration.ofSeconds(31));
        newer(old);
        assertThat(calls).hasSize(5);
    }

    @Test
    @DisplayName("given the site fails when it is asked again: what was known stays known")
    void failsLater() throws Exception {
        answer = published(key("one"));
        List<JWK> old = of(acme, URI);
        answer = new OutboundResult.TimedOut();

        assertThat(newer(old)).isEqualTo(old);
        assertThat(of(acme, URI)).isEqualTo(old);
        clock.move(Duration.ofMinutes(11));
        refused(URI, "jwks_uri_error");
    }

    @Test
    @DisplayName(
            "given a site that fails: the error says so, and it is left alone for half a minute")
    void fails() throws Exception {
        refused(URI, "jwks_uri_error");
        answer = published(key("one"));
        refused(URI, "jwks_uri_error");
        assertThat(calls).hasSize(1);
        clock.move(Duration.ofSeconds(31));
        assertThat(of(acme, URI)).hasSize(1);
    }

    @Test
    @DisplayName(
            "given what is no set of keys with names of their own, or no https: documented errors")
    void wrong() throws Exception {
        answer = new OutboundResult.Answered(404, new byte[0]);
        refused(URI + "/404", "jwks_uri_error");
        answer = new OutboundResult.NotPermitted();
        refused(URI + "/private", "jwks_uri_error");
        answer = new OutboundResult.Answered(200, "nonsense".getBytes(StandardCharsets.UTF_8));
        refused(URI + "/nonsense", "client_assertion_invalid_jwks");
        answer = published();
        refused(URI + "/empty", "jwks_uri_no_key");
        answer = published(key("one"), key("one"));
        refused(URI + "/same", "jwks_uri_ambiguous_keys");
        calls.clear();
        answer = published(key("one"));
        for (String uri :
                List.of("http://client.example/jwks", "file:///etc/passwd", "https://", "x y")) {
            refused(uri, "jwks_uri_error");
        }
        assertThat(calls).isEmpty();
    }

    @Test
    @DisplayName("given a client that registered its keys: nothing is fetched")
    void registered() throws Exception {
        String jwks = new JWKSet(key("own").toPublicJWK()).toString();

        assertThat(keySets.of(acme, client(jwks, Optional.empty()))).hasSize(1);
        assertThat(calls).isEmpty();
    }

    @Test
    @DisplayName("P39 P40 of ten requests at once one fetches, and each org for itself")
    void atOnce() throws Exception {
        answer = published(key("one"));
        List<Callable<List<JWK>>> all = Collections.nCopies(10, () -> of(acme, URI));
        AtOnce.call(all);
        assertThat(calls).hasSize(1);
        of(org(2), URI);
        assertThat(calls).hasSize(2);
    }
}
