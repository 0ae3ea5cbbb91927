package dev.ostiary.server.live;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.server.cli.ExitCode;
import dev.ostiary.server.cli.Failure;
import dev.ostiary.server.cli.OperatorClient;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * The published API of one org, as its pages and objects. The org is not trusted: neither redirects
 * nor links are followed to any other host, so that the token goes to no other, and what stands in
 * a path of a request is an id or escaped. Not thread-safe.
 */
final class OrgApi {

    private static final int MOST_WORDS = 500;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    private static final Pattern NEXT = Pattern.compile("<([^<>]{1,8192})>; ?rel=\"?next\\b");

    private final String name;
    private final Courier courier;
    private final URI base;

    /**
     * @param name what messages call it
     * @param client how it is reached
     */
    OrgApi(String name, OperatorClient client, Courier.Pauses pauses) {
        this.name = name;
        this.courier = new Courier(name, client, pauses);
        this.base = URI.create(client.base());
    }

    /** A page of a list, and the path of the next one. */
    record Page(List<JsonNode> items, Optional<String> next) {}

    /** Its URL. */
    String url() {
        return base.toString();
    }

    /**
     * A page.
     *
     * @throws Failure if the org refuses, stays away, or leads elsewhere
     */
    Page page(String path) {
        HttpResponse<byte[]> answer = asked("GET", path, "");
        JsonNode list = json(answer);
        if (!list.isArray()) {
            throw new Failure(ExitCode.FAILED, name + " answers no list at " + bare(path));
        }
        List<JsonNode> items = new ArrayList<>();
        list.forEach(items::add);
        Optional<String> next = next(answer.headers().allValues("Link"));
        if (next.filter(path::equals).isPresent()) {
            throw new Failure(ExitCode.FAILED, name + " has a page that follows itself");
        }
        return new Page(items, next);
    }

    /** Everything in a list that is known to be short. */
    List<JsonNode> all(String path) {
        List<JsonNode> all = new ArrayList<>();
        PageCount count = new PageCount(path, 0);
        for (Optional<String> at = Optional.of(path); at.isPresent(); ) {
            Page page = page(at.get());
            count.add(page);
            all.addAll(page.items());
            at = page.next();
            if (all.size() > 100_000) {
                throw new Failure(ExitCode.FAILED, name + " does not come to an end of " + path);
            }
        }
        return all;
    }

    /** Everything in a short list; empty where the org does not have such a thing. */
    Optional<List<JsonNode>> allIfThere(String path) {
        HttpResponse<byte[]> answer = courier.exchange("GET", path, "");
        boolean absent =
                switch (answer.statusCode()) {
                    case 404, 405, 501 -> true;
                    case 400, 401, 403 -> hasNoSuchFeature(answer);
                    default -> false;
                };
        return absent ? Optional.empty() : Optional.of(all(path));
    }

    /** Error codes, "E0000015": the org does not have the feature, whatever the token may do. */
    private boolean hasNoSuchFeature(HttpResponse<byte[]> answer) {
        return json(answer).path("errorCode").asString("").equals("E0000015");
    }

    /** An object. */
    JsonNode get(String path) {
        return json(asked("GET", path, ""));
    }

    /** An object, if it is there. */
    Optional<JsonNode> find(String path) {
        HttpResponse<byte[]> answer = courier.exchange("GET", path, "");
        return answer.statusCode() == 404
                ? Optional.empty()
                : Optional.of(json(good(answer, "GET", path)));
    }

    /** A change; the answer's JSON, an empty object for none. */
    JsonNode send(String method, String path, String body) {
        HttpResponse<byte[]> answer = asked(method, path, body);
        return answer.body().length == 0 ? Json.object() : json(answer);
    }

    /** An id, as it may stand in a path. */
    String id(JsonNode object) {
        String id = object.path("id").asString("");
        if (!ID.matcher(id).matches()) {
            throw new Failure(ExitCode.FAILED, name + " has an id that is none");
        }
        return id;
    }

    /** The last part of the path of a link: an id, too. */
    String lastOf(JsonNode link) {
        String href = link.path("href").asString("");
        String last = href.substring(href.lastIndexOf('/') + 1);
        if (!ID.matcher(last).matches()) {
            throw new Failure(ExitCode.FAILED, name + " has a link without an id");
        }
        return last;
    }

    /** A text as a segment of a path. */
    static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpResponse<byte[]> asked(String method, String path, String body) {
        return good(courier.exchange(method, path, body), method, path);
    }

    private HttpResponse<byte[]> good(HttpResponse<byte[]> answer, String method, String path) {
        int status = answer.statusCode();
        if (status < 300) {
            return answer;
        }
        String asked = method + " " + bare(path);
        throw new Failure(
                ExitCode.FAILED,
                status < 400
                        ? name + " redirects elsewhere; give the org's own URL"
                        : switch (status) {
                            case 401 -> name + " refuses the token: " + words(answer);
                            case 403 -> name + " does not let the token " + asked;
                            default -> name + " refuses " + asked + ": " + words(answer);
                        });
    }

    private static String bare(String path) {
        return Said.plain(path.replaceAll("\\?.*", ""));
    }

    private static String words(HttpResponse<byte[]> answer) {
        String words = Said.plain(OperatorClient.words(answer.body()));
        return words.length() > MOST_WORDS ? words.substring(0, MOST_WORDS) + "…" : words;
    }

    private JsonNode json(HttpResponse<byte[]> answer) {
        try {
            return Json.parse(answer.body());
        } catch (ApiException e) {
            throw new Failure(ExitCode.FAILED, name + " answers what is no JSON");
        }
    }

    private Optional<String> next(List<String> lines) {
        String all = lines.stream().collect(Collectors.joining(", "));
        var found = NEXT.matcher(all);
        return found.find() ? Optional.of(own(found.group(1))) : Optional.empty();
    }

    /** The path of a link, if it leads to this org. */
    private String own(String link) {
        try {
            URI url = base.resolve(new URI(link));
            String path = Objects.requireNonNullElse(url.getRawPath(), "");
            if ("https".equals(url.getScheme())
                    && String.valueOf(base.getHost()).equalsIgnoreCase(url.getHost())
                    && url.getRawUserInfo() == null
                    && port(base) == port(url)
                    && path.startsWith("/api/v1/")
                    && !path.contains("..")) {
                return path + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
            }
        } catch (URISyntaxException e) {
            throw elsewhere("what is no URL");
        }
        throw elsewhere(Said.plain(link));
    }

    private Failure elsewhere(String where) {
        return new Failure(
                ExitCode.FAILED, name + " leads elsewhere with the link of a next page: " + where);
    }

    private static int port(URI url) {
        return url.getPort() < 0 ? 443 : url.getPort();
    }
}
