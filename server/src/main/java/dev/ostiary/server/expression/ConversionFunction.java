package dev.ostiary.server.expression;

import static dev.ostiary.server.expression.Signature.Want.TEXT_OR_NUMBER;

import dev.ostiary.server.expression.Type.Simple;

/** "Data conversion functions", and the same as methods. */
enum ConversionFunction implements Function {
    TO_INTEGER(
            Spelling.of("Convert.toInt").or(TEXT_OR_NUMBER, "toInteger"),
            Signature.of(Simple.INTEGER, TEXT_OR_NUMBER)),
    TO_NUMBER(
            Spelling.of("Convert.toNum").or(TEXT_OR_NUMBER, "toNumber"),
            Signature.of(Simple.NUMBER, TEXT_OR_NUMBER));

    private final Definition definition;

    ConversionFunction(Spelling spelling, Signature signature) {
        this.definition = new Definition(spelling, signature, Family.CONVERSION);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
