package dev.ostiary.server.expression;

import static dev.ostiary.server.expression.Signature.Want.TEXT;
import static dev.ostiary.server.expression.Signature.Want.WHOLE;
import static dev.ostiary.server.expression.Type.Simple;

/** "String functions", with their older names and their names as methods. */
enum TextFunction implements Function {
    APPEND(Spelling.of("String.append"), Signature.of(Simple.TEXT, TEXT, TEXT)),
    JOIN(Spelling.of("String.join"), Signature.of(Simple.TEXT, TEXT, TEXT).repeating(1)),
    LENGTH(Spelling.of("String.len").or(TEXT, "length"), Signature.of(Simple.INTEGER, TEXT)),
    REMOVE_SPACES(
            Spelling.of("String.removeSpaces").or(TEXT, "removeSpaces"),
            Signature.of(Simple.TEXT, TEXT)),
    REPLACE(
            Spelling.of("String.replace").or(TEXT, "replace"),
            Signature.of(Simple.TEXT, TEXT, TEXT, TEXT)),
    REPLACE_FIRST(
            Spelling.of("String.replaceFirst").or(TEXT, "replaceFirst"),
            Signature.of(Simple.TEXT, TEXT, TEXT, TEXT)),
    STARTS_WITH(
            Spelling.of("String.startsWith").or(TEXT, "startsWith"),
            Signature.of(Simple.BOOLEAN, TEXT, TEXT)),
    CONTAINS(
            Spelling.of("String.stringContains").or(TEXT, "contains"),
            Signature.of(Simple.BOOLEAN, TEXT, TEXT)),
    SWITCH(
            Spelling.of("String.stringSwitch"),
            Signature.of(Simple.TEXT, TEXT, TEXT, TEXT, TEXT).repeating(2)),
    SUBSTRING(
            Spelling.of("String.substring", "substring").or(TEXT, "substring"),
            Signature.of(Simple.TEXT, TEXT, WHOLE, WHOLE).orFewer(2)),
    SUBSTRING_AFTER(
            Spelling.of("String.substringAfter", "substringAfter").or(TEXT, "substringAfter"),
            Signature.of(Simple.TEXT, TEXT, TEXT)),
    SUBSTRING_BEFORE(
            Spelling.of("String.substringBefore", "substringBefore").or(TEXT, "substringBefore"),
            Signature.of(Simple.TEXT, TEXT, TEXT)),
    TO_UPPER_CASE(
            Spelling.of("String.toUpperCase", "toUpperCase").or(TEXT, "toUpperCase"),
            Signature.of(Simple.TEXT, TEXT)),
    TO_LOWER_CASE(
            Spelling.of("String.toLowerCase", "toLowerCase").or(TEXT, "toLowerCase"),
            Signature.of(Simple.TEXT, TEXT));

    private final Definition definition;

    TextFunction(Spelling spelling, Signature signature) {
        this.definition = new Definition(spelling, signature, Family.STRING);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
