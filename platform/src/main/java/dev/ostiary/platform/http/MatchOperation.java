package dev.ostiary.platform.http;

import dev.ostiary.platform.contract.Contract;
import dev.ostiary.platform.contract.Verb;
import dev.ostiary.platform.org.ConfigVersions;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The operation by path and verb (P12), and the answer to {@code OPTIONS} (P9), preflights
 * included: {@link Cors} has marked it.
 */
final class MatchOperation implements Step {

    private final Contract contract;
    private final Map<String, Binding> bindings;
    private final Function<Org, ConfigVersions> recentVersions;

    MatchOperation(
            Contract contract,
            Map<String, Binding> bindings,
            Function<Org, ConfigVersions> recentVersions) {
        this.contract = contract;
        this.bindings = bindings;
        this.recentVersions = recentVersions;
    }

    @Override
    public Optional<Reply> run(Exchange exchange) {
        String method = exchange.incoming.method();
        List<String> segments =
                Urls.segments(exchange.incoming.rawPath())
                        .orElseThrow(() -> ApiException.of("E0000020"));
        Optional<Verb> verb = Verb.of(method);
        if (verb.isEmpty() || verb.get() == Verb.OPTIONS) {
            return withoutOperation(exchange, segments, verb.isPresent());
        }
        exchange.verb(verb.get());
        return switch (contract.match(verb.get(), segments)) {
            case Contract.Match.Found found -> {
                exchange.operation(found.operation(), found.variables());
                Binding binding = bindings.get(found.operation().id());
                if (binding != null) {
                    exchange.binding(binding);
                    if (binding.mayLag() && exchange.knownVersions().isEmpty()) {
                        exchange.versions(recentVersions.apply(exchange.org()));
                    }
                }
                yield Optional.empty();
            }
            case Contract.Match.OtherVerbs other -> throw wrongVerb(exchange, other.allowed());
            case Contract.Match.NoSuchPath none -> throw ApiException.of("E0000008");
        };
    }

    private Optional<Reply> withoutOperation(
            Exchange exchange, List<String> segments, boolean options) {
        return switch (contract.match(Verb.OPTIONS, segments)) {
            case Contract.Match.OtherVerbs other -> {
                if (!options) {
                    throw wrongVerb(exchange, other.allowed());
                }
                yield Optional.of(Reply.noContent().with("Allow", text(other.allowed())));
            }
            case Contract.Match.NoSuchPath none -> throw ApiException.of("E0000008");
            case Contract.Match.Found found ->
                    throw new IllegalStateException("OPTIONS is no operation: " + found);
        };
    }

    private static ApiException wrongVerb(Exchange exchange, Set<Verb> allowed) {
        exchange.replyHeader("Allow", text(allowed));
        return ApiException.of("E0000022");
    }

    private static String text(Set<Verb> verbs) {
        return new TreeSet<>(verbs).stream().map(Verb::name).collect(Collectors.joining(", "));
    }
}
