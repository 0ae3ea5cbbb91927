package dev.ostiary.platform.http;

import dev.ostiary.platform.problem.ApiException;
import java.util.List;
import java.util.Optional;

/**
 * Keeps pages that nobody trusts from acting in the name of whoever is signed in (P23): the
 * session's cookie goes with every request to the org, whichever page makes it ({@code
 * SameSite=None}, so that embedded sign-in works), but the browser says which page that is. So a
 * request to the API that carries the cookie and an origin that is neither the org's own nor listed
 * for CORS ends here, before the cookie is looked at: 403 {@code E0000006}.
 *
 * <p>Pages and the endpoints of OAuth and SAML are not concerned: sites send browsers there, and
 * they judge for themselves whether they may.
 */
final class CrossSite implements Step {

    private static final List<String> API = List.of("/api/", "/idp/", "/ostiary/");

    private final Origins origins;

    CrossSite(Origins origins) {
        this.origins = origins;
    }

    @Override
    public Optional<Reply> run(Exchange exchange) {
        List<String> pages = exchange.incoming.headers("Origin");
        if (pages.isEmpty() || Cookies.sessions(exchange.incoming).isEmpty()) {
            return Optional.empty();
        }
        String path = exchange.operation().path().text();
        boolean api = API.stream().anyMatch(path::startsWith);
        if (api && (pages.size() != 1 || !origins.trusts(exchange, pages.getFirst()))) {
            throw ApiException.forbidden();
        }
        return Optional.empty();
    }
}
