package dev.ostiary.server.expression;

import java.math.BigDecimal;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What an expression, or a part of one, has come to. Immutable. */
public sealed interface Value {

    /** Of an attribute that nobody has set. */
    enum Nothing implements Value {
        NOTHING
    }

    /** A text. */
    record Text(String text) implements Value {}

    /** A whole number of 32 bits. */
    record Whole(int number) implements Value {}

    /** A number. */
    record Number(double number) implements Value {}

    /** True or false. */
    record Flag(boolean set) implements Value {}

    /** Many values, in order. */
    record Items(List<Value> items) implements Value {
        public Items {
            items = List.copyOf(items);
        }
    }

    /** A date and time of day in a zone. */
    record Moment(ZonedDateTime time) implements Value {}

    /** A country, by its code of two letters. */
    record Country(String alpha2) implements Value {}

    /** What groups are searched by: for each key a text or several. */
    record Criteria(Map<String, Value> wanted) implements Value {
        public Criteria {
            wanted = Map.copyOf(wanted);
        }
    }

    /** Something with attributes, which are looked up when an expression asks for them. */
    record Thing(Attributes attributes) implements Value {}

    /** Values by name; what is not there is {@link Nothing}. */
    @FunctionalInterface
    interface Attributes {
        Value get(String name);
    }

    /** Nothing. */
    Value NOTHING = Nothing.NOTHING;

    /** Something with these attributes. */
    static Thing of(Map<String, Value> attributes) {
        Map<String, Value> kept = Map.copyOf(attributes);
        return new Thing(name -> kept.getOrDefault(name, NOTHING));
    }

    /** A text, or nothing for null. */
    static Value ofText(@Nullable String text) {
        return text == null ? NOTHING : new Text(text);
    }

    /** Several texts. */
    static Items ofTexts(List<String> texts) {
        return new Items(texts.stream().<Value>map(Text::new).toList());
    }

    /** The value that JSON says. */
    static Value of(@Nullable JsonNode node) {
        if (node == null || node.isNull() || node.isMissingNode()) {
            return NOTHING;
        }
        if (node.isString()) {
            return new Text(node.stringValue());
        }
        if (node.isBoolean()) {
            return new Flag(node.booleanValue());
        }
        if (node.isIntegralNumber() && node.canConvertToInt()) {
            return new Whole(node.intValue());
        }
        if (node.isNumber()) {
            return new Number(node.doubleValue());
        }
        if (node.isArray()) {
            List<Value> items = new ArrayList<>();
            node.forEach(item -> items.add(of(item)));
            return new Items(items);
        }
        return new Thing(name -> of(node.get(name)));
    }

    /** A number as it is written: without an exponent. */
    static String written(double number) {
        return Double.isFinite(number)
                ? new BigDecimal(Double.toString(number)).toPlainString()
                : Double.toString(number);
    }
}
