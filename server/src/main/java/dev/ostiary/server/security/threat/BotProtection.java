package dev.ostiary.server.security.threat;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.json.Way;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.Setting;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Tx;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tag BotProtection: what an org does about sign-ins that no human makes. Thread-safe. */
public final class BotProtection implements Family {

    private static final List<String> FLOWS = List.of("SIGN_IN", "SSR", "SSPR");
    private static final String ENFORCED = "ENFORCED";

    /**
     * What an org has chosen.
     *
     * @param level how sure one has to be: {@code ANY}, {@code LOW}, {@code MEDIUM}, {@code HIGH}
     * @param mode {@code DISABLED}, {@code LOG_ONLY} or {@code ENFORCED}
     * @param enforcementType {@code OKTA_CHALLENGE}; only where it is enforced
     * @param supportedFlows for which flows, at least one
     */
    record Choice(
            String level,
            String mode,
            @Nullable String enforcementType,
            List<String> supportedFlows) {

        static final Choice USUAL = new Choice("LOW", "LOG_ONLY", null, FLOWS);
        static final Shape<Choice> SHAPE = shape();

        private static Shape<Choice> shape() {
            Shape.Builder<Choice> shape = Shape.of("botProtectionConfiguration");
            Field<Choice, String> level =
                    shape.field("level", Type.TEXT, Choice::level)
                            .required()
                            .must(
                                    Set.of("ANY", "LOW", "MEDIUM", "HIGH")::contains,
                                    "must be ANY, LOW, MEDIUM or HIGH");
            Field<Choice, String> mode =
                    shape.field("mode", Type.TEXT, Choice::mode)
                            .required()
                            .must(
                                    Set.of("DISABLED", "LOG_ONLY", ENFORCED)::contains,
                                    "must be DISABLED, LOG_ONLY or ENFORCED");
            Field<Choice, String> enforcement =
                    shape.field("enforcementType", Type.TEXT, Choice::enforcementType)
                            .must("OKTA_CHALLENGE"::equals, "must be OKTA_CHALLENGE");
            Field<Choice, List<String>> flows =
                    shape.field("supportedFlows", Type.list(Type.TEXT), Choice::supportedFlows)
                            .always()
                            .must(FLOWS::containsAll, "must be SIGN_IN, SSR or SSPR");
            return shape.build(
                    in ->
                            new Choice(
                                    in.get(level),
                                    in.get(mode),
                                    in.get(mode).equals(ENFORCED) ? in.orNull(enforcement) : null,
                                    in.find(flows)
                                            .map(named -> named.stream().distinct().toList())
                                            .orElse(FLOWS)));
        }
    }

    private static final Schema SCHEMA =
            Schema.object("BotProtectionConfiguration")
                    .with(Choice.SHAPE.schema(Way.OUT))
                    .always("_links", Links.SCHEMA);

    private final Database database;
    private final EventCatalogue events;
    private final Setting<Choice> setting;

    public BotProtection(Database database, InstantSource time, EventCatalogue events) {
        this.database = database;
        this.events = events;
        this.setting = new Setting<>("botProtection", Choice.SHAPE, Choice.USUAL, time);
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("getBotProtectionConfiguration", this::get).answers(SCHEMA),
                Binding.of("updateBotProtectionConfiguration", this::update)
                        .takes(Choice.SHAPE)
                        .answers(SCHEMA)
                        .untilThereAre("pages on which bots would sign in"));
    }

    private Reply get(Request request) {
        return answer(request, database.read(request.org().number(), setting::value));
    }

    private Reply update(Request request) {
        Choice choice = request.body(Choice.SHAPE);
        if (choice.supportedFlows().isEmpty()) {
            throw refused("supportedFlows", "supportedFlows must have at least one supported flow");
        }
        if (choice.mode().equals(ENFORCED) && choice.enforcementType() == null) {
            throw refused(
                    "enforcementType", "enforcementType must be provided when mode is ENFORCED");
        }
        return answer(
                request,
                setting.change(
                                database,
                                request.org(),
                                old -> choice,
                                (tx, old, now) -> tell(tx, request.org(), old, now))
                        .value());
    }

    /** The published examples of these errors repeat the summary in the cause. */
    private static ApiException refused(String field, String sentence) {
        return ApiException.validation(field, field + ": Api validation failed: " + sentence);
    }

    /** A change of the mode is an event of its own, beside one for the rest. */
    private void tell(Tx tx, Org org, Choice old, Choice now) {
        if (!old.mode().equals(now.mode())) {
            tx.emit(
                    events.event("security.bot_protection.status.update")
                            .target(target(org).changed(mode(old), mode(now))));
        }
        if (!settings(old).equals(settings(now))) {
            tx.emit(
                    events.event("security.bot_protection.settings.update")
                            .target(target(org).changed(settings(old), settings(now))));
        }
    }

    private static Target target(Org org) {
        return new Target(org.id(), "BotProtection", "unknown", "Bot protection");
    }

    private static Map<String, Object> mode(Choice choice) {
        return Map.of("mode", choice.mode());
    }

    private static Map<String, Object> settings(Choice choice) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("level", choice.level());
        settings.put("supportedFlows", choice.supportedFlows());
        if (choice.enforcementType() != null) {
            settings.put("enforcementType", choice.enforcementType());
        }
        return settings;
    }

    private static Reply answer(Request request, Choice choice) {
        return Reply.ok(
                out -> {
                    out.writeStartObject();
                    Choice.SHAPE.writeFields(out, choice);
                    new Links().hinted("self", request.path(), "GET", "POST").write(out);
                    out.writeEndObject();
                });
    }
}
