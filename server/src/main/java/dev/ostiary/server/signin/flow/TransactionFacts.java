package dev.ostiary.server.signin.flow;

import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Json;
import dev.ostiary.server.directory.users.RecoveryTokens.Purpose;
import dev.ostiary.server.policy.assurance.Method;
import dev.ostiary.server.policy.engine.Situation;
import dev.ostiary.server.signin.devices.Device;
import dev.ostiary.server.signin.sessions.Proofs;
import dev.ostiary.server.signin.sessions.ProvenJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The column {@code facts}: what of a transaction no query asks for. */
final class TransactionFacts {

    private TransactionFacts() {}

    static String write(Transaction transaction) {
        ObjectNode facts = Json.object();
        switch (transaction.state()) {
            case State.MfaChallenge(
                            String factor,
                            Optional<String> result,
                            Optional<String> question) -> {
                facts.put("factor", factor);
                result.ifPresent(text -> facts.put("result", text));
                question.ifPresent(id -> facts.put("question", id));
            }
            case State.MfaEnrollActivate(String factor, Optional<String> result) -> {
                facts.put("factor", factor);
                result.ifPresent(text -> facts.put("result", text));
            }
            case State.MfaEnroll(boolean skippable) -> facts.put("skippable", skippable);
            case State.MfaRequired none -> {}
            case State.PasswordWarn none -> {}
            case State.PasswordExpired none -> {}
            case State.PasswordReset none -> {}
            case State.Recovery none -> {}
            case State.Success none -> {}
        }
        Proofs proofs = transaction.proofs();
        proofs.password().ifPresent(when -> facts.put("password", Dates.text(when)));
        proofs.factor().ifPresent(when -> facts.put("verified", Dates.text(when)));
        proofs.amr().forEach(facts.putArray("amr")::add);
        facts.set("proven", Json.parse(ProvenJson.write(proofs.proven())));
        facts.put("moreFactors", transaction.options().moreFactors());
        facts.put("warnOfExpiry", transaction.options().warnOfExpiry());
        transaction.recovery().ifPresent(what -> facts.put("recovery", what.name()));
        transaction.relayState().ifPresent(url -> facts.put("relayState", url));
        transaction.device().token().ifPresent(token -> facts.put("device", token));
        transaction.device().fingerprint().ifPresent(text -> facts.put("fingerprint", text));
        transaction.stepUp().ifPresent(asked -> facts.set("stepUp", write(asked)));
        transaction.destination().ifPresent(app -> facts.set("destination", write(app)));
        transaction.skipped().forEach(each -> facts.withArray("skipped").add(each.name()));
        facts.put("failures", transaction.failures());
        return Json.text(facts);
    }

    static Transaction read(
            String userId, long version, Status status, String text, Instant expires) {
        JsonNode facts = Json.parse(text);
        return new Transaction(
                userId,
                version,
                state(status, facts),
                new Proofs(
                        moment(facts, "password"),
                        moment(facts, "verified"),
                        amr(facts),
                        ProvenJson.read(
                                facts.has("proven") ? Json.text(facts.get("proven")) : "{}")),
                new Options(
                        facts.path("moreFactors").asBoolean(false),
                        facts.path("warnOfExpiry").asBoolean(false)),
                text(facts, "recovery").map(Purpose::valueOf),
                text(facts, "relayState"),
                new Device(text(facts, "device"), text(facts, "fingerprint")),
                Optional.ofNullable(facts.get("stepUp")).map(TransactionFacts::stepUp),
                Optional.ofNullable(facts.get("destination")).map(TransactionFacts::destination),
                skipped(facts),
                facts.path("failures").asInt(0),
                expires);
    }

    private static ObjectNode write(StepUp asked) {
        ObjectNode json = Json.object();
        asked.sessionId().ifPresent(id -> json.put("session", id));
        json.put("begun", asked.begun().toString());
        asked.methods().forEach(method -> json.withArray("methods").add(method.name()));
        json.put("app", asked.app().id()).put("appName", asked.app().name());
        return json;
    }

    private static StepUp stepUp(JsonNode json) {
        Set<Method> methods = new HashSet<>();
        json.path("methods").forEach(each -> Method.named(each.asString()).ifPresent(methods::add));
        return new StepUp(
                text(json, "session"),
                Instant.parse(json.path("begun").asString()),
                methods,
                new Situation.App(json.path("app").asString(), json.path("appName").asString("")));
    }

    private static ObjectNode write(Destination destination) {
        return Json.object()
                .put("app", destination.app().id())
                .put("appName", destination.app().name())
                .put("label", destination.label())
                .put("mode", destination.mode())
                .put("protocol", destination.protocol())
                .put("issuer", destination.issuer())
                .put("logo", destination.logo())
                .put("way", destination.way())
                .put("begun", destination.begun().toString());
    }

    private static Destination destination(JsonNode json) {
        return new Destination(
                new Situation.App(json.path("app").asString(), json.path("appName").asString()),
                json.path("label").asString(),
                json.path("mode").asString(),
                json.path("protocol").asString(),
                json.path("issuer").asString(),
                json.path("logo").asString(),
                json.path("way").asString(),
                Instant.parse(json.path("begun").asString()));
    }

    private static State state(Status status, JsonNode facts) {
        return switch (status) {
            case PASSWORD_WARN -> new State.PasswordWarn();
            case PASSWORD_EXPIRED -> new State.PasswordExpired();
            case PASSWORD_RESET -> new State.PasswordReset();
            case RECOVERY -> new State.Recovery();
            case MFA_REQUIRED -> new State.MfaRequired();
            case MFA_CHALLENGE ->
                    new State.MfaChallenge(
                            facts.path("factor").asString(),
                            text(facts, "result"),
                            text(facts, "question"));
            case MFA_ENROLL -> new State.MfaEnroll(facts.path("skippable").asBoolean(false));
            case MFA_ENROLL_ACTIVATE ->
                    new State.MfaEnrollActivate(
                            facts.path("factor").asString(), text(facts, "result"));
            case SUCCESS -> new State.Success();
            case RECOVERY_CHALLENGE, UNAUTHENTICATED, LOCKED_OUT ->
                    throw new IllegalStateException("nothing rests in " + status);
        };
    }

    private static List<String> amr(JsonNode facts) {
        List<String> methods = new ArrayList<>();
        facts.path("amr").forEach(each -> methods.add(each.asString()));
        return methods;
    }

    private static Set<Status> skipped(JsonNode facts) {
        Set<Status> all = new HashSet<>();
        facts.path("skipped").forEach(each -> all.add(Status.valueOf(each.asString())));
        return all;
    }

    private static Optional<Instant> moment(JsonNode facts, String name) {
        return text(facts, name).map(Instant::parse);
    }

    private static Optional<String> text(JsonNode facts, String name) {
        return Optional.ofNullable(facts.get(name)).map(JsonNode::asString);
    }
}
