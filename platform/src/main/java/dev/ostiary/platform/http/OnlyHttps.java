package dev.ostiary.platform.http;

import dev.ostiary.platform.problem.ApiException;
import java.util.Optional;

/**
 * Nobody is served whose request has gone over a wire in the clear (P2): on the plain port that is
 * everybody but a trusted proxy that says {@code https}, and behind a proxy whoever it says it of.
 * Health is no secret, and who balances loads asks for it plainly.
 */
final class OnlyHttps implements Step {

    @Override
    public Optional<Reply> run(Exchange exchange) {
        Incoming in = exchange.incoming;
        if (!in.secure() && !in.rawPath().startsWith("/health/")) {
            throw ApiException.of("E0000006").because("Only HTTPS is served.");
        }
        return Optional.empty();
    }
}
