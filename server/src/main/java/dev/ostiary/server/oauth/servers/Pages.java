package dev.ostiary.server.oauth.servers;

import dev.ostiary.platform.query.Page;
import dev.ostiary.platform.query.PageRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Pages of lists that are in memory; a cursor is the id of the last item. */
final class Pages {

    private Pages() {}

    /**
     * One page.
     *
     * @param all in the order of their ids
     */
    static <T> Page<T> of(List<T> all, Function<T, String> id, PageRequest asked) {
        List<T> rest =
                asked.after()
                        .map(
                                after ->
                                        all.stream()
                                                .filter(each -> id.apply(each).compareTo(after) > 0)
                                                .toList())
                        .orElse(all);
        List<T> items = rest.subList(0, Math.min(asked.limit(), rest.size()));
        return new Page<>(
                items,
                rest.size() > items.size()
                        ? Optional.of(id.apply(items.getLast()))
                        : Optional.empty());
    }
}
