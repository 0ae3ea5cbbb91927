package dev.ostiary.server.oauth.servers;

import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.json.Way;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * An access policy: the rules for some clients (Authorization Servers API, Policy object). Its
 * priority is its place in the server. Immutable.
 *
 * @param id {@code 00p…}
 * @param terms what a client says of it
 * @param rules in the order of their priorities
 */
public record AccessPolicy(
        String id,
        Terms terms,
        Status status,
        List<AccessRule> rules,
        Instant created,
        Instant lastUpdated) {

    static final String PREFIX = "00p";

    /** The type of a policy in errors (WIRE, "Errors"). */
    static final String TYPE = "Policy";

    static final String WIRE_TYPE = "OAUTH_AUTHORIZATION_POLICY";

    /** Every client, in place of its id. */
    static final String ALL_CLIENTS = "ALL_CLIENTS";

    /** Of policies, and of their rules. */
    static final int LONGEST_NAME = 100;

    private static final int LONGEST_DESCRIPTION = 255;

    /**
     * What a client says of a policy.
     *
     * @param name unique in the server
     * @param clients by id, or {@link #ALL_CLIENTS}
     */
    record Terms(String name, @Nullable String description, List<String> clients) {

        Terms {
            clients = List.copyOf(clients);
        }
    }

    static final Shape<Terms> TERMS = shape();

    static final Schema SCHEMA =
            Schema.object("AuthorizationServerPolicy")
                    .always("type", Schema.words(WIRE_TYPE))
                    .always("id", Schema.TEXT)
                    .always("status", Schema.words(Status.values()))
                    .with(TERMS.schema(Way.OUT))
                    .always("priority", Schema.INTEGER)
                    .always("system", Schema.BOOLEAN)
                    .always("created", Schema.MOMENT)
                    .always("lastUpdated", Schema.MOMENT)
                    .always("_links", Links.SCHEMA);

    public AccessPolicy {
        rules = List.copyOf(rules);
    }

    private record Conditions(Members clients) {

        private static Shape<Conditions> shape() {
            Shape.Builder<Conditions> shape = Shape.of("conditions");
            Field<Conditions, Members> clients =
                    shape.field("clients", Type.nested(Members.INCLUDED), Conditions::clients)
                            .required();
            return shape.build(in -> new Conditions(in.get(clients)));
        }
    }

    private static Shape<Terms> shape() {
        Shape.Builder<Terms> shape = Shape.of("policy");
        Field<Terms, String> name = shape.name("name", LONGEST_NAME, Terms::name).required();
        Field<Terms, String> description =
                shape.field("description", Type.TEXT, Terms::description)
                        .must(
                                text ->
                                        text.codePointCount(0, text.length())
                                                <= LONGEST_DESCRIPTION,
                                "must be at most 255 characters");
        Field<Terms, Conditions> conditions =
                shape.field(
                                "conditions",
                                Type.nested(Conditions.shape()),
                                terms -> new Conditions(Members.of(terms.clients())))
                        .always();
        return shape.build(
                in ->
                        new Terms(
                                in.get(name),
                                in.orNull(description),
                                in.find(conditions)
                                        .map(each -> each.clients().include())
                                        .orElse(List.of(ALL_CLIENTS))));
    }

    boolean active() {
        return status == Status.ACTIVE;
    }

    AccessPolicy with(Terms said, Status in, Instant now) {
        return new AccessPolicy(id, said, in, rules, created, now);
    }

    AccessPolicy with(List<AccessRule> others) {
        return new AccessPolicy(id, terms, status, others, created, lastUpdated);
    }

    Target target() {
        return new Target(
                id,
                "PolicyEntity",
                "unknown",
                terms.name(),
                Map.of("policy_type", "OAuthAuthzPolicy"));
    }

    void write(JsonGenerator out, int priority, String server) {
        out.writeStartObject();
        out.writeStringProperty("type", WIRE_TYPE);
        out.writeStringProperty("id", id);
        out.writeStringProperty("status", status.name());
        TERMS.writeFields(out, terms);
        out.writeNumberProperty("priority", priority);
        out.writeBooleanProperty("system", false);
        out.writeStringProperty("created", Dates.text(created));
        out.writeStringProperty("lastUpdated", Dates.text(lastUpdated));
        String self = server + "/policies/" + id;
        new Links()
                .hinted("self", self, "GET", "PUT", "DELETE")
                .hinted(status.step(), self + "/lifecycle/" + status.step(), "POST")
                .hinted("rules", self + "/rules", "GET")
                .write(out);
        out.writeEndObject();
    }
}
