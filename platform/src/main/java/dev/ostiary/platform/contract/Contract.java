package dev.ostiary.platform.contract;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * From a path to the published operation. A literal segment wins over a variable one, whatever the
 * order of the table ({@code /api-tokens/current} before {@code /api-tokens/{apiTokenId}}).
 * Immutable and thread-safe.
 */
public final class Contract {

    /** What authorization servers serve: they judge tokens themselves, whoever issued them. */
    private static final String OF_OAUTH = "/oauth2/";

    private final Map<String, Operation> byId;
    private final Map<String, Answers> answers;
    private final Node root = new Node();

    private Contract(Collection<Operation> operations, Map<String, Answers> answers) {
        this.answers = Map.copyOf(answers);
        Map<String, Operation> ids = new LinkedHashMap<>();
        for (Operation operation : operations) {
            if (ids.put(operation.id(), operation) != null) {
                throw new IllegalStateException(
                        "operation twice in the contract: " + operation.id());
            }
            root.add(operation);
        }
        byId = Collections.unmodifiableMap(ids);
    }

    /** The published operations and our own, as packed with the program. */
    public static Contract load() {
        List<Operation> operations = new ArrayList<>();
        for (String table : List.of("contract/operations.tsv", "contract/extra.tsv")) {
            Table.load(table).rows().forEach(row -> operations.add(read(row)));
        }
        Map<String, Answers> answers = new HashMap<>();
        Table.load("contract/answers.tsv")
                .rows()
                .forEach(row -> answers.put(row.get("operationId"), Answers.read(row)));
        return new Contract(operations, answers);
    }

    /** A contract of just these operations. */
    public static Contract of(Collection<Operation> operations) {
        return new Contract(operations, Map.of());
    }

    private static Operation read(Table.Row row) {
        Set<String> scopes =
                Arrays.stream(row.get("scopes").split("[ ,]+"))
                        .filter(scope -> !scope.isEmpty())
                        .collect(Collectors.toUnmodifiableSet());
        Operation.Access access =
                switch (row.get("access")) {
                    case "SSWS" -> Operation.Access.API_TOKEN;
                    case "SSWS?" -> Operation.Access.OPTIONAL_TOKEN;
                    case "session" -> Operation.Access.SESSION;
                    default ->
                            scopes.isEmpty() || row.get("path").startsWith(OF_OAUTH)
                                    ? Operation.Access.PUBLIC
                                    : Operation.Access.BEARER;
                };
        return new Operation(
                row.get("operationId"),
                Verb.valueOf(row.get("method")),
                PathTemplate.of(row.get("path")),
                scopes,
                access,
                switch (row.get("cors")) {
                    case "CORS" -> Operation.Pages.TRUSTED;
                    case "ANY" -> Operation.Pages.ANY;
                    default -> Operation.Pages.NONE;
                },
                row.get("family"),
                row.get("document"));
    }

    /** Every operation in the tables' order. */
    public Collection<Operation> operations() {
        return byId.values();
    }

    /** What is published of an operation's requests and answers. */
    public Answers answers(Operation operation) {
        return answers.getOrDefault(operation.id(), Answers.UNKNOWN);
    }

    /**
     * The operation with this id.
     *
     * @throws IllegalArgumentException if it is not published, which is a defect of the caller
     */
    public Operation operation(String id) {
        Operation found = byId.get(id);
        if (found == null) {
            throw new IllegalArgumentException("not in the contract: " + id);
        }
        return found;
    }

    /** What a request names (P12). HEAD finds what GET finds (P9). */
    public Match match(Verb verb, List<String> segments) {
        Verb wanted = verb == Verb.HEAD ? Verb.GET : verb;
        Node node = root.find(segments, 0, wanted);
        if (node == null) {
            return otherVerbs(segments);
        }
        Operation operation = known(node.operations.get(wanted));
        return new Match.Found(operation, operation.path().bind(segments));
    }

    private static Operation known(@Nullable Operation operation) {
        if (operation == null) {
            throw new IllegalStateException("a node was found for a verb that it lacks");
        }
        return operation;
    }

    private Match otherVerbs(List<String> segments) {
        Set<Verb> verbs = EnumSet.noneOf(Verb.class);
        root.collectVerbs(segments, 0, verbs);
        if (verbs.isEmpty()) {
            return new Match.NoSuchPath();
        }
        if (verbs.contains(Verb.GET)) {
            verbs.add(Verb.HEAD);
        }
        verbs.add(Verb.OPTIONS);
        return new Match.OtherVerbs(verbs);
    }

    /** The outcome of matching. */
    public sealed interface Match {
        /** An operation, with the decoded values of its path variables by name. */
        record Found(Operation operation, Map<String, String> variables) implements Match {}

        /** The path is published, the verb is not. */
        record OtherVerbs(Set<Verb> allowed) implements Match {}

        /** No operation has such a path. */
        record NoSuchPath() implements Match {}
    }

    private static final class Node {
        private final Map<String, Node> literals = new HashMap<>();
        private final Map<Verb, Operation> operations = new EnumMap<>(Verb.class);
        private @Nullable Node variable;

        void add(Operation operation) {
            Node node = this;
            for (String segment : operation.path().segments()) {
                node = node.child(segment);
            }
            if (node.operations.put(operation.verb(), operation) != null) {
                throw new IllegalStateException("two operations at one place: " + operation);
            }
        }

        private Node child(String segment) {
            if (!PathTemplate.isVariable(segment)) {
                return literals.computeIfAbsent(segment, s -> new Node());
            }
            if (variable == null) {
                variable = new Node();
            }
            return variable;
        }

        /**
         * The best node that has the verb: a literal branch that lacks it gives way to a variable
         * one, so that {@code GET /users/me} reaches {@code GET /users/{id}} although other verbs
         * may name {@code me}.
         */
        @Nullable Node find(List<String> segments, int at, Verb verb) {
            if (at == segments.size()) {
                return operations.containsKey(verb) ? this : null;
            }
            String segment = segments.get(at);
            Node literal = literals.get(segment);
            Node found = literal == null ? null : literal.find(segments, at + 1, verb);
            if (found == null && variable != null && !segment.isEmpty()) {
                found = variable.find(segments, at + 1, verb);
            }
            return found;
        }

        /** Adds every verb that {@link #find} finds something for. */
        void collectVerbs(List<String> segments, int at, Set<Verb> verbs) {
            if (at == segments.size()) {
                verbs.addAll(operations.keySet());
                return;
            }
            String segment = segments.get(at);
            Node literal = literals.get(segment);
            if (literal != null) {
                literal.collectVerbs(segments, at + 1, verbs);
            }
            if (variable != null && !segment.isEmpty()) {
                variable.collectVerbs(segments, at + 1, verbs);
            }
        }
    }
}
