package dev.ostiary.server.policy;

import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Way;
import dev.ostiary.server.policy.kind.PolicyKind;
import dev.ostiary.server.policy.kind.PolicyType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes policies and rules.
 *
 * @param baseUrl scheme and host as the client used them
 * @param everyone the group that everybody is in, which default policies name
 */
record PolicyJson(String baseUrl, Optional<String> everyone) {

    private static final String PATH = "/api/v1/policies/";

    /** What a rule looks like. */
    static final Schema RULE = Schema.either(each(PolicyJson::ruleSchema));

    /** What a policy looks like. */
    static final Schema POLICY = Schema.either(each(PolicyJson::policySchema));

    /** What a client says of a policy. */
    static final Schema POLICY_BODY = Schema.either(each(PolicyJson::policyBody));

    /** What a client says of a rule. */
    static final Schema RULE_BODY = Schema.either(each(PolicyJson::ruleBody));

    private static Schema[] each(Function<PolicyType, Schema> schema) {
        return Arrays.stream(PolicyType.values()).map(schema).toArray(Schema[]::new);
    }

    /** How the published document calls what belongs to a type, more or less. */
    private static String name(PolicyType type, String what) {
        String words =
                Arrays.stream(type.name().split("_"))
                        .filter(word -> !word.equals("POLICY"))
                        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining());
        return words + "Policy" + what;
    }

    private static Schema policySchema(PolicyType type) {
        PolicyKind kind = PolicyKind.of(type);
        Schema.Fields fields =
                Schema.object(name(type, ""))
                        .always("type", Schema.words(type))
                        .always("id", Schema.TEXT)
                        .always("status", Schema.words("ACTIVE", "INACTIVE"))
                        .always("name", Schema.TEXT)
                        .always("description", Schema.TEXT.orNull())
                        .always("priority", Schema.INTEGER)
                        .always("system", Schema.BOOLEAN)
                        .always(
                                "conditions",
                                kind.conditions()
                                        .<Schema>map(form -> form.schema(Way.OUT))
                                        .orElse(Schema.DOCUMENT.orNull()));
        if (kind.settings().isPresent()) {
            fields = fields.always("settings", kind.settings().get().schema(Way.OUT));
        }
        return fields.always("created", Schema.MOMENT)
                .always("lastUpdated", Schema.MOMENT)
                .maybe("_embedded", Schema.object().maybe("rules", Schema.list(RULE)))
                .always("_links", Links.SCHEMA);
    }

    private static Schema policyBody(PolicyType type) {
        PolicyKind kind = PolicyKind.of(type);
        Schema.Fields fields =
                Schema.object(name(type, "Body"))
                        .always("type", Schema.words(type))
                        .always("name", Schema.TEXT)
                        .maybe("description", Schema.TEXT.orNull())
                        .maybe("priority", Schema.INTEGER.orNull())
                        .maybe("status", Schema.words("ACTIVE", "INACTIVE").orNull());
        if (kind.conditions().isPresent()) {
            fields = fields.maybe("conditions", kind.conditions().get().schema(Way.IN).orNull());
        }
        return kind.settings().isEmpty()
                ? fields
                : fields.maybe("settings", kind.settings().get().schema(Way.IN).orNull());
    }

    private static Schema ruleSchema(PolicyType type) {
        PolicyKind kind = PolicyKind.of(type);
        return Schema.object(name(type, "Rule"))
                .always("id", Schema.TEXT)
                .always("status", Schema.words("ACTIVE", "INACTIVE"))
                .always("name", Schema.TEXT)
                .always("priority", Schema.INTEGER)
                .always("created", Schema.MOMENT)
                .always("lastUpdated", Schema.MOMENT)
                .always("system", Schema.BOOLEAN)
                .always(
                        "conditions",
                        kind.ruleConditions()
                                .<Schema>map(form -> form.schema(Way.OUT))
                                .orElse(Schema.DOCUMENT)
                                .orNull())
                .always("actions", kind.actions().schema(Way.OUT))
                .always("_links", Links.SCHEMA)
                .always("type", Schema.words(type.ruleType()));
    }

    private static Schema ruleBody(PolicyType type) {
        PolicyKind kind = PolicyKind.of(type);
        Schema.Fields fields =
                Schema.object(name(type, "RuleBody"))
                        .maybe("type", Schema.words(type.ruleType()).orNull())
                        .always("name", Schema.TEXT)
                        .maybe("priority", Schema.INTEGER.orNull())
                        .maybe("status", Schema.words("ACTIVE", "INACTIVE").orNull());
        if (kind.ruleConditions().isPresent()) {
            fields =
                    fields.maybe("conditions", kind.ruleConditions().get().schema(Way.IN).orNull());
        }
        return fields.maybe("actions", kind.actions().schema(Way.IN).orNull());
    }

    void write(JsonGenerator out, Policy policy, Optional<List<PolicyRule>> rules) {
        out.writeStartObject();
        out.writeStringProperty("type", policy.type().name());
        out.writeStringProperty("id", policy.id());
        out.writeStringProperty("status", policy.active() ? "ACTIVE" : "INACTIVE");
        out.writeStringProperty("name", policy.name());
        if (policy.description().isPresent()) {
            out.writeStringProperty("description", policy.description().get());
        } else {
            out.writeNullProperty("description");
        }
        out.writeNumberProperty("priority", policy.priority());
        out.writeBooleanProperty("system", policy.system());
        document(out, "conditions", conditions(policy));
        if (policy.settings().isPresent()) {
            document(out, "settings", policy.settings());
        }
        out.writeStringProperty("created", Dates.text(policy.created()));
        out.writeStringProperty("lastUpdated", Dates.text(policy.lastUpdated()));
        if (rules.isPresent()) {
            out.writeObjectPropertyStart("_embedded");
            out.writeArrayPropertyStart("rules");
            rules.get().forEach(rule -> write(out, rule));
            out.writeEndArray();
            out.writeEndObject();
        }
        links(policy).write(out);
        out.writeEndObject();
    }

    /** Everybody, where a policy that can name groups names none. */
    private Optional<ObjectNode> conditions(Policy policy) {
        if (policy.conditions().isEmpty() || everyone.isEmpty()) {
            return policy.conditions();
        }
        ObjectNode conditions = policy.conditions().get();
        if (!conditions.at("/people/groups/include").isEmpty()) {
            return policy.conditions();
        }
        ObjectNode whole = Json.object();
        ObjectNode groups = whole.putObject("people").putObject("groups");
        groups.putArray("include").add(everyone.get());
        if (conditions.at("/people/groups").has("exclude")) {
            groups.set("exclude", conditions.at("/people/groups/exclude"));
        }
        conditions.properties().stream()
                .filter(property -> !property.getKey().equals("people"))
                .forEach(property -> whole.set(property.getKey(), property.getValue()));
        return Optional.of(whole);
    }

    private Links links(Policy policy) {
        String url = baseUrl + PATH + policy.id();
        Links links = new Links();
        if (policy.system()) {
            links.hinted("self", url, "GET", "PUT");
        } else {
            links.hinted("self", url, "GET", "PUT", "DELETE");
            links.hinted("mappings", url + "/mappings", "GET", "POST");
            lifecycle(links, url, policy.active());
        }
        if (policy.type().mostAddedRules() > 0) {
            links.hinted("rules", url + "/rules", "GET", "POST");
        } else {
            links.hinted("rules", url + "/rules", "GET");
        }
        return links;
    }

    private static void lifecycle(Links links, String url, boolean active) {
        String verb = active ? "deactivate" : "activate";
        links.hinted(verb, url + "/lifecycle/" + verb, "POST");
    }

    void write(JsonGenerator out, PolicyRule rule) {
        String url = baseUrl + PATH + rule.policyId() + "/rules/" + rule.id();
        out.writeStartObject();
        out.writeStringProperty("id", rule.id());
        out.writeStringProperty("status", rule.status().name());
        out.writeStringProperty("name", rule.name());
        out.writeNumberProperty("priority", rule.priority());
        out.writeStringProperty("created", Dates.text(rule.created()));
        out.writeStringProperty("lastUpdated", Dates.text(rule.lastUpdated()));
        out.writeBooleanProperty("system", rule.system());
        document(out, "conditions", rule.conditions());
        document(out, "actions", Optional.of(rule.actions()));
        Links links = new Links();
        if (rule.system()) {
            links.hinted("self", url, "GET", "PUT");
        } else {
            links.hinted("self", url, "GET", "PUT", "DELETE");
            lifecycle(links, url, rule.active());
        }
        links.write(out);
        out.writeStringProperty("type", rule.type().ruleType());
        out.writeEndObject();
    }

    private static void document(JsonGenerator out, String name, Optional<ObjectNode> document) {
        out.writeName(name);
        if (document.isPresent()) {
            Json.raw(out, Json.text(document.get()));
        } else {
            out.writeNull();
        }
    }
}
