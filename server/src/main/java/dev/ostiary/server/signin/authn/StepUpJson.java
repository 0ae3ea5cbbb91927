package dev.ostiary.server.signin.authn;

import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.server.signin.flow.Arrivals;
import dev.ostiary.server.signin.flow.Destination;
import dev.ostiary.server.signin.flow.Move;
import dev.ostiary.server.signin.flow.Moves;
import dev.ostiary.server.signin.flow.Status;
import tools.jackson.core.JsonGenerator;

/**
 * What every state tells of the app that a sign-in leads into ("Authentication type", "Target
 * object", "Authentication object"). Thread-safe.
 */
final class StepUpJson {

    /** The type of such a transaction. */
    static final String TYPE = "SESSION_STEP_UP";

    static final Schema TARGET =
            Schema.object()
                    .always("type", Schema.words("APP"))
                    .always("name", Schema.TEXT)
                    .always("label", Schema.TEXT)
                    .always("_links", Schema.DOCUMENT);

    static final Schema AUTHENTICATION =
            Schema.object()
                    .always("protocol", Schema.words("SAML2.0", "SAML1.1", "WS-FED"))
                    .always(
                            "issuer",
                            Schema.object()
                                    .always("id", Schema.TEXT)
                                    .always("name", Schema.TEXT)
                                    .always("uri", Schema.TEXT));

    private StepUpJson() {}

    /** A browser that has come to an app, and of which nobody knows whose it is. */
    static Reply arrived(Request request, Arrivals.Waiting waiting) {
        return Reply.ok(
                out -> {
                    out.writeStartObject();
                    out.writeStringProperty("stateToken", waiting.stateToken());
                    out.writeStringProperty("type", TYPE);
                    out.writeStringProperty("expiresAt", Dates.text(waiting.expires()));
                    out.writeStringProperty("status", Status.UNAUTHENTICATED.name());
                    out.writeObjectPropertyStart("_embedded");
                    embedded(out, request, waiting.destination());
                    out.writeEndObject();
                    Links links = new Links();
                    if (Moves.allows(Status.UNAUTHENTICATED, Move.AUTHENTICATE)) {
                        links.named(
                                "next", "authenticate", request.url(TransactionJson.AUTHN), "POST");
                    }
                    links.write(out);
                    out.writeEndObject();
                });
    }

    /** Writes both objects, within the embedded ones. */
    static void embedded(JsonGenerator out, Request request, Destination app) {
        out.writeObjectPropertyStart("target");
        out.writeStringProperty("type", "APP");
        out.writeStringProperty("name", app.app().name());
        out.writeStringProperty("label", app.label());
        out.writeObjectPropertyStart("_links");
        out.writeObjectPropertyStart("logo");
        out.writeStringProperty("name", "medium");
        out.writeStringProperty("href", request.url(app.logo()));
        out.writeStringProperty("type", "image/png");
        out.writeEndObject();
        out.writeEndObject();
        out.writeEndObject();
        out.writeObjectPropertyStart("authentication");
        out.writeStringProperty("protocol", app.protocol());
        out.writeObjectPropertyStart("issuer");
        out.writeStringProperty("id", app.app().id());
        out.writeStringProperty("name", app.label());
        out.writeStringProperty("uri", app.issuer());
        out.writeEndObject();
        out.writeEndObject();
    }
}
