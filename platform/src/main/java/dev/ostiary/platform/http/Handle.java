package dev.ostiary.platform.http;

import dev.ostiary.platform.problem.ApiException;
import java.util.Optional;

/** The operation itself. One that nobody has bound says so loudly: 501 {@code E0000060}. */
final class Handle implements Step {

    private final EventScope scope;
    private final RateLimits limits;

    Handle(EventScope scope, RateLimits limits) {
        this.scope = scope;
        this.limits = limits;
    }

    @Override
    public Optional<Reply> run(Exchange exchange) {
        Binding binding = exchange.binding().orElseThrow(() -> ApiException.of("E0000060"));
        Request request =
                new Request(
                        exchange.requestId,
                        exchange.org(),
                        exchange.operation(),
                        exchange.caller(),
                        exchange.variables(),
                        exchange.query(),
                        exchange.client().baseUrl(),
                        exchange.incoming::headers,
                        exchange.body());
        binding.userName().apply(request).ifPresent(name -> limits.countUserName(exchange, name));
        return Optional.of(scope.within(exchange, () -> binding.handler().handle(request)));
    }
}
