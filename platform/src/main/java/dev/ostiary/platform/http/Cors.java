package dev.ostiary.platform.http;

import dev.ostiary.platform.contract.Contract;
import dev.ostiary.platform.contract.Operation;
import dev.ostiary.platform.contract.Verb;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Cross-origin requests (P35): an operation that is published with CORS answers pages of the org's
 * own origin and of origins that the org trusts, with credentials; nobody else gets the headers.
 * They stand on whatever the later steps answer, so that a page can read why it was refused.
 *
 * <p>A few endpoints answer the pages of every origin, but without credentials: they judge for
 * themselves whom they serve.
 *
 * <p>Origins are compared as text, since browsers write each in one way only. {@code null}, which
 * stands for any sandboxed page or file, is never trusted; nor is a request that names several.
 */
final class Cors implements Step {

    private static final String EXPOSED =
            "Link, X-Okta-Request-Id, X-Rate-Limit-Limit, X-Rate-Limit-Remaining, X-Rate-Limit-Reset";

    /** What clients of OAuth read (RFC 9449, 8.2). */
    private static final String EXPOSED_TO_ALL = "DPoP-Nonce, WWW-Authenticate, " + EXPOSED;

    /** For how long a browser may spare itself the next preflight, in seconds. */
    private static final String PREFLIGHT_HOLDS = "3600";

    private static final int MOST_HEADERS = 1024;
    private static final Pattern HEADERS = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~, -]*");

    private final Contract contract;
    private final Origins origins;

    Cors(Contract contract, Origins origins) {
        this.contract = contract;
        this.origins = origins;
    }

    @Override
    public Optional<Reply> run(Exchange exchange) {
        List<String> pages = exchange.incoming.headers("Origin");
        if (pages.size() != 1) {
            return Optional.empty();
        }
        String origin = pages.getFirst();
        Optional<String> asked = exchange.incoming.header("Access-Control-Request-Method");
        if (exchange.incoming.method().equals("OPTIONS") && asked.isPresent()) {
            return preflight(exchange, origin, asked.get());
        }
        if (answersPages(exchange)) {
            boolean all = answersAll(exchange, verb(exchange));
            boolean trusted = origins.trusts(exchange, origin);
            if (trusted) {
                allow(exchange, origin);
            } else if (all) {
                allowWithoutCredentials(exchange, origin);
            }
            if (trusted || all) {
                exchange.replyHeader(
                        "Access-Control-Expose-Headers", all ? EXPOSED_TO_ALL : EXPOSED);
            }
        }
        return Optional.empty();
    }

    private Optional<Reply> preflight(Exchange exchange, String origin, String method) {
        boolean published =
                Verb.of(method)
                        .filter(verb -> verb != Verb.OPTIONS)
                        .map(verb -> match(exchange, verb))
                        .filter(Cors::isForPages)
                        .isPresent();
        if (!published) {
            return Optional.empty();
        }
        if (origins.trusts(exchange, origin)) {
            allow(exchange, origin);
        } else if (answersAll(exchange, Verb.of(method).orElseThrow())) {
            allowWithoutCredentials(exchange, origin);
        } else {
            return Optional.empty();
        }
        exchange.replyHeader("Access-Control-Allow-Methods", method);
        exchange.incoming
                .header("Access-Control-Request-Headers")
                .filter(Cors::isHeaderList)
                .ifPresent(names -> exchange.replyHeader("Access-Control-Allow-Headers", names));
        exchange.replyHeader("Access-Control-Max-Age", PREFLIGHT_HOLDS);
        return Optional.of(Reply.noContent());
    }

    private static void allow(Exchange exchange, String origin) {
        allowWithoutCredentials(exchange, origin);
        exchange.replyHeader("Access-Control-Allow-Credentials", "true");
    }

    private static void allowWithoutCredentials(Exchange exchange, String origin) {
        exchange.replyHeader("Access-Control-Allow-Origin", origin);
    }

    private boolean answersAll(Exchange exchange, Verb verb) {
        return match(exchange, verb) instanceof Contract.Match.Found(Operation operation, var path)
                && operation.pages() == Operation.Pages.ANY;
    }

    private static Verb verb(Exchange exchange) {
        return Verb.of(exchange.incoming.method()).orElse(Verb.OPTIONS);
    }

    /**
     * Whether the operation asked for is for pages; for a verb that the path lacks, whether any of
     * the path's is, so that a page can read the 405.
     */
    private boolean answersPages(Exchange exchange) {
        return switch (match(exchange, verb(exchange))) {
            case Contract.Match.Found found -> found.operation().cors();
            case Contract.Match.OtherVerbs others -> anyForPages(exchange, others.allowed());
            case Contract.Match.NoSuchPath none -> false;
        };
    }

    private boolean anyForPages(Exchange exchange, Set<Verb> verbs) {
        return verbs.stream().map(verb -> match(exchange, verb)).anyMatch(Cors::isForPages);
    }

    private static boolean isForPages(Contract.Match match) {
        return match instanceof Contract.Match.Found(Operation operation, var variables)
                && operation.cors();
    }

    private Contract.Match match(Exchange exchange, Verb verb) {
        return Urls.segments(exchange.incoming.rawPath())
                .map(segments -> contract.match(verb, segments))
                .orElseGet(Contract.Match.NoSuchPath::new);
    }

    private static boolean isHeaderList(String text) {
        return text.length() <= MOST_HEADERS && HEADERS.matcher(text).matches();
    }
}
