package dev.ostiary.server.expression;

import java.util.ArrayList;
import java.util.List;

/**
 * What the functions of lists give. A text is a list of texts, with commas between ("You can use
 * comma-separated values as an input parameter for all Arrays functions").
 */
final class Lists {

    private final Budget budget;

    Lists(Budget budget) {
        this.budget = budget;
    }

    Value value(ArrayFunction function, List<Value> given) {
        List<Value> items = function == ArrayFunction.FLATTEN ? given : items(given.getFirst());
        return switch (function) {
            case ADD -> added(items, given.get(1));
            case REMOVE -> without(items, given.get(1));
            case CLEAR -> new Value.Items(List.of());
            case GET -> get(items, Values.whole(given.get(1)));
            case FLATTEN -> flat(given);
            case CONTAINS ->
                    new Value.Flag(
                            items.stream()
                                    .anyMatch(item -> Values.areSame(item, given.get(1), budget)));
            case SIZE -> new Value.Whole(items.size());
            case IS_EMPTY -> new Value.Flag(items.isEmpty());
            case TO_CSV_STRING -> csv(items);
        };
    }

    /** The elements of a list; nothing has none. */
    List<Value> items(Value value) {
        List<Value> items =
                switch (value) {
                    case Value.Nothing _ -> List.of();
                    case Value.Items(List<Value> many) -> many;
                    case Value.Text(String text) -> parts(text);
                    case Value.Whole _,
                            Value.Number _,
                            Value.Flag _,
                            Value.Moment _,
                            Value.Country _,
                            Value.Criteria _,
                            Value.Thing _ ->
                            throw Failure.mismatch("Array");
                };
        budget.items(items.size());
        return items;
    }

    /** The element at a place, from 0; beyond the end there is nothing. */
    static Value get(List<Value> items, int place) {
        return place >= 0 && place < items.size() ? items.get(place) : Value.NOTHING;
    }

    private List<Value> parts(String text) {
        budget.read(text);
        List<Value> parts = new ArrayList<>();
        if (!text.isBlank()) {
            for (String part : text.split(",", -1)) {
                parts.add(new Value.Text(part.strip()));
            }
        }
        return parts;
    }

    private static Value added(List<Value> items, Value item) {
        List<Value> more = new ArrayList<>(items);
        more.add(item);
        return new Value.Items(more);
    }

    private Value without(List<Value> items, Value item) {
        return new Value.Items(
                items.stream().filter(each -> !Values.areSame(each, item, budget)).toList());
    }

    private Value flat(List<Value> given) {
        List<Value> flat = new ArrayList<>();
        for (Value each : given) {
            flatten(each, given.size() == 1, flat);
        }
        return new Value.Items(flat);
    }

    /** Only a text that stands alone is taken for a list: beside others it is an element. */
    private void flatten(Value value, boolean alone, List<Value> flat) {
        budget.items(flat.size() + 1);
        if (value instanceof Value.Items(List<Value> items)) {
            items.forEach(item -> flatten(item, false, flat));
        } else if (alone) {
            flat.addAll(isList(value) ? items(value) : List.of(value));
        } else {
            flat.add(value);
        }
    }

    private static boolean isList(Value value) {
        return value instanceof Value.Text || value == Value.NOTHING;
    }

    private Value csv(List<Value> items) {
        StringBuilder text = new StringBuilder();
        String separator = "";
        for (Value item : items) {
            text.append(separator).append(Values.text(item));
            separator = ",";
            budget.text(text.length());
        }
        return new Value.Text(text.toString());
    }
}
