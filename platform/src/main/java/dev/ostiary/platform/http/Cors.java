package dev.ostiary.platform.http;

import dev.ostiary.platform.contract.Contract;
import dev.ostiary.platform.contract.Operation;
import dev.ostiary.platform.contract.Verb;
import java.util.List;
import java.util.Optional;

/**
 * Cross-origin requests (P35): an operation that is published with CORS answers pages of origins
 * that the org trusts, with credentials; nobody else gets the headers. Every answer varies by
 * origin.
 */
final class Cors implements Step {

    private static final String EXPOSED =
            "Link, X-Okta-Request-Id, X-Rate-Limit-Limit, X-Rate-Limit-Remaining, X-Rate-Limit-Reset";

    private final Contract contract;
    private final TrustedOrigins trusted;

    Cors(Contract contract, TrustedOrigins trusted) {
        this.contract = contract;
        this.trusted = trusted;
    }

    @Override
    public Optional<Reply> run(Exchange exchange) {
        exchange.replyHeader("Vary", "Origin");
        Optional<String> origin = exchange.incoming.header("Origin");
        Optional<String> asked = exchange.incoming.header("Access-Control-Request-Method");
        boolean preflight = exchange.incoming.method().equals("OPTIONS") && asked.isPresent();
        if (origin.isEmpty()
                || !trusted.trusts(exchange.org(), exchange.versions(), origin.get())) {
            return Optional.empty();
        }
        Optional<Verb> verb = Verb.of(preflight ? asked.get() : exchange.incoming.method());
        Optional<Operation> operation = verb.flatMap(v -> operation(exchange, v));
        if (operation.isEmpty() || !operation.get().cors()) {
            return Optional.empty();
        }
        exchange.replyHeader("Access-Control-Allow-Origin", origin.get());
        exchange.replyHeader("Access-Control-Allow-Credentials", "true");
        if (!preflight) {
            exchange.replyHeader("Access-Control-Expose-Headers", EXPOSED);
            return Optional.empty();
        }
        exchange.replyHeader("Access-Control-Allow-Methods", operation.get().verb().name());
        exchange.incoming
                .header("Access-Control-Request-Headers")
                .filter(Cors::isHeaderList)
                .ifPresent(names -> exchange.replyHeader("Access-Control-Allow-Headers", names));
        exchange.replyHeader("Access-Control-Max-Age", "3600");
        return Optional.of(Reply.noContent());
    }

    private Optional<Operation> operation(Exchange exchange, Verb verb) {
        Optional<List<String>> segments = Urls.segments(exchange.incoming.rawPath());
        return segments.isPresent()
                        && contract.match(verb, segments.get())
                                instanceof Contract.Match.Found found
                ? Optional.of(found.operation())
                : Optional.empty();
    }

    private static boolean isHeaderList(String text) {
        return text.length() <= 1024 && text.matches("[A-Za-z0-9!#$%&'*+.^_`|~, -]*");
    }
}
