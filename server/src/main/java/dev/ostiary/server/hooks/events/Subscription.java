package dev.ostiary.server.hooks.events;

import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.server.hooks.filter.EventFilter;
import dev.ostiary.server.hooks.filter.InvalidFilter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Which events a hook gets.
 *
 * @param items types of events, each once
 * @param filter conditions on some of the types; null for none
 */
record Subscription(List<String> items, @Nullable Filter filter) {

    /** Published on the page about event hooks. */
    static final int MOST = 300;

    /** Conditions by type of event. */
    record Filter(List<Entry> eventFilterMap) {

        private static final Shape<Filter> SHAPE = shape();

        private static Shape<Filter> shape() {
            Shape.Builder<Filter> shape = Shape.of("filter");
            shape.field("type", Type.TEXT, filter -> "EXPRESSION_LANGUAGE").readOnly().always();
            Field<Filter, List<Entry>> map =
                    shape.field(
                                    "eventFilterMap",
                                    Type.list(Type.nested(Entry.SHAPE)),
                                    Filter::eventFilterMap)
                            .always()
                            .must(list -> list.size() <= MOST, "must be at most " + MOST);
            return shape.build(in -> new Filter(in.find(map).orElse(List.of())));
        }
    }

    /** A condition on events of one type. */
    record Entry(String event, Condition condition) {

        private static final Shape<Entry> SHAPE = shape();

        private static Shape<Entry> shape() {
            Shape.Builder<Entry> shape = Shape.of("eventFilter");
            Field<Entry, String> event = shape.field("event", Type.TEXT, Entry::event).required();
            Field<Entry, Condition> condition =
                    shape.field("condition", Type.nested(Condition.SHAPE), Entry::condition)
                            .required();
            return shape.build(in -> new Entry(in.get(event), in.get(condition)));
        }
    }

    /** An expression. */
    record Condition(String expression) {

        private static final Shape<Condition> SHAPE = shape();

        private static Shape<Condition> shape() {
            Shape.Builder<Condition> shape = Shape.of("condition");
            shape.field("version", Type.TEXT, condition -> null).readOnly().orNull();
            Field<Condition, String> expression =
                    shape.field("expression", Type.TEXT, Condition::expression).required();
            return shape.build(in -> new Condition(in.get(expression)));
        }
    }

    static final Shape<Subscription> SHAPE = shape();

    private static Shape<Subscription> shape() {
        Shape.Builder<Subscription> shape = Shape.of("events");
        shape.field("type", Type.TEXT, events -> "EVENT_TYPE")
                .required()
                .must("EVENT_TYPE"::equals, "must be EVENT_TYPE");
        Field<Subscription, List<String>> items =
                shape.field("items", Type.list(Type.TEXT), Subscription::items)
                        .required()
                        .must(
                                list -> !list.isEmpty() && list.size() <= MOST,
                                "must be 1 to " + MOST + " types of events");
        Field<Subscription, Filter> filter =
                shape.field("filter", Type.nested(Filter.SHAPE), Subscription::filter).orNull();
        return shape.build(
                in ->
                        new Subscription(
                                in.get(items).stream().distinct().toList(), in.orNull(filter)));
    }

    /** Tells the reading what cannot be subscribed to, and what is no filter. */
    void judge(EligibleEvents eligible, Path at, Reading reading) {
        for (String item : items) {
            if (!eligible.has(item)) {
                reading.wrong(at.field("items"), "Event hooks cannot subscribe to " + item);
            }
        }
        List<Entry> entries = filter == null ? List.of() : filter.eventFilterMap();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < entries.size(); i++) {
            Path entry = at.field("filter").field("eventFilterMap").item(i);
            if (!items.contains(entries.get(i).event()) || !seen.add(entries.get(i).event())) {
                reading.wrong(entry.field("event"), "must be one of the items, each once");
            }
            try {
                EventFilter.of(entries.get(i).condition().expression());
            } catch (InvalidFilter e) {
                reading.wrong(
                        entry.field("condition").field("expression"),
                        "The expression is not valid " + e.getMessage());
            }
        }
    }

    /** The conditions, ready for use: an event of a type without one passes. */
    Map<String, EventFilter> filters() {
        Map<String, EventFilter> filters = new HashMap<>();
        for (Entry entry : filter == null ? List.<Entry>of() : filter.eventFilterMap()) {
            try {
                filters.put(entry.event(), EventFilter.of(entry.condition().expression()));
            } catch (InvalidFilter e) {
                throw new IllegalStateException("a filter that was judged is none", e);
            }
        }
        return filters;
    }

    /** Whether an event of a subscribed type passes. */
    static boolean passes(Map<String, EventFilter> filters, String type, JsonNode event) {
        return Optional.ofNullable(filters.get(type))
                .map(filter -> filter.matches(event))
                .orElse(true);
    }
}
