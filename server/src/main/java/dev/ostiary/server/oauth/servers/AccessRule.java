package dev.ostiary.server.oauth.servers;

import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Way;
import java.time.Instant;
import tools.jackson.core.JsonGenerator;

/**
 * A rule of an access policy: for whom, by which grants and with which scopes tokens are issued,
 * and how long those live (Authorization Servers API, Rule object). Its priority is its place in
 * the policy. Immutable.
 *
 * @param id {@code 0pr…}
 * @param terms what a client says of it
 */
public record AccessRule(
        String id, RuleTerms terms, Status status, Instant created, Instant lastUpdated) {

    static final String PREFIX = "0pr";

    /** The type of a rule in errors and events (WIRE, "Errors"). */
    static final String TYPE = "PolicyRule";

    static final String WIRE_TYPE = "RESOURCE_ACCESS";

    static final Schema SCHEMA =
            Schema.object("AuthorizationServerPolicyRule")
                    .always("id", Schema.TEXT)
                    .always("type", Schema.words(WIRE_TYPE))
                    .always("status", Schema.words(Status.values()))
                    .always("priority", Schema.INTEGER)
                    .always("created", Schema.MOMENT)
                    .always("lastUpdated", Schema.MOMENT)
                    .always("system", Schema.BOOLEAN)
                    .with(RuleTerms.SHAPE.schema(Way.OUT))
                    .always("_links", Links.SCHEMA);

    boolean active() {
        return status == Status.ACTIVE;
    }

    AccessRule with(RuleTerms said, Status in, Instant now) {
        return new AccessRule(id, said, in, created, now);
    }

    /** The same without a scope that is no more. */
    AccessRule without(String scope) {
        return new AccessRule(id, terms.without(scope), status, created, lastUpdated);
    }

    Target target() {
        return new Target(id, TYPE, "unknown", terms.name());
    }

    void write(JsonGenerator out, int priority, String policy) {
        out.writeStartObject();
        out.writeStringProperty("id", id);
        out.writeStringProperty("type", WIRE_TYPE);
        out.writeStringProperty("status", status.name());
        out.writeNumberProperty("priority", priority);
        out.writeStringProperty("created", Dates.text(created));
        out.writeStringProperty("lastUpdated", Dates.text(lastUpdated));
        out.writeBooleanProperty("system", false);
        RuleTerms.SHAPE.writeFields(out, terms);
        String self = policy + "/rules/" + id;
        new Links()
                .hinted("self", self, "GET", "PUT", "DELETE")
                .hinted(status.step(), self + "/lifecycle/" + status.step(), "POST")
                .write(out);
        out.writeEndObject();
    }
}
