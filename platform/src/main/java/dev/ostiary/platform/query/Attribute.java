package dev.ostiary.platform.query;

import java.util.EnumSet;
import java.util.Set;

/**
 * One attribute that a resource can be filtered or sorted by: its name on the wire, its type, its
 * operators and its place in SQL. Immutable.
 *
 * @param path the name, as a client writes it
 * @param kind its type
 * @param operators what is allowed
 * @param strictOperators what is documented, and so allowed under {@code strict} (P28)
 * @param rendering its place in SQL
 */
public record Attribute(
        String path,
        Kind kind,
        Set<Operator> operators,
        Set<Operator> strictOperators,
        Rendering rendering) {

    private static final Set<Operator> SELDOM_DOCUMENTED =
            Set.of(Operator.NE, Operator.CO, Operator.EW);

    public Attribute {
        operators = Set.copyOf(operators);
        strictOperators = Set.copyOf(strictOperators);
    }

    /** An attribute with all operators of its type; documented are all but ne, co and ew. */
    public static Attribute of(String path, Kind kind, Rendering rendering) {
        Set<Operator> all = kind.operators();
        Set<Operator> documented = kind.operators();
        documented.removeAll(SELDOM_DOCUMENTED);
        return new Attribute(path, kind, all, documented, rendering);
    }

    /** Text, compared as it stands. */
    public static Unplaced text(String path) {
        return new Unplaced(path, Kind.TEXT, false);
    }

    /** Text, compared without case; its column holds {@link CaseFold folded} values. */
    public static Unplaced foldedText(String path) {
        return new Unplaced(path, Kind.TEXT, true);
    }

    /** A number. */
    public static Unplaced number(String path) {
        return new Unplaced(path, Kind.NUMBER, false);
    }

    /** True or false. */
    public static Unplaced bool(String path) {
        return new Unplaced(path, Kind.BOOLEAN, false);
    }

    /** A date with its time. */
    public static Unplaced instant(String path) {
        return new Unplaced(path, Kind.INSTANT, false);
    }

    /** The same attribute; under {@code strict} only these operators. */
    public Attribute documented(Operator... documented) {
        return new Attribute(path, kind, operators, Set.of(documented), rendering);
    }

    /** The same attribute, never with these operators. */
    public Attribute without(Operator... refused) {
        return new Attribute(
                path,
                kind,
                minus(operators, Set.of(refused)),
                minus(strictOperators, Set.of(refused)),
                rendering);
    }

    private static Set<Operator> minus(Set<Operator> some, Set<Operator> others) {
        Set<Operator> rest = EnumSet.noneOf(Operator.class);
        rest.addAll(some);
        rest.removeAll(others);
        return rest;
    }

    /** An attribute whose place is still to be said. */
    public record Unplaced(String path, Kind kind, boolean folded) {

        /**
         * The attribute as a column.
         *
         * @param expression the column or an expression, a constant of the program
         */
        public Attribute column(String expression) {
            return of(path, kind, new Column(expression, kind, folded));
        }
    }
}
