package dev.ostiary.server.expression;

import static dev.ostiary.server.expression.Signature.Want.MOMENT;
import static dev.ostiary.server.expression.Signature.Want.TEXT;
import static dev.ostiary.server.expression.Signature.Want.WHOLE;

import dev.ostiary.server.expression.Type.Simple;

/** "Time functions" over dates, as methods. */
enum MomentFunction implements Function {
    NOW(Spelling.of("DateTime.now"), Signature.of(Simple.MOMENT)),
    PARSE_WINDOWS(Spelling.method(TEXT, "parseWindowsTime"), Signature.of(Simple.MOMENT, TEXT)),
    PARSE_UNIX(Spelling.method(TEXT, "parseUnixTime"), Signature.of(Simple.MOMENT, TEXT)),
    PARSE_STRING(
            Spelling.method(TEXT, "parseStringTime"),
            Signature.of(Simple.MOMENT, TEXT, TEXT).orFewer(1)),
    TO_WINDOWS(Spelling.method(MOMENT, "toWindows"), Signature.of(Simple.TEXT, MOMENT)),
    TO_UNIX(Spelling.method(MOMENT, "toUnix"), Signature.of(Simple.TEXT, MOMENT)),
    TO_STRING(
            Spelling.method(MOMENT, "toString"),
            Signature.of(Simple.TEXT, MOMENT, TEXT).orFewer(1)),
    TO_ZONE(Spelling.method(MOMENT, "toZone"), Signature.of(Simple.MOMENT, MOMENT, TEXT)),
    PLUS_DAYS(Spelling.method(MOMENT, "plusDays"), Signature.of(Simple.MOMENT, MOMENT, WHOLE)),
    PLUS_HOURS(Spelling.method(MOMENT, "plusHours"), Signature.of(Simple.MOMENT, MOMENT, WHOLE)),
    PLUS_MINUTES(
            Spelling.method(MOMENT, "plusMinutes"), Signature.of(Simple.MOMENT, MOMENT, WHOLE)),
    PLUS_SECONDS(
            Spelling.method(MOMENT, "plusSeconds"), Signature.of(Simple.MOMENT, MOMENT, WHOLE)),
    MINUS_DAYS(Spelling.method(MOMENT, "minusDays"), Signature.of(Simple.MOMENT, MOMENT, WHOLE)),
    MINUS_HOURS(Spelling.method(MOMENT, "minusHours"), Signature.of(Simple.MOMENT, MOMENT, WHOLE)),
    MINUS_MINUTES(
            Spelling.method(MOMENT, "minusMinutes"), Signature.of(Simple.MOMENT, MOMENT, WHOLE)),
    MINUS_SECONDS(
            Spelling.method(MOMENT, "minusSeconds"), Signature.of(Simple.MOMENT, MOMENT, WHOLE)),
    WITHIN_DAYS(Spelling.method(MOMENT, "withinDays"), Signature.of(Simple.BOOLEAN, MOMENT, WHOLE)),
    WITHIN_HOURS(
            Spelling.method(MOMENT, "withinHours"), Signature.of(Simple.BOOLEAN, MOMENT, WHOLE)),
    WITHIN_MINUTES(
            Spelling.method(MOMENT, "withinMinutes"), Signature.of(Simple.BOOLEAN, MOMENT, WHOLE)),
    WITHIN_SECONDS(
            Spelling.method(MOMENT, "withinSeconds"), Signature.of(Simple.BOOLEAN, MOMENT, WHOLE));

    private final Definition definition;

    MomentFunction(Spelling spelling, Signature signature) {
        this.definition = new Definition(spelling, signature, Family.TIME);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
