package dev.ostiary.platform.http;

import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.contract.Operation;
import dev.ostiary.platform.event.RequestContext;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.query.Page;
import dev.ostiary.platform.query.Page.LinkPolicy;
import dev.ostiary.platform.query.PageUrl;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request that has passed every check of the Pipeline: what a handler gets. Immutable.
 *
 * @param id the request id
 * @param org the org addressed
 * @param operation what is asked for
 * @param caller who asks; allowed to
 * @param variables decoded values of the path's variables
 * @param query decoded query parameters
 * @param baseUrl scheme and host as the client used them, without a slash at the end (P2)
 * @param headers looks up the values of a header, in their order
 * @param body the body as sent; empty for none
 */
public record Request(
        String id,
        Org org,
        Operation operation,
        Caller caller,
        Map<String, String> variables,
        Query query,
        String baseUrl,
        Function<String, List<String>> headers,
        byte[] body) {

    /** The decoded value of a variable of the path. */
    public String variable(String name) {
        String value = variables.get(name);
        if (value == null) {
            throw new IllegalArgumentException(operation.id() + " has no variable " + name);
        }
        return value;
    }

    /** The first value of a header. */
    public Optional<String> header(String name) {
        return values(name).stream().findFirst();
    }

    /** Every value of a header, in their order. */
    public List<String> values(String name) {
        return headers.apply(name);
    }

    /** Whether the client sent a body. */
    public boolean hasBody() {
        return body.length > 0;
    }

    /**
     * The body as JSON.
     *
     * @throws ApiException {@code E0000003} if it is none, or missing; {@code E0000001} for
     *     characters that the org does not take (P8)
     */
    public JsonNode json() {
        return org.settings().strict() ? Json.parseStrictly(body) : Json.parse(body);
    }

    /**
     * The body as a JSON object.
     *
     * @throws ApiException {@code E0000003} if it is missing, no JSON, or JSON of another kind
     */
    public ObjectNode object() {
        JsonNode node = json();
        if (!node.isObject()) {
            throw ApiException.of("E0000003");
        }
        return node.asObject();
    }

    /**
     * The body as the record that a shape describes.
     *
     * @throws ApiException {@code E0000003} if it is no JSON object, {@code E0000001} with every
     *     cause if its fields are wrong
     */
    public <T> T body(Shape<T> shape) {
        return shape.decode(object());
    }

    /**
     * What the log of an org is told of the request: who asks and from where, unless they belong to
     * another org, which is nothing for its log (P40).
     */
    public RequestContext contextIn(Org other) {
        return other.number() == org.number() ? RequestContext.current() : RequestContext.job(id);
    }

    /** An absolute URL on this org for a path and query that are already encoded. */
    public String url(String pathAndQuery) {
        return baseUrl + pathAndQuery;
    }

    /** The absolute URL of this request without its query. */
    public String path() {
        return baseUrl + localPath();
    }

    /** The same on the own host: what a browser is sent back to. */
    public String localPath() {
        return operation.path().variables().isEmpty()
                ? operation.path().text()
                : Urls.expand(operation.path(), variables);
    }

    /** Query parameters by name, as sent. */
    public Map<String, List<String>> parameters() {
        return query.values();
    }

    /**
     * The {@code Link} lines of a page of the list that was asked for, with every other parameter
     * kept (P25).
     *
     * @param limit how many items a page has at most
     */
    public List<Header> links(Page<?> page, int limit, LinkPolicy policy) {
        return page.links(new PageUrl(path(), parameters()), limit, policy).stream()
                .map(link -> new Header("Link", link))
                .toList();
    }
}
