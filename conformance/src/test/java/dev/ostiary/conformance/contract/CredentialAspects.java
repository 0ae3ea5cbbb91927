package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Http;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** P20, P22, P40: whom an operation lets in. */
final class CredentialAspects {

    private CredentialAspects() {}

    static List<Aspect> all() {
        return List.of(
                closed(
                        "P20 without credentials: 403 E0000005",
                        asker ->
                                asker.ask(asker.nobody(), asker.anything())
                                        .expect(403, "E0000005")),
                closed(
                        "P20 with a token that is none: 401 E0000011",
                        CredentialAspects::withNoToken),
                refused("P20 with an expired token: 401 E0000011", Tokens::expired),
                refused("P20 with a revoked token: 401 E0000011", Tokens::revoked),
                refused("P40 with another org's token: 401 E0000011", Tokens::foreign),
                closed(
                        "P22 an API token is no access token: 401 E0000011",
                        CredentialAspects::bearer),
                closed(
                        "P20 under a scheme that is none: 403 E0000005",
                        CredentialAspects::noScheme),
                closed(
                        "P20 with the token of a user without a role: 403, of whatever is not its own",
                        CredentialAspects::powerless),
                new Aspect(
                        "P20 anyone may ask, but a token that is shown has to be good",
                        asker -> asker.operation().access() == Operation.Access.OPTIONAL_TOKEN,
                        CredentialAspects::optional),
                new Aspect(
                        "P22 P23 an API token signs nobody in: 403",
                        asker -> asker.operation().access() == Operation.Access.SESSION,
                        CredentialAspects::signedInOnly),
                new Aspect(
                        "P23 a page of another site does nothing in the name of who is signed in: 403",
                        asker ->
                                asker.operation().access() == Operation.Access.SESSION
                                        && asker.operation().path().startsWith("/api/"),
                        CredentialAspects::crossSite),
                new Aspect(
                        "P20 anyone may ask, and a stale token keeps nobody from it",
                        asker -> asker.operation().access() == Operation.Access.PUBLIC,
                        CredentialAspects::open));
    }

    private static Aspect closed(String name, Consumer<Asker> test) {
        return new Aspect(
                name,
                asker ->
                        switch (asker.operation().access()) {
                            case API_TOKEN, BEARER -> true;
                            case PUBLIC, OPTIONAL_TOKEN, SESSION -> false;
                        },
                test);
    }

    private static Aspect refused(String name, Function<Tokens, String> token) {
        return closed(
                name,
                asker ->
                        asker.ask(
                                        asker.nobody().token(token.apply(asker.tokens())),
                                        asker.anything())
                                .expect(401, "E0000011"));
    }

    private static void withNoToken(Asker asker) {
        Call call = asker.anything();
        for (String text : List.of("00NobodysToken", "x".repeat(5000), "%00", "")) {
            asker.ask(asker.nobody().token(text), call).expect(401, "E0000011");
        }
    }

    private static void bearer(Asker asker) {
        Http bearer = asker.nobody().with("Authorization", "Bearer " + asker.org().apiToken());
        asker.ask(bearer, asker.anything()).expect(401, "E0000011");
    }

    private static void noScheme(Asker asker) {
        String token = asker.org().apiToken();
        String basic =
                Base64.getEncoder()
                        .encodeToString(("admin:" + token).getBytes(StandardCharsets.UTF_8));
        Call call = asker.anything();
        for (String authorization : List.of("Basic " + basic, token, "Token " + token)) {
            asker.ask(asker.nobody().with("Authorization", authorization), call)
                    .expect(403, "E0000005");
        }
    }

    /** Of others' objects such a user learns nothing, not even whether they exist. */
    private static void powerless(Asker asker) {
        Call example = asker.sample();
        if (example.token().isPresent()) {
            return;
        }
        Http user = asker.nobody().token(asker.tokens().powerless());
        asker.ask(user, example).expect(403, "E0000006");
        asker.ask(user, asker.anything()).expect(403, "E0000006");
    }

    private static void optional(Asker asker) {
        asker.expectSuccess(asker.ask(asker.nobody(), asker.example()));
        Call call = asker.sample();
        for (String token :
                List.of(
                        "stale",
                        asker.tokens().expired(),
                        asker.tokens().revoked(),
                        asker.tokens().foreign())) {
            asker.ask(asker.nobody().token(token), call).expect(401, "E0000011");
        }
    }

    private static void signedInOnly(Asker asker) {
        asker.ask(asker.here().http(), asker.sample()).expect(403, "E0000006");
        int status = asker.ask(asker.nobody(), asker.sample()).status();
        asker.ask(asker.nobody().with("Cookie", "sid=102nobodys"), asker.sample()).expect(status);
    }

    private static void crossSite(Asker asker) {
        Call call = asker.example();
        for (String origin : List.of("https://evil.example", "null", asker.org().url() + ".evil")) {
            asker.ask(asker.as(call).with("Origin", origin), call).expect(403, "E0000006");
        }
        asker.expectSuccess(asker.ask(asker.as(call).with("Origin", asker.org().url()), call));
    }

    private static void open(Asker asker) {
        int status = asker.ask(asker.nobody(), asker.example()).status();
        asker.ask(asker.nobody().token("stale"), asker.example()).expect(status);
    }
}
