package dev.ostiary.server.security.threat;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.json.Way;
import dev.ostiary.platform.org.ConfigArea;
import dev.ostiary.platform.org.ConfigVersionStore;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgConfig;
import dev.ostiary.platform.org.Setting;
import dev.ostiary.platform.org.Setting.Kept;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tag ThreatInsight: what an org does about suspicious addresses, and the zones that are never
 * suspicious. Thread-safe.
 */
public final class ThreatInsight implements Family {

    private static final int MOST_ZONES = 100;

    /**
     * What an org has chosen.
     *
     * @param action {@code none}, {@code audit} or {@code block}
     * @param excludeZones ids, each once
     */
    record Choice(String action, List<String> excludeZones) {

        static final Choice USUAL = new Choice("none", List.of());
        static final Shape<Choice> SHAPE = shape();

        private static Shape<Choice> shape() {
            Shape.Builder<Choice> shape = Shape.of("threatInsightConfiguration");
            Field<Choice, String> action =
                    shape.field("action", Type.TEXT, Choice::action)
                            .required()
                            .must(
                                    Set.of("none", "audit", "block")::contains,
                                    "must be none, audit or block");
            Field<Choice, List<String>> zones =
                    shape.field("excludeZones", Type.list(Type.TEXT), Choice::excludeZones)
                            .always()
                            .must(
                                    ids -> ids.size() <= MOST_ZONES,
                                    "must name at most " + MOST_ZONES + " zones");
            return shape.build(
                    in ->
                            new Choice(
                                    in.get(action),
                                    in.find(zones).orElse(List.of()).stream().distinct().toList()));
        }
    }

    private static final Schema SCHEMA =
            Schema.object("ThreatInsightConfiguration")
                    .with(Choice.SHAPE.schema(Way.OUT))
                    .replaced("action", Schema.words("none", "audit", "block"))
                    .always("created", Schema.MOMENT)
                    .always("lastUpdated", Schema.MOMENT)
                    .always("_links", Links.SCHEMA);

    /** Which zones an org has. */
    @FunctionalInterface
    public interface KnownZones {
        boolean has(Reader reader, Org org, String zoneId);
    }

    private final Database database;
    private final EventCatalogue events;
    private final KnownZones zones;
    private final Setting<Choice> setting;
    private final OrgConfig<Choice> kept;

    public ThreatInsight(
            Database database, InstantSource time, EventCatalogue events, KnownZones zones) {
        this.database = database;
        this.events = events;
        this.zones = zones;
        this.setting = new Setting<>("threatInsight", Choice.SHAPE, Choice.USUAL, time);
        this.kept =
                new OrgConfig<>(
                        ConfigArea.PROTECTION,
                        database,
                        Choice.USUAL,
                        setting::value,
                        choice -> 1 + choice.excludeZones().size());
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("getCurrentConfiguration", this::get).answers(SCHEMA),
                Binding.of("updateConfiguration", this::update)
                        .takes(Choice.SHAPE)
                        .answers(SCHEMA));
    }

    /** In words: what of ThreatInsight refers to a zone, and so keeps it. */
    public List<String> tiedTo(Reader reader, String zoneId) {
        return setting.value(reader).excludeZones().contains(zoneId)
                ? List.of("ThreatInsight")
                : List.of();
    }

    /**
     * What an org has chosen, out of memory where nothing has changed. May ask the database: not to
     * be called in a transaction.
     */
    Choice choice(Org org) {
        return kept.at(org, org.versions());
    }

    private Reply get(Request request) {
        Org org = request.org();
        return answer(request, database.read(org.number(), reader -> setting.read(reader, org)));
    }

    private Reply update(Request request) {
        Org org = request.org();
        Choice choice = request.body(Choice.SHAPE);
        return answer(
                request,
                setting.change(
                        database,
                        org,
                        old -> choice,
                        (tx, old, now) -> {
                            requireZones(tx, org, now);
                            tell(tx, org, old, now);
                        }));
    }

    private void requireZones(Tx tx, Org org, Choice choice) {
        List<String> unknown =
                choice.excludeZones().stream()
                        .filter(id -> !zones.has(tx, org, id))
                        .map(id -> "excludeZones: There is no network zone " + id)
                        .toList();
        if (!unknown.isEmpty()) {
            throw ApiException.validation("excludeZones", unknown);
        }
    }

    private void tell(Tx tx, Org org, Choice old, Choice now) {
        Target target =
                new Target(org.id(), "ThreatInsight", "unknown", "ThreatInsight configuration")
                        .changed(details(old), details(now));
        tx.emit(events.event("security.threat.configuration.update").target(target));
        ConfigVersionStore.raise(tx, ConfigArea.PROTECTION);
    }

    private static Map<String, Object> details(Choice choice) {
        return Map.of("action", choice.action(), "excludeZones", choice.excludeZones());
    }

    private static Reply answer(Request request, Kept<Choice> kept) {
        return Reply.ok(
                out -> {
                    out.writeStartObject();
                    Choice.SHAPE.writeFields(out, kept.value());
                    out.writeStringProperty(
                            "created",
                            Dates.text(
                                    kept.created(),
                                    Dates.Accident.SPACE_NO_FRACTION,
                                    request.org().settings().strict()));
                    out.writeStringProperty(
                            "lastUpdated",
                            Dates.text(
                                    kept.lastUpdated(),
                                    Dates.Accident.SPACE_NO_FRACTION,
                                    request.org().settings().strict()));
                    new Links().hinted("self", request.path(), "GET", "POST").write(out);
                    out.writeEndObject();
                });
    }
}
