package dev.ostiary.server.oauth.servers;

import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.query.Filter;
import dev.ostiary.platform.query.FilterErrors;
import dev.ostiary.platform.query.FilterParser;
import dev.ostiary.platform.query.Literal;
import java.util.Optional;

/** The filter of a list of scopes: by {@code id} and {@code name}. Immutable. */
record ScopeFilter(Optional<Filter> filter) {

    /**
     * Reads one.
     *
     * @throws ApiException {@code E0000031} for what is no filter, and for an attribute or a
     *     literal that scopes are not filtered by
     */
    static ScopeFilter of(Optional<String> text) {
        ScopeFilter read =
                new ScopeFilter(text.map(each -> FilterParser.parse(each, FilterErrors.SEARCH)));
        read.filter.ifPresent(ScopeFilter::check);
        return read;
    }

    private static void check(Filter filter) {
        switch (filter) {
            case Filter.And and -> and.terms().forEach(ScopeFilter::check);
            case Filter.Or or -> or.terms().forEach(ScopeFilter::check);
            case Filter.Not not -> check(not.term());
            case Filter.Present present -> requireKnown(present.path());
            case Filter.Comparison comparison -> {
                requireKnown(comparison.path());
                if (!(comparison.literal() instanceof Literal.Text)) {
                    throw ApiException.of("E0000031")
                            .because("'" + comparison.path() + "' is compared with a text");
                }
            }
        }
    }

    private static void requireKnown(String path) {
        if (!path.equals("id") && !path.equals("name")) {
            throw ApiException.of("E0000031")
                    .because("field is not valid: " + path + ". Expected: id, name");
        }
    }

    boolean takes(TokenScope scope) {
        return filter.map(each -> takes(each, scope)).orElse(true);
    }

    private static boolean takes(Filter filter, TokenScope scope) {
        return switch (filter) {
            case Filter.And and -> and.terms().stream().allMatch(each -> takes(each, scope));
            case Filter.Or or -> or.terms().stream().anyMatch(each -> takes(each, scope));
            case Filter.Not not -> !takes(not.term(), scope);
            case Filter.Present present -> true;
            case Filter.Comparison comparison -> compares(comparison, scope);
        };
    }

    private static boolean compares(Filter.Comparison comparison, TokenScope scope) {
        String value = comparison.path().equals("id") ? scope.id() : scope.name();
        String wanted = comparison.literal() instanceof Literal.Text(String text) ? text : "";
        int order = value.compareTo(wanted);
        return switch (comparison.operator()) {
            case EQ -> order == 0;
            case NE -> order != 0;
            case CO -> value.contains(wanted);
            case SW -> value.startsWith(wanted);
            case EW -> value.endsWith(wanted);
            case GT -> order > 0;
            case GE -> order >= 0;
            case LT -> order < 0;
            case LE -> order <= 0;
            case PR -> true;
        };
    }
}
