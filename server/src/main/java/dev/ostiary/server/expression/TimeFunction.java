package dev.ostiary.server.expression;

import static dev.ostiary.server.expression.Signature.Want.TEXT;

import dev.ostiary.server.expression.Type.Simple;

/** "Time functions" over texts. */
enum TimeFunction implements Function {
    NOW(Spelling.of("Time.now"), Signature.of(Simple.TEXT, TEXT, TEXT).orFewer(0)),
    FROM_WINDOWS(Spelling.of("Time.fromWindowsToIso8601"), Signature.of(Simple.TEXT, TEXT)),
    FROM_UNIX(Spelling.of("Time.fromUnixToIso8601"), Signature.of(Simple.TEXT, TEXT)),
    FROM_STRING(Spelling.of("Time.fromStringToIso8601"), Signature.of(Simple.TEXT, TEXT, TEXT)),
    TO_WINDOWS(Spelling.of("Time.fromIso8601ToWindows"), Signature.of(Simple.TEXT, TEXT)),
    TO_UNIX(Spelling.of("Time.fromIso8601ToUnix"), Signature.of(Simple.TEXT, TEXT)),
    TO_STRING(Spelling.of("Time.fromIso8601ToString"), Signature.of(Simple.TEXT, TEXT, TEXT));

    private final Definition definition;

    TimeFunction(Spelling spelling, Signature signature) {
        this.definition = new Definition(spelling, signature, Family.TIME);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
