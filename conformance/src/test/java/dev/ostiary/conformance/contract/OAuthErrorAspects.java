package dev.ostiary.conformance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * P19: what clients of authorization servers are refused with is OAuth's (RFC 6749, 5.2), from the
 * catalogue, and says nothing of theirs back unescaped. Every endpoint that takes a form from a
 * client is asked; what it takes besides does not matter, since it is refused before.
 */
final class OAuthErrorAspects {

    private static final Set<String> FAMILIES = Set.of("OrgAS", "CustomAS");

    private static final String HOSTILE = "%3Cscript%3Ealert(1)%3C%2Fscript%3E";

    /** {@code status error}, of every line of the catalogue. */
    private final Set<String> catalogue;

    private OAuthErrorAspects(Set<String> catalogue) {
        this.catalogue = catalogue;
    }

    static OAuthErrorAspects read(Path home) {
        try (var lines = Files.lines(home.resolve("contract/oauth-errors.tsv"))) {
            return new OAuthErrorAspects(
                    lines.skip(1)
                            .map(line -> line.split("\t", -1))
                            .map(row -> row[1] + " " + row[2])
                            .collect(Collectors.toSet()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Aspect> all() {
        return List.of(
                of("P19 without a client: an OAuth error", this::nobody),
                of("P19 by a client that is none: an OAuth error", this::noClient),
                of("P19 by credentials that are none: 401 invalid_client", this::noCredentials),
                of("P19 with a parameter that comes twice: 400 invalid_request", this::twice),
                new Aspect(
                        "P19 without an access token, or with none that is one: 401 and the challenge says why",
                        isOfBearer(),
                        this::challenged));
    }

    private static Aspect of(String name, Consumer<Asker> test) {
        return new Aspect(name, takesForms(), test);
    }

    private static Predicate<Asker> takesForms() {
        return asker ->
                FAMILIES.contains(asker.operation().family())
                        && asker.operation().method().equals("POST")
                        && !isOfBearer().test(asker)
                        && !asker.examples().mediaType(asker.operation()).equals("text/html");
    }

    private static Predicate<Asker> isOfBearer() {
        return asker -> asker.operation().path().endsWith("/userinfo");
    }

    private void nobody(Asker asker) {
        refused(asker, "a=b");
        refused(asker, "");
    }

    private void noClient(Asker asker) {
        refused(asker, "client_id=nobody&client_secret=nothing");
        refused(asker, "client_id=" + HOSTILE + "&client_secret=" + HOSTILE);
        refused(asker, "client_id=nobody&client_assertion=" + HOSTILE);
    }

    private void noCredentials(Asker asker) {
        Call call = asker.sample();
        for (String credentials : List.of("Basic nonsense", "Basic !!!", "Basic Og==")) {
            Answer answer =
                    asker.ask(
                            asker.nobody().with("Authorization", credentials),
                            call.sending(new Call.Form("token=nonsense", "")));
            catalogued(answer);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(401);
            assertThat(answer.text("error")).as(answer.toString()).isEqualTo("invalid_client");
        }
    }

    private void twice(Asker asker) {
        Answer answer = refused(asker, "client_id=a&client_id=b");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.text("error")).as(answer.toString()).isEqualTo("invalid_request");
    }

    private void challenged(Asker asker) {
        Call call = asker.sample();
        for (String credentials : List.of("", "Bearer nonsense", "Bearer a.b.c", "SSWS x")) {
            Answer answer = asker.ask(asker.nobody().with("Authorization", credentials), call);
            catalogued(answer);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate"))
                    .hasValueSatisfying(
                            challenge ->
                                    assertThat(challenge)
                                            .contains(
                                                    "error=\"" + answer.text("error") + "\"",
                                                    answer.text("error_description")));
        }
    }

    private Answer refused(Asker asker, String form) {
        Answer answer = asker.ask(asker.sample().sending(new Call.Form(form, "")));
        catalogued(answer);
        return answer;
    }

    private void catalogued(Answer answer) {
        assertThat(answer.status() + " " + answer.text("error"))
                .as(answer.toString())
                .isIn(catalogue);
        assertThat(answer.text("error_description")).as(answer.toString()).isNotBlank();
        assertThat(new String(answer.bytes(), StandardCharsets.UTF_8)).doesNotContain("<script");
    }
}
