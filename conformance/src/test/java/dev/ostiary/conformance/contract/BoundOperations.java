package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which operations are bound, as a client learns it: by asking. Each is asked once with a token,
 * with ids that nobody has and without a body, in an org that is there for nothing else.
 *
 * @param bound those that answered anything but 501
 * @param unbound the answers of the others
 */
record BoundOperations(List<Operation> bound, List<Asked> unbound) {

    /** An id that nobody has, of a form that any object could have. */
    static final String UNKNOWN = "00xNoSuchThingHere00";

    record Asked(Operation operation, Answer answer) {}

    static BoundOperations find(Path home, Org scratch) {
        List<Operation> bound = new ArrayList<>();
        List<Asked> unbound = new ArrayList<>();
        // The token's own end comes last: everything else is asked with it.
        List<Operation> inOrder =
                Operation.all(home).stream()
                        .filter(Operation::byToken)
                        .sorted(
                                Comparator.comparing(
                                        operation ->
                                                operation.id().equals("revokeCurrentApiToken")))
                        .toList();
        for (Operation operation : inOrder) {
            Answer answer =
                    scratch.http().send(operation.method(), operation.pathWith(UNKNOWN), null);
            if (answer.status() == 501) {
                unbound.add(new Asked(operation, answer));
            } else {
                bound.add(operation);
            }
        }
        return new BoundOperations(List.copyOf(bound), List.copyOf(unbound));
    }

    /** A token of the org's administrator that can be spent. */
    static String spareToken(Org org) {
        return org.http()
                .post(
                        "/ostiary/v1/apiTokens",
                        Json.object().put("user", org.adminLogin()).put("name", "spare"))
                .expect(201)
                .text("token");
    }
}
