package dev.ostiary.server.policy;

import dev.ostiary.platform.json.Schema;
import dev.ostiary.server.policy.engine.Candidate;
import dev.ostiary.server.policy.engine.Check;
import dev.ostiary.server.policy.engine.Considered;
import dev.ostiary.server.policy.engine.PolicyDecision;
import dev.ostiary.server.policy.engine.Situation;
import dev.ostiary.server.policy.engine.Verdict;
import dev.ostiary.server.policy.kind.PolicyType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;

/** Writes what a simulation has found (schema {@code SimulatePolicyEvaluations}). */
final class SimulationJson {

    private static final Schema STATUS = Schema.words(Verdict.values());

    private static final Schema CHECKS =
            Schema.list(Schema.object().always("type", Schema.TEXT).always("status", STATUS));

    private static final Schema POLICIES =
            Schema.list(
                    Schema.object()
                            .always("id", Schema.TEXT)
                            .always("name", Schema.TEXT)
                            .always("status", STATUS)
                            .always("conditions", CHECKS)
                            .always(
                                    "rules",
                                    Schema.list(
                                            Schema.object()
                                                    .always("id", Schema.TEXT)
                                                    .always("name", Schema.TEXT)
                                                    .always("status", STATUS)
                                                    .always("conditions", CHECKS))));

    private static final Schema PART = Schema.object().always("policies", POLICIES);

    static final Schema SCHEMA =
            Schema.object("PolicyEvaluation")
                    .always("status", STATUS)
                    .always("policyType", Schema.list(Schema.TEXT))
                    .always("result", PART)
                    .always("undefined", PART)
                    .always("evaluated", PART);

    private static final Set<String> MOBILE = Set.of("IOS", "ANDROID");
    private static final Set<String> DESKTOP = Set.of("WINDOWS", "MACOS", "CHROMEOS", "LINUX");

    private SimulationJson() {}

    /** The platform of a name such as {@code IOS}. */
    static Situation.Platform platform(String name) {
        String os = name.toUpperCase(Locale.ROOT).replace("OSX", "MACOS");
        String type = MOBILE.contains(os) ? "MOBILE" : DESKTOP.contains(os) ? "DESKTOP" : "OTHER";
        return new Situation.Platform(type, os);
    }

    /** What was found of one type. */
    record Evaluation(PolicyType type, PolicyDecision decision) {

        /**
         * Writes it.
         *
         * @param evaluated whether also the policies that do not apply are told
         * @param rules whether it is told why rules do not apply
         */
        void write(JsonGenerator out, boolean evaluated, boolean rules) {
            out.writeStartObject();
            out.writeStringProperty("status", status().name());
            out.writeArrayPropertyStart("policyType");
            out.writeString(type.name());
            out.writeEndArray();
            part(out, "result", some(Considered::deciding), true);
            part(out, "undefined", some(Considered::undefined), rules);
            part(out, "evaluated", evaluated ? some(Considered::missed) : List.of(), rules);
            out.writeEndObject();
        }

        private List<Considered> some(Function<Considered, Optional<Considered>> part) {
            return decision.considered().stream().map(part).flatMap(Optional::stream).toList();
        }

        private Verdict status() {
            return switch (decision) {
                case PolicyDecision.Applied applied -> Verdict.MATCH;
                case PolicyDecision.NoneApplies none ->
                        some(Considered::undefined).isEmpty()
                                ? Verdict.NOT_MATCH
                                : Verdict.UNDEFINED;
            };
        }
    }

    private static void part(
            JsonGenerator out, String name, List<Considered> policies, boolean whys) {
        out.writeObjectPropertyStart(name);
        out.writeArrayPropertyStart("policies");
        for (Considered policy : policies) {
            out.writeStartObject();
            named(out, policy.policy(), policy.verdict());
            checks(out, policy.checks());
            out.writeArrayPropertyStart("rules");
            for (Considered.Rule rule : policy.rules()) {
                out.writeStartObject();
                named(out, rule.rule(), rule.verdict());
                checks(out, whys ? rule.checks() : List.of());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void named(JsonGenerator out, Candidate.Ref named, Verdict verdict) {
        out.writeStringProperty("id", named.id());
        out.writeStringProperty("name", named.name());
        out.writeStringProperty("status", verdict.name());
    }

    private static void checks(JsonGenerator out, List<Check> checks) {
        out.writeArrayPropertyStart("conditions");
        for (Check check : checks) {
            out.writeStartObject();
            out.writeStringProperty("type", check.type());
            out.writeStringProperty("status", check.verdict().name());
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
