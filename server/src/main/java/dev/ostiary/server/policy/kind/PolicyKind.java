package dev.ostiary.server.policy.kind;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.server.policy.form.Fields;
import dev.ostiary.server.policy.form.Form;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the policies and rules of a type hold. What is read is complete: everything is there that
 * the server adds. Immutable and thread-safe.
 *
 * @param conditions what a policy asks; empty where it cannot ask
 * @param settings what a policy sets; empty where all is in its rules
 * @param ruleConditions what a rule asks; empty where it cannot ask
 * @param actions what a rule does
 * @param standardSettings the settings of a policy that is made without any
 * @param bornSettings the settings of the policy that an org is born with
 * @param standardActions the actions of a rule that the system makes
 * @param policyJudge what holds between the parts of a policy
 * @param ruleJudge what holds between the parts of a rule
 */
public record PolicyKind(
        Optional<Fields> conditions,
        Optional<Form> settings,
        Optional<Fields> ruleConditions,
        Fields actions,
        Supplier<ObjectNode> standardSettings,
        Supplier<ObjectNode> bornSettings,
        Supplier<ObjectNode> standardActions,
        PolicyJudge policyJudge,
        RuleJudge ruleJudge) {

    /** Judges the settings of a policy. */
    @FunctionalInterface
    public interface PolicyJudge {
        void judge(ObjectNode settings, Reading reading);
    }

    /** Judges a rule, and may complete its actions. */
    @FunctionalInterface
    public interface RuleJudge {
        void judge(Optional<ObjectNode> conditions, ObjectNode actions, Reading reading);
    }

    /** What policies and rules of a type hold. */
    public static PolicyKind of(PolicyType type) {
        return Kinds.of(type);
    }

    /** The conditions of a policy as they are kept; empty where the type has none. */
    public Optional<ObjectNode> readConditions(JsonNode given, Reading reading) {
        return conditions.flatMap(
                form -> read(form, given, Path.root("policy").field("conditions"), reading));
    }

    /** The settings of a policy as they are kept; empty where the type has none. */
    public Optional<ObjectNode> readSettings(JsonNode given, Reading reading) {
        if (settings.isEmpty()) {
            return Optional.empty();
        }
        if (given.isMissingNode() || given.isNull()) {
            return Optional.of(standardSettings.get());
        }
        Optional<ObjectNode> read =
                read(settings.get(), given, Path.root("policy").field("settings"), reading);
        read.ifPresent(whole -> policyJudge.judge(whole, reading));
        return read;
    }

    /** The conditions of a rule as they are kept; empty where the type has none. */
    public Optional<ObjectNode> readRuleConditions(JsonNode given, Reading reading) {
        Path at = Path.root("policyRule").field("conditions");
        Optional<ObjectNode> read = ruleConditions.flatMap(form -> read(form, given, at, reading));
        read.map(node -> node.path("network")).ifPresent(node -> judge(node, at, reading));
        return read;
    }

    /** The actions of a rule as they are kept. */
    public Optional<ObjectNode> readActions(
            JsonNode given, Optional<ObjectNode> conditions, Reading reading) {
        boolean clean = reading.clean();
        Optional<ObjectNode> read =
                read(actions, given, Path.root("policyRule").field("actions"), reading);
        if (clean) {
            read.ifPresent(whole -> ruleJudge.judge(conditions, whole, reading));
        }
        return read;
    }

    private static Optional<ObjectNode> read(Form form, JsonNode given, Path at, Reading reading) {
        JsonNode node = given.isMissingNode() || given.isNull() ? Json.object() : given;
        return form.read(node, at, reading).map(JsonNode::asObject);
    }

    /**
     * With {@code ZONE}, zones are either included or excluded (Policy API, "Network Condition").
     */
    private static void judge(JsonNode network, Path at, Reading reading) {
        if (!network.path("connection").asString("").equals("ZONE")) {
            return;
        }
        boolean includes = !network.path("include").isEmpty();
        boolean excludes = !network.path("exclude").isEmpty();
        if (!includes && !excludes) {
            reading.wrong(at.field("network").field("include"), "The field cannot be left blank");
        }
    }
}
