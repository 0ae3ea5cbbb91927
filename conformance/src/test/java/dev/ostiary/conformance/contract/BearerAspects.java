package dev.ostiary.conformance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Http;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** P21, P22, P40: which operations an access token opens. */
final class BearerAspects {

    /**
     * Operations that a user has to ask for, or an API token: a client that acts for itself cannot.
     */
    private static final Set<String> OF_USERS = Set.of("revokeCurrentApiToken");

    private final AccessTokens tokens;

    BearerAspects(AccessTokens tokens) {
        this.tokens = tokens;
    }

    List<Aspect> all() {
        return List.of(
                new Aspect(
                        "P21 with an access token of its scope: what an API token gets",
                        ours().and(BearerAspects::isOfClients),
                        this::rightScope),
                new Aspect(
                        "P21 with an access token of the scope that includes it: the same",
                        ours().and(this::hasWider),
                        this::widerScope),
                new Aspect(
                        "P21 with an access token of another scope: 403 insufficient_scope",
                        taken(),
                        this::otherScope),
                new Aspect(
                        "P21 without a scope of its own: 403 to every access token",
                        asker ->
                                asker.operation().access() == Operation.Access.API_TOKEN
                                        && asker.operation().scopes().isEmpty(),
                        this::noScope),
                refused("P21 with a revoked access token: 401", all -> all.revoked(), "revoked"),
                refused(
                        "P40 with another org's access token: 401",
                        all -> all.foreign(),
                        "invalid"),
                refused(
                        "P22 with a custom authorization server's access token: 401",
                        all -> all.custom(),
                        "invalid"),
                new Aspect("P21 with an expired access token: 401", taken(), this::expired),
                new Aspect(
                        "P21 P22 what only an app may do for its user is for no other token: 403",
                        asker -> asker.operation().access() == Operation.Access.BEARER,
                        this::ofUsersOnly),
                new Aspect(
                        "P22 an access token is no API token: 401 E0000011",
                        ours(),
                        asker ->
                                asker.ask(asker.nobody().token(right(asker)), asker.anything())
                                        .expect(401, "E0000011")),
                new Aspect(
                        "P22 an access token is no session: 403",
                        asker -> asker.operation().access() == Operation.Access.SESSION,
                        asker ->
                                asker.ask(tokens.app().with(tokens.with(ANY)), asker.sample())
                                        .expect(403, "E0000006")));
    }

    private static final Set<String> ANY = Set.of("okta.users.manage");

    /** Operations that have scopes, in the org of the tokens. */
    private Predicate<Asker> ours() {
        return asker ->
                asker.operation().access() == Operation.Access.API_TOKEN
                        && !asker.operation().scopes().isEmpty()
                        && asker.org().id().equals(tokens.app().org().id());
    }

    /** Those, and the ones that only an app that acts for a user may ask for. */
    private Predicate<Asker> taken() {
        return ours().or(asker -> asker.operation().access() == Operation.Access.BEARER);
    }

    private void ofUsersOnly(Asker asker) {
        Call call = asker.sample();
        asker.ask(asker.here().http(), call).expect(403, "E0000006");
        asker.operation().scopes().forEach(tokens.app()::grant);
        String own = tokens.app().token(String.join(" ", asker.operation().scopes()));
        asker.ask(tokens.app().with(own), call).expect(403, "E0000006");
        String shown = call.accessToken().orElseThrow();
        asker.ask(asker.nobody().token(shown), call).expect(401, "E0000011");
        asker.ask(asker.nobody().with("Cookie", "sid=" + shown), call).expect(403, "E0000005");
    }

    private static boolean isOfClients(Asker asker) {
        return !OF_USERS.contains(asker.operation().id()) && asker.sample().token().isEmpty();
    }

    private String right(Asker asker) {
        return tokens.with(asker.operation().scopes());
    }

    private void rightScope(Asker asker) {
        asker.expectSuccess(asker.ask(tokens.app().with(right(asker)), asker.example()));
    }

    private void widerScope(Asker asker) {
        Answer answer = asker.ask(tokens.app().with(tokens.with(wider(asker))), asker.anything());
        assertThat(answer.header("WWW-Authenticate")).as(answer.toString()).isEmpty();
    }

    /** Logs are read only. */
    private boolean hasWider(Asker asker) {
        Set<String> wide = wider(asker);
        return !wide.equals(asker.operation().scopes()) && tokens.scopes().containsAll(wide);
    }

    /** {@code manage} where the operation asks for {@code read}. */
    private static Set<String> wider(Asker asker) {
        Set<String> wide = new HashSet<>();
        asker.operation()
                .scopes()
                .forEach(scope -> wide.add(scope.replaceAll("\\.(read|register)$", ".manage")));
        wide.removeIf(scope -> !scope.endsWith(".manage"));
        return wide;
    }

    private void otherScope(Asker asker) {
        boolean users =
                asker.operation().scopes().stream().anyMatch(each -> each.contains("users"));
        String other = tokens.with(Set.of(users ? "okta.groups.manage" : "okta.users.manage"));
        Call call = asker.anything();
        Answer answer = asker.ask(tokens.app().with(other), call).expect(403, "E0000006");
        String url = asker.org().url();
        assertThat(answer.lines("WWW-Authenticate"))
                .containsExactly(
                        "Bearer authorization_uri=\"%s/oauth2/v1/authorize\", realm=\"%s\","
                                        .formatted(url, url)
                                + " scope=\"%s\", error=\"insufficient_scope\","
                                        .formatted(
                                                String.join(
                                                        " ",
                                                        new TreeSet<>(asker.operation().scopes())))
                                + " error_description=\"The access token provided does not contain"
                                + " the required scopes.\", resource=\"%s\""
                                        .formatted(asker.operation().pathWith(call.variables())));
    }

    private void noScope(Asker asker) {
        Http http = asker.nobody().with("Authorization", "Bearer " + tokens.with(ANY));
        int status = asker.ask(http, asker.anything()).status();
        assertThat(status).isEqualTo(asker.org().id().equals(tokens.app().org().id()) ? 403 : 401);
    }

    private Aspect refused(String name, Function<AccessTokens, String> token, String why) {
        Consumer<Asker> test =
                asker ->
                        invalid(
                                asker.ask(tokens.app().with(token.apply(tokens)), asker.anything()),
                                why);
        return new Aspect(name, taken(), test);
    }

    private void expired(Asker asker) {
        Http http = tokens.late().nobody().with("Authorization", "Bearer " + tokens.expired());
        invalid(asker.ask(http, asker.anything()), "expired");
    }

    private static void invalid(Answer answer, String why) {
        answer.expect(401, "E0000011");
        assertThat(answer.lines("WWW-Authenticate"))
                .singleElement()
                .asString()
                .startsWith("Bearer authorization_uri=")
                .contains("error=\"invalid_token\"")
                .contains(why);
    }
}
