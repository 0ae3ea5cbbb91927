package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.http.Query;
import dev.ostiary.platform.http.Request;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a request to an OAuth endpoint. A parameter without a value is as good as none
 * (RFC 6749, 3.2). Immutable; prints no value.
 */
public record Form(Map<String, List<String>> values) {

    /** OpenID Connect API, "Scope values". */
    private static final int LONGEST_SCOPE = 1024;

    /**
     * Reads the body.
     *
     * @throws OAuthException {@code invalid_request} for a parameter that comes twice, and for
     *     secrets in the query
     */
    public static Form read(Request request, OAuthErrors errors) {
        if (request.query().first("client_secret").isPresent()
                || request.query().first("client_assertion").isPresent()) {
            throw errors.of("client_credentials_in_query");
        }
        Form form =
                new Form(Query.parse(new String(request.body(), StandardCharsets.UTF_8)).values());
        List<String> twice =
                form.values.entrySet().stream()
                        .filter(each -> each.getValue().size() > 1)
                        .map(Map.Entry::getKey)
                        .filter(name -> name.matches("[A-Za-z0-9_]{1,64}"))
                        .toList();
        if (!twice.isEmpty()) {
            throw errors.of("illegal_duplicated_parameters", String.join(", ", twice));
        }
        return form;
    }

    /** The value of a parameter. */
    public Optional<String> text(String name) {
        List<String> all = values.get(name);
        return all == null || all.getFirst().isEmpty()
                ? Optional.empty()
                : Optional.of(all.getFirst());
    }

    /**
     * The value of a parameter that has to be there.
     *
     * @throws OAuthException {@code invalid_request}
     */
    public String required(String name, OAuthErrors errors) {
        return text(name).orElseThrow(() -> errors.of("missing_token_request_parameter", name));
    }

    /**
     * The scopes that are asked for, each once, in their order.
     *
     * @throws OAuthException {@code invalid_scope} for a text that is too long
     */
    public List<String> scopes(OAuthErrors errors) {
        String text = text("scope").orElse("");
        if (text.length() > LONGEST_SCOPE) {
            throw errors.of("invalid_scope");
        }
        return Arrays.stream(text.split(" ", -1))
                .filter(each -> !each.isEmpty())
                .distinct()
                .toList();
    }

    @Override
    public String toString() {
        return "Form" + values.keySet();
    }
}
