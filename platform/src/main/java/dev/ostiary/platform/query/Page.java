package dev.ostiary.platform.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One page of a list, and the cursor of the next one where more follows.
 *
 * @param items the rows, in the list's order
 * @param next the cursor after the last of them, if there is more
 */
public record Page<T>(List<T> items, Optional<String> next) {

    public Page {
        items = List.copyOf(items);
    }

    /** Which {@code Link} lines a resource sends (WIRE, "Lists and pages"). */
    public enum LinkPolicy {
        /** {@code self} always, {@code next} where more follows. */
        SELF,
        /** Both where more follows, else none. */
        IF_MORE,
        /** None ever. */
        NONE
    }

    /** The same page with its items made into something else. */
    public <R> Page<R> map(Function<? super T, ? extends R> making) {
        return new Page<>(items.stream().<R>map(making).toList(), next);
    }

    /** The same page with a next one always, as polling lists have it (P25). */
    public Page<T> followedBy(String cursor) {
        return new Page<>(items, Optional.of(cursor));
    }

    /** The values of the {@code Link} header, each for a line of its own (P25). */
    public List<String> links(PageUrl url, int limit, LinkPolicy policy) {
        return switch (policy) {
            case SELF -> lines(url, limit);
            case IF_MORE -> next.isPresent() ? lines(url, limit) : List.of();
            case NONE -> List.of();
        };
    }

    private List<String> lines(PageUrl url, int limit) {
        List<String> lines = new ArrayList<>();
        lines.add(line(url.self(), "self"));
        next.ifPresent(cursor -> lines.add(line(url.after(cursor, limit), "next")));
        return lines;
    }

    private static String line(String url, String relation) {
        return "<" + url + ">; rel=\"" + relation + "\"";
    }
}
