package dev.ostiary.server.expression;

import dev.ostiary.server.expression.Type.Simple;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What a function takes and gives.
 *
 * @param wants its parameters
 * @param least how many arguments it needs; those after it may be left out
 * @param repeated how many of the last parameters may come again and again, together; 0 for none
 * @param result the type of what it gives, by the types of its arguments
 */
record Signature(List<Want> wants, int least, int repeated, Result result) {

    /** What a parameter takes. */
    enum Want {
        TEXT("String"),
        WHOLE("Integer"),
        TEXT_OR_NUMBER("String or Number"),
        NUMBER("Number"),
        /** An array, or a text in which commas are between the elements. */
        LIST("Array"),
        MOMENT("ZonedDateTime"),
        COUNTRY("CountryCode"),
        CRITERIA("search criteria"),
        USER("User"),
        ANYTHING("Object");

        private final String title;

        Want(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }

        boolean takes(Type type) {
            if (Type.isUnknown(type)) {
                return this != CRITERIA;
            }
            return switch (this) {
                case TEXT -> type == Simple.TEXT;
                case WHOLE -> type == Simple.INTEGER;
                case TEXT_OR_NUMBER -> type == Simple.TEXT || Type.isNumeric(type);
                case NUMBER -> Type.isNumeric(type);
                case LIST -> type instanceof Type.ArrayOf || type == Simple.TEXT;
                // a text that says a time: the documentation calls methods of what Time.now gives
                case MOMENT -> type == Simple.MOMENT || type == Simple.TEXT;
                case COUNTRY -> type == Simple.COUNTRY;
                case CRITERIA -> type == Simple.CRITERIA;
                case USER -> type instanceof Type.Thing;
                case ANYTHING -> type != Simple.CRITERIA;
            };
        }
    }

    /** The type of a result. */
    interface Result extends java.util.function.Function<List<Type>, Type> {}

    Signature {
        wants = List.copyOf(wants);
    }

    /** Takes exactly these. */
    static Signature of(Type result, Want... wants) {
        return new Signature(List.of(wants), wants.length, 0, _ -> result);
    }

    /** The last ones may be left out. */
    Signature orFewer(int fewest) {
        return new Signature(wants, fewest, repeated, result);
    }

    /** The last ones may come again and again, or not at all. */
    Signature repeating(int last) {
        return new Signature(wants, wants.size() - last, last, result);
    }

    /** Gives something that depends on what it takes. */
    Signature giving(UnaryOperator<Type> ofFirst) {
        return new Signature(wants, least, repeated, types -> ofFirst.apply(types.getFirst()));
    }

    /** Gives something that depends on all that it takes. */
    Signature givingByAll(Result byAll) {
        return new Signature(wants, least, repeated, byAll);
    }

    /** Whether it can be called with so many arguments. */
    boolean takes(int arguments) {
        if (arguments < least) {
            return false;
        }
        return repeated == 0 ? arguments <= wants.size() : (arguments - least) % repeated == 0;
    }

    /** What the argument at a place has to be. */
    Want want(int place) {
        if (place < wants.size()) {
            return wants.get(place);
        }
        int first = wants.size() - repeated;
        return wants.get(first + (place - first) % repeated);
    }

    /** The parameters, for messages. */
    String shown() {
        List<String> titles = new ArrayList<>(wants.stream().map(Want::title).toList());
        for (int place = repeated == 0 ? least : wants.size(); place < wants.size(); place++) {
            titles.set(place, titles.get(place) + "?");
        }
        return "(" + String.join(", ", titles) + (repeated > 0 ? ", …)" : ")");
    }
}
