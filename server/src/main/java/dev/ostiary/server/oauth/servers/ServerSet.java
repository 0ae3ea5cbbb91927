package dev.ostiary.server.oauth.servers;

import dev.ostiary.platform.org.Org;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The servers of an org. Immutable. */
public final class ServerSet {

    private static final ServerSet UNTOUCHED = new ServerSet(List.of());

    private final Map<String, AuthorizationServer> stored;

    ServerSet(List<AuthorizationServer> stored) {
        this.stored =
                stored.stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        AuthorizationServer::id, Function.identity()));
    }

    /** Those of an org that never changed one. */
    static ServerSet untouched() {
        return UNTOUCHED;
    }

    /** All of them in the order of their ids. */
    List<AuthorizationServer> all(Org org) {
        List<AuthorizationServer> all = new ArrayList<>(stored.values());
        if (!stored.containsKey(AuthorizationServer.defaultId(org))) {
            all.add(ServerTemplate.ofOrg(org));
        }
        all.sort(Comparator.comparing(AuthorizationServer::id));
        return all;
    }

    /** The server with an id, or the one that is called {@code default}. */
    public Optional<AuthorizationServer> find(Org org, String idOrDefault) {
        String id =
                idOrDefault.equals(AuthorizationServer.DEFAULT)
                        ? AuthorizationServer.defaultId(org)
                        : idOrDefault;
        AuthorizationServer found = stored.get(id);
        return found == null && id.equals(AuthorizationServer.defaultId(org))
                ? Optional.of(ServerTemplate.ofOrg(org))
                : Optional.ofNullable(found);
    }

    /** Entries of the size that a node's memory is counted in. */
    int size() {
        return stored.values().stream()
                .mapToInt(
                        server ->
                                1
                                        + server.scopes().size()
                                        + server.claims().size()
                                        + server.policies().stream()
                                                .mapToInt(policy -> 1 + policy.rules().size())
                                                .sum())
                .sum();
    }
}
