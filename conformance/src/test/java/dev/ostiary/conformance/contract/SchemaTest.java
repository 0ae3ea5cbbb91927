package dev.ostiary.conformance.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SuiteServer.class)
@DisplayName("Answers beside the published schemas")
class SchemaTest {

    private final Server server;
    private final Org org;

    SchemaTest(Server server, Org org) {
        this.server = server;
        this.org = org;
    }

    @Test
    @DisplayName("P4 every bound operation's answer is valid against its documented schema")
    void valid() {
        Optional<PublishedSchemas> found = PublishedSchemas.find(server.launcher().home());
        if (found.isEmpty()) {
            System.out.println(
                    "[schemas] skipped: no published API descriptions in ../shared/reference (or $OSTIARY_REFERENCE)");
        }
        assumeTrue(found.isPresent(), "published API descriptions are not here");
        PublishedSchemas schemas = found.orElseThrow();

        List<Tour.Stop> stops = new Tour(org).stops();

        List<String> problems = new ArrayList<>();
        Set<String> seen =
                stops.stream()
                        .filter(stop -> stop.answer().status() < 300)
                        .map(Tour.Stop::operationId)
                        .collect(Collectors.toSet());
        for (Tour.Stop stop : stops) {
            Answer answer = stop.answer();
            if (schemas.knows(stop.operationId(), answer.status()) && answer.bytes().length > 0) {
                problems.addAll(
                        schemas.problems(stop.operationId(), answer.status(), answer.text()));
            }
        }
        List<String> missed =
                BoundOperations.find(server.launcher().home(), server.newOrg()).bound().stream()
                        .filter(
                                each ->
                                        schemas.knows(each.id(), 200)
                                                || schemas.knows(each.id(), 201))
                        .map(Operation::id)
                        .filter(id -> !seen.contains(id))
                        .toList();
        System.out.println(
                "[schemas] "
                        + stops.size()
                        + " answers of "
                        + seen.size()
                        + " operations compared");
        assertThat(problems).as("what the schemas do not allow").isEmpty();
        assertThat(missed)
                .as("bound operations that the tour does not visit with success")
                .isEmpty();
    }
}
