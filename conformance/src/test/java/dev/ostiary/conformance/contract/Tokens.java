package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Await;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/**
 * API tokens that do not open what an administrator's does.
 *
 * @param foreign of another org's administrator
 * @param revoked one that was revoked
 * @param expired one that was not used for as long as it lasts
 * @param powerless of a user without an admin role
 */
record Tokens(String foreign, String revoked, String expired, String powerless) {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    static Tokens of(Stock stock, Org other) {
        return new Tokens(other.apiToken(), revoked(stock), expired(stock), powerless(stock));
    }

    private static String revoked(Stock stock) {
        JsonNode token = stock.token();
        stock.http().delete("/api/v1/api-tokens/" + token.path("id").asString()).expect(204);
        return token.path("token").asString();
    }

    /** Looking at a token is no use of it, so it ends while it is looked at. */
    private static String expired(Stock stock) {
        JsonNode token = token(stock, stock.org().adminLogin(), "PT1S");
        String path = "/api/v1/api-tokens/" + token.path("id").asString();
        if (!Await.until(PATIENCE, () -> stock.http().get(path).status() == 404)) {
            throw new AssertionError("a token of one second does not expire");
        }
        return token.path("token").asString();
    }

    private static String powerless(Stock stock) {
        return token(stock, stock.active(), "PT8H").path("token").asString();
    }

    private static JsonNode token(Stock stock, String user, String window) {
        return stock.http()
                .post(
                        "/ostiary/v1/apiTokens",
                        Json.object()
                                .put("user", user)
                                .put("name", stock.name())
                                .put("tokenWindow", window))
                .expect(201)
                .json();
    }
}
