package dev.ostiary.platform.query.meaning;

import dev.ostiary.platform.problem.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * Asks the promise and the system the same questions about the same objects.
 *
 * @param promise what is to come out
 * @param objects the objects, by their numbers
 * @param system the numbers of the objects that the system finds; it refuses with a 400
 */
public record Trial(
        Promise promise, List<JsonNode> objects, Function<String, Set<Integer>> system) {

    private static final int SHOWN = 5;
    private static final Set<String> REFUSALS = Set.of("E0000030", "E0000031", "E0000053");

    /**
     * What came out.
     *
     * @param asked how many expressions there were
     * @param refused how many of them both refused
     * @param telling how many matched some of the objects and not all
     * @param differences those on which the two differ
     */
    public record Outcome(int asked, int refused, int telling, List<String> differences) {

        /** The counts, for whoever reads the test's output. */
        @Override
        public String toString() {
            return "%d expressions, %d refused, %d told objects apart, %d differences"
                    .formatted(asked, refused, telling, differences.size());
        }

        /** Both outcomes together. */
        public Outcome plus(Outcome other) {
            List<String> all = new ArrayList<>(differences);
            all.addAll(other.differences);
            return new Outcome(
                    asked + other.asked, refused + other.refused, telling + other.telling, all);
        }
    }

    /** Asks so many expressions. */
    public Outcome run(RandomExpressions expressions, int count) {
        int refused = 0;
        int telling = 0;
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String text = expressions.next();
            Optional<Set<Integer>> expected = promise.of(text).map(this::matching);
            Optional<Set<Integer>> found = found(text);
            refused += expected.isEmpty() ? 1 : 0;
            boolean some =
                    expected.filter(e -> !e.isEmpty() && e.size() < objects.size()).isPresent();
            telling += some ? 1 : 0;
            if (!expected.equals(found)) {
                differences.add(difference(text, expected, found));
            }
        }
        return new Outcome(count, refused, telling, differences);
    }

    private Set<Integer> matching(Predicate<JsonNode> test) {
        return IntStream.range(0, objects.size())
                .filter(i -> test.test(objects.get(i)))
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Optional<Set<Integer>> found(String text) {
        try {
            return Optional.of(new TreeSet<>(system.apply(text)));
        } catch (ApiException e) {
            if (!REFUSALS.contains(e.code())) {
                throw new AssertionError(text + " is refused with " + e.code(), e);
            }
            return Optional.empty();
        }
    }

    private String difference(
            String text, Optional<Set<Integer>> expected, Optional<Set<Integer>> found) {
        if (expected.isEmpty() || found.isEmpty()) {
            return text + " is refused by " + (expected.isEmpty() ? "the promise" : "the system");
        }
        Set<Integer> missing = new TreeSet<>(expected.get());
        missing.removeAll(found.get());
        Set<Integer> extra = new TreeSet<>(found.get());
        extra.removeAll(expected.get());
        return text + "\n  not found: " + shown(missing) + "\n  should not be: " + shown(extra);
    }

    private String shown(Set<Integer> numbers) {
        return numbers.stream()
                .limit(SHOWN)
                .map(n -> n + " " + objects.get(n))
                .collect(Collectors.joining("\n    "));
    }
}
