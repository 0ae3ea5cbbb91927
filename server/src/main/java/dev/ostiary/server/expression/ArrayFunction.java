package dev.ostiary.server.expression;

import static dev.ostiary.server.expression.Signature.Want.ANYTHING;
import static dev.ostiary.server.expression.Signature.Want.LIST;
import static dev.ostiary.server.expression.Signature.Want.WHOLE;

import dev.ostiary.server.expression.Type.Simple;

/** "Array functions", and the same as methods. */
enum ArrayFunction implements Function {
    ADD(
            Spelling.of("Arrays.add").or(LIST, "add"),
            Signature.of(new Type.ArrayOf(Simple.ANY), LIST, ANYTHING)
                    .givingByAll(
                            types ->
                                    new Type.ArrayOf(
                                            Type.either(element(types.get(0)), types.get(1))))),
    REMOVE(
            Spelling.of("Arrays.remove").or(LIST, "remove"),
            Signature.of(new Type.ArrayOf(Simple.ANY), LIST, ANYTHING).giving(ArrayFunction::same)),
    CLEAR(
            Spelling.of("Arrays.clear").or(LIST, "clear"),
            Signature.of(new Type.ArrayOf(Simple.ANY), LIST).giving(ArrayFunction::same)),
    GET(
            Spelling.of("Arrays.get").or(LIST, "get"),
            Signature.of(Simple.ANY, LIST, WHOLE).giving(ArrayFunction::element)),
    FLATTEN(
            Spelling.of("Arrays.flatten").or(LIST, "flatten"),
            Signature.of(new Type.ArrayOf(Simple.ANY), ANYTHING, ANYTHING).repeating(1)),
    CONTAINS(
            Spelling.of("Arrays.contains").or(LIST, "contains"),
            Signature.of(Simple.BOOLEAN, LIST, ANYTHING)),
    SIZE(Spelling.of("Arrays.size").or(LIST, "size"), Signature.of(Simple.INTEGER, LIST)),
    IS_EMPTY(Spelling.of("Arrays.isEmpty").or(LIST, "isEmpty"), Signature.of(Simple.BOOLEAN, LIST)),
    TO_CSV_STRING(
            Spelling.of("Arrays.toCsvString").or(LIST, "toCsvString"),
            Signature.of(Simple.TEXT, LIST));

    private final Definition definition;

    ArrayFunction(Spelling spelling, Signature signature) {
        this.definition = new Definition(spelling, signature, Family.ARRAY);
    }

    @Override
    public Definition definition() {
        return definition;
    }

    private static Type same(Type list) {
        return new Type.ArrayOf(element(list));
    }

    /** What is in a list; in a text with commas are texts. */
    static Type element(Type list) {
        return switch (list) {
            case Type.ArrayOf(Type element) -> element;
            case Type.Simple simple -> simple == Simple.TEXT ? Simple.TEXT : Simple.ANY;
            case Type.Thing _ -> Simple.ANY;
        };
    }
}
