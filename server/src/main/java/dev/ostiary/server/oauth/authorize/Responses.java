package dev.ostiary.server.oauth.authorize;

import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.http.Urls;
import dev.ostiary.platform.json.Json;
import dev.ostiary.server.oauth.authorize.Addressed.Destination;
import dev.ostiary.server.oauth.problem.OAuthException;
import dev.ostiary.server.signin.pages.ShownPages;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** Sends browsers back to clients, with what they brought about or with an error. Thread-safe. */
final class Responses {

    private final ShownPages pages;

    Responses(ShownPages pages) {
        this.pages = pages;
    }

    /** Back with an answer, to which the client's state is added. */
    Reply back(Request request, Destination to, Map<String, String> answer) {
        Map<String, String> fields = new LinkedHashMap<>(answer);
        to.state().ifPresent(state -> fields.put("state", state));
        return switch (to.mode()) {
            case QUERY ->
                    redirect(
                            to.redirectUri()
                                    + (to.redirectUri().indexOf('?') < 0 ? "?" : "&")
                                    + encoded(fields));
            case FRAGMENT -> redirect(to.redirectUri() + "#" + encoded(fields));
            case FORM_POST -> pages.post(request, to.redirectUri(), origin(to), fields);
            case OKTA_POST_MESSAGE -> {
                ObjectNode message = Json.object();
                fields.forEach(message::put);
                yield pages.tell(request, origin(to), Json.text(message));
            }
        };
    }

    /** Back with an error (RFC 6749, 4.1.2.1). */
    Reply back(Request request, Destination to, OAuthException refused) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("error", refused.error());
        fields.put("error_description", refused.description());
        return back(request, to, fields);
    }

    /** An error for who is in front of the browser, or for whatever is, if it is none. */
    Reply told(Request request, OAuthException refused) {
        int status = refused.status() >= 500 ? refused.status() : 400;
        return ShownPages.areWanted(request)
                ? pages.refusal(request, status, refused.description())
                : Reply.json(
                        status,
                        out -> {
                            out.writeStartObject();
                            out.writeStringProperty("error", refused.error());
                            out.writeStringProperty("error_description", refused.description());
                            out.writeEndObject();
                        });
    }

    /** The address of the client has secrets in it, of which nobody else is told. */
    static Reply redirect(String location) {
        return Reply.empty(302).with("Location", location).with("Referrer-Policy", "no-referrer");
    }

    private static String origin(Destination to) {
        return Urls.origin(to.redirectUri()).orElseThrow();
    }

    private static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(
                        each ->
                                each.getKey()
                                        + "="
                                        + URLEncoder.encode(
                                                each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
