package dev.ostiary.server.expression;

import static dev.ostiary.server.expression.Signature.Want.COUNTRY;
import static dev.ostiary.server.expression.Signature.Want.TEXT;

import dev.ostiary.server.expression.Type.Simple;

/** "Country code conversion functions": of texts, and of what a text was read as. */
enum CountryFunction implements Function {
    TO_ALPHA2(Spelling.of("Iso3166Convert.toAlpha2"), Signature.of(Simple.TEXT, TEXT)),
    TO_ALPHA3(Spelling.of("Iso3166Convert.toAlpha3"), Signature.of(Simple.TEXT, TEXT)),
    TO_NUMERIC(Spelling.of("Iso3166Convert.toNumeric"), Signature.of(Simple.TEXT, TEXT)),
    TO_NAME(Spelling.of("Iso3166Convert.toName"), Signature.of(Simple.TEXT, TEXT)),
    PARSE(Spelling.method(TEXT, "parseCountryCode"), Signature.of(Simple.COUNTRY, TEXT)),
    ALPHA2_OF(Spelling.method(COUNTRY, "toAlpha2"), Signature.of(Simple.TEXT, COUNTRY)),
    ALPHA3_OF(Spelling.method(COUNTRY, "toAlpha3"), Signature.of(Simple.TEXT, COUNTRY)),
    NUMERIC_OF(Spelling.method(COUNTRY, "toNumeric"), Signature.of(Simple.TEXT, COUNTRY)),
    NAME_OF(Spelling.method(COUNTRY, "toName"), Signature.of(Simple.TEXT, COUNTRY));

    private final Definition definition;

    CountryFunction(Spelling spelling, Signature signature) {
        this.definition = new Definition(spelling, signature, Family.COUNTRY);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
