package dev.ostiary.platform.query.meaning;

import tools.jackson.databind.JsonNode;

/** What an expression says. */
sealed interface Meaning {

    record Both(Meaning one, Meaning other) implements Meaning {}

    record Either(Meaning one, Meaning other) implements Meaning {}

    record Opposite(Meaning term) implements Meaning {}

    record Has(String path) implements Meaning {}

    /** The operator in lower case, the literal as JSON has it. */
    record Compared(String path, String operator, JsonNode literal) implements Meaning {}
}
