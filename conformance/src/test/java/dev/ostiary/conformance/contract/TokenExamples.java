package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Json;

/** The tag ApiToken and the making of tokens. */
final class TokenExamples implements Examples.Family {

    @Override
    public void say(Examples examples) {
        examples.of("listApiTokens", stock -> Call.plain());
        examples.of("getApiToken", stock -> Call.on("apiTokenId", id(stock)));
        examples.of(
                "upsertApiToken",
                stock ->
                        Call.on("apiTokenId", id(stock))
                                .body(
                                        "{\"name\":\"renamed\",\"network\":{\"connection\":\"ANYWHERE\"}}"));
        examples.of("revokeApiToken", stock -> Call.on("apiTokenId", id(stock)));
        examples.of(
                "revokeCurrentApiToken",
                stock -> Call.plain().by(stock.token().path("token").asString()));
        examples.of(
                "createOstiaryApiToken",
                stock ->
                        Call.plain()
                                .body(
                                        Json.object()
                                                .put("user", stock.org().adminLogin())
                                                .put("name", stock.name())
                                                .put("tokenWindow", "PT8H")));
    }

    private static String id(Stock stock) {
        return stock.token().path("id").asString();
    }
}
