package dev.ostiary.platform.limits;

import dev.ostiary.platform.contract.Operation;
import dev.ostiary.platform.contract.Verb;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The limits of one tier: which bucket a request falls into, and how much each lets through. An
 * exact match wins over every longer one that is not ("Match requests" in the documentation), then
 * the most specific pattern wins. Thread-safe; what is kept is bounded by the contract.
 */
public final class Profile {

    /** What bursts let through beyond the limit (Burst rate limits). */
    static final int BURST = 5;

    private final String name;
    private final List<Rule> rules;
    private final Map<Category, Bucket> cumulative;
    private final int concurrency;
    private final int tokenPercent;
    private final ConcurrentMap<String, Found> known = new ConcurrentHashMap<>();

    private record Rule(Row row, @Nullable Bucket bucket) {
        boolean covers(Verb verb, List<String> segments) {
            return row.verbs().contains(verb) && row.pattern().covers(segments, row.exact());
        }

        UrlPattern.Fit fit(Operation operation) {
            return row.verbs().contains(operation.verb())
                    ? row.pattern().fit(operation.path(), row.exact())
                    : UrlPattern.Fit.NEVER;
        }
    }

    /**
     * What is known of an operation: its bucket, or that the path has to be looked at each time.
     */
    private record Found(@Nullable Bucket bucket, boolean byPath) {}

    private Profile(Builder from) {
        this.name = from.name;
        this.rules =
                from.rules.stream()
                        .sorted(
                                Comparator.comparing((Rule rule) -> !rule.row().exact())
                                        .thenComparing(
                                                rule -> rule.row().pattern().weight(),
                                                Comparator.reverseOrder()))
                        .toList();
        this.cumulative = new EnumMap<>(from.cumulative);
        this.concurrency = from.concurrency;
        this.tokenPercent = from.tokenPercent;
    }

    /** Whether it only counts and tells. */
    public boolean unlimited() {
        return name.equals(RateTable.UNLIMITED_NAME);
    }

    /** The name that it was asked for by. */
    public String name() {
        return name;
    }

    /** How many requests may be under way in an org; 0 for any number. */
    int concurrency() {
        return concurrency;
    }

    /** The percentage of a bucket that a token may use of which nothing else is said. */
    public int tokenPercent() {
        return tokenPercent;
    }

    /** What all buckets of a category may add up to, if the tier says so. */
    @Nullable Bucket cumulative(Category category) {
        return cumulative.get(category);
    }

    /**
     * The bucket of a request.
     *
     * @param segments the request's decoded path; asked for only where the operation does not say
     *     enough
     * @return null where nothing is limited
     */
    public @Nullable Bucket bucket(Operation operation, Supplier<List<String>> segments) {
        Found found = known.get(operation.id());
        if (found == null) {
            found = known.computeIfAbsent(operation.id(), id -> find(operation));
        }
        return found.byPath() ? bucket(operation.verb(), segments.get()) : found.bucket();
    }

    /** The bucket of a path; null where nothing is limited. */
    @Nullable Bucket bucket(Verb verb, List<String> segments) {
        for (Rule rule : rules) {
            if (rule.covers(verb, segments)) {
                return rule.bucket();
            }
        }
        return null;
    }

    private Found find(Operation operation) {
        for (Rule rule : rules) {
            switch (rule.fit(operation)) {
                case ALWAYS -> {
                    return new Found(rule.bucket(), false);
                }
                case SOMETIMES -> {
                    return new Found(null, true);
                }
                case NEVER -> {}
            }
        }
        return new Found(null, false);
    }

    /** Collects a profile from the table. */
    static final class Builder {
        private final String name;
        private final List<Rule> rules = new ArrayList<>();
        private final Map<Category, Bucket> cumulative = new EnumMap<>(Category.class);
        private int concurrency;
        private int tokenPercent = 100;

        Builder(String name) {
            this.name = name;
        }

        void exempt(Row row) {
            rules.add(new Rule(row, null));
        }

        void bucket(Row row, int limit, int burst) {
            rules.add(new Rule(row, of(row, row.pattern().text(), limit, burst)));
        }

        void cumulative(Row row, int limit, int burst) {
            cumulative.put(
                    Category.of(row.category()), of(row, row.category() + "*", limit, burst));
        }

        void concurrency(int most) {
            concurrency = most;
        }

        void tokenPercent(int percent) {
            tokenPercent = percent;
        }

        Profile build() {
            return new Profile(this);
        }

        private static Bucket of(Row row, String pattern, int limit, int burst) {
            Category category = Category.of(row.category());
            int times = category == Category.AUTHENTICATION ? burst : 1;
            return Bucket.of(row.index(), pattern, category, limit, limit * times);
        }
    }
}
