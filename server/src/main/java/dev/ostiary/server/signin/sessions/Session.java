package dev.ostiary.server.signin.sessions;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.http.Urls;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.org.Org;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/**
 * A user who is signed in (Sessions API, "Session object"). Immutable.
 *
 * @param id its public id, {@code 102…}
 * @param userId whose it is
 * @param login that one's login
 * @param displayName that one's name
 * @param created when it began
 * @param expires when it ends unless it is refreshed
 * @param idle by how much a refresh puts that off
 * @param ends when it ends anyway; empty for never
 * @param active when the user was last seen at work
 * @param proofs how the user proved who it is
 */
record Session(
        String id,
        String userId,
        String login,
        String displayName,
        Instant created,
        Instant expires,
        Duration idle,
        Optional<Instant> ends,
        Instant active,
        Proofs proofs) {

    /** The type of a session in errors (WIRE, "Errors"). */
    static final String TYPE = "AppSession";

    /** What {@link #write} writes. */
    static final Schema SCHEMA =
            Schema.object("Session")
                    .always("id", Schema.TEXT)
                    .always("login", Schema.TEXT)
                    .always("userId", Schema.TEXT)
                    .always("createdAt", Schema.MOMENT)
                    .always("expiresAt", Schema.MOMENT)
                    .always("status", Schema.words("ACTIVE"))
                    .always("lastPasswordVerification", Schema.MOMENT.orNull())
                    .always("lastFactorVerification", Schema.MOMENT.orNull())
                    .always("amr", Schema.list(Schema.TEXT))
                    .always(
                            "idp",
                            Schema.object()
                                    .always("id", Schema.TEXT)
                                    .always("type", Schema.words("OKTA")))
                    .maybe("cookieToken", Schema.TEXT)
                    .always("_links", Links.SCHEMA);

    /** When it ends if it is refreshed at a moment. */
    Instant refreshedAt(Instant now) {
        Instant later = now.plus(idle);
        return ends.filter(end -> end.isBefore(later)).orElse(later);
    }

    /** The same, which now ends at another moment. */
    Session until(Instant moment) {
        return new Session(
                id, userId, login, displayName, created, moment, idle, ends, active, proofs);
    }

    /** The same, in which that has been proven. */
    Session proving(Proofs more) {
        return new Session(
                id, userId, login, displayName, created, expires, idle, ends, active, more);
    }

    /**
     * Writes it.
     *
     * @param me whether it is the caller's own, whose links say {@code me}
     */
    void write(JsonGenerator out, String baseUrl, Org org, boolean me) {
        out.writeStartObject();
        writeFields(out, org);
        writeLinks(out, baseUrl, me);
        out.writeEndObject();
    }

    void writeFields(JsonGenerator out, Org org) {
        out.writeStringProperty("id", id);
        out.writeStringProperty("login", login);
        out.writeStringProperty("userId", userId);
        out.writeStringProperty("createdAt", Dates.text(created));
        out.writeStringProperty("expiresAt", Dates.text(expires));
        out.writeStringProperty("status", "ACTIVE");
        moment(out, "lastPasswordVerification", proofs.password());
        moment(out, "lastFactorVerification", proofs.factor());
        out.writeArrayPropertyStart("amr");
        proofs.amr().forEach(out::writeString);
        out.writeEndArray();
        out.writeObjectPropertyStart("idp");
        out.writeStringProperty("id", org.id());
        out.writeStringProperty("type", "OKTA");
        out.writeEndObject();
    }

    void writeLinks(JsonGenerator out, String baseUrl, boolean me) {
        String self = baseUrl + "/api/v1/sessions/" + (me ? "me" : Urls.segment(id));
        new Links()
                .hinted("self", self, "GET", "DELETE")
                .hinted("refresh", self + "/lifecycle/refresh", "POST")
                .named(
                        "user",
                        displayName,
                        baseUrl + "/api/v1/users/" + (me ? "me" : userId),
                        "GET")
                .write(out);
    }

    private static void moment(JsonGenerator out, String name, Optional<Instant> when) {
        if (when.isPresent()) {
            out.writeStringProperty(name, Dates.text(when.get()));
        } else {
            out.writeNullProperty(name);
        }
    }

    /** It is over (event types, {@code UserSloDebugData}). */
    Event ended(EventCatalogue events) {
        return events.event("user.session.end").target(target()).debug("endedSessionId", id);
    }

    /** Its user as a target of events. */
    Target target() {
        return new Target(userId, "User", login, displayName);
    }
}
