package dev.ostiary.conformance.contract;

/** The tags SystemLog and Events. */
final class LogExamples implements Examples.Family {

    @Override
    public void say(Examples examples) {
        examples.of("listEvents", stock -> Call.plain().query("limit=100"));
        examples.of("listLogEvents", stock -> Call.plain().query("limit=1000"));
        examples.of(
                "listLogEvents",
                stock ->
                        Call.plain()
                                .query(
                                        "limit=100&sortOrder=DESCENDING&filter=eventType%20sw%20%22user%22"));
    }
}
