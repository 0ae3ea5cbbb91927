package dev.ostiary.platform.http;

import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.context.Network;
import dev.ostiary.platform.contract.Operation;
import dev.ostiary.platform.contract.Verb;
import dev.ostiary.platform.limits.Admission;
import dev.ostiary.platform.org.ConfigVersions;
import dev.ostiary.platform.org.Org;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through the Pipeline: every step adds what it found out, later steps build
 * on it. Used by one thread. A getter fails loudly when it is asked before its step has run.
 */
final class Exchange {

    final Incoming incoming;
    final String requestId;
    final long startedAt;
    private final List<Header> replyHeaders = new ArrayList<>();
    private final Function<Org, ConfigVersions> versionsOf;
    private final OrgNetworks networks;
    private @Nullable Org org;
    private @Nullable ConfigVersions versions;
    private @Nullable ClientContext client;
    private @Nullable Verb verb;
    private @Nullable Operation operation;
    private Map<String, String> variables = Map.of();
    private Caller caller = new Caller.Anonymous();
    private @Nullable Admission admission;
    private @Nullable Binding binding;
    private Query query = new Query(Map.of());
    private byte[] body = {};
    private @Nullable String errorId;

    /**
     * @param versionsOf reads an org's configuration versions, for a request that needs them and
     *     whose caller's query did not bring them along
     * @param networks finds the org's zones
     */
    Exchange(
            Incoming incoming,
            String requestId,
            long startedAt,
            Function<Org, ConfigVersions> versionsOf,
            OrgNetworks networks) {
        this.incoming = incoming;
        this.requestId = requestId;
        this.startedAt = startedAt;
        this.versionsOf = versionsOf;
        this.networks = networks;
    }

    Org org() {
        return known(org, "org");
    }

    Optional<Org> maybeOrg() {
        return Optional.ofNullable(org);
    }

    void org(Org found) {
        org = found;
    }

    /**
     * The versions of the org's configuration, read after the request arrived. Costs a query where
     * none brought them along, once.
     */
    ConfigVersions versions() {
        ConfigVersions read = versions == null ? versionsOf.apply(org()) : versions;
        versions = read;
        return read;
    }

    /** The versions, if a query has brought them along already. */
    Optional<ConfigVersions> knownVersions() {
        return Optional.ofNullable(versions);
    }

    void versions(ConfigVersions read) {
        versions = read;
    }

    /** The org's zones, as they were after the request arrived. */
    Network network() {
        return networks.of(org(), versions());
    }

    /** The org's zones if they are known without a query. */
    Optional<Network> networkAtHand() {
        return versions == null ? Optional.empty() : Optional.of(network());
    }

    ClientContext client() {
        return known(client, "client context");
    }

    Optional<ClientContext> maybeClient() {
        return Optional.ofNullable(client);
    }

    void client(ClientContext found) {
        client = found;
    }

    Verb verb() {
        return known(verb, "verb");
    }

    void verb(Verb found) {
        verb = found;
    }

    Operation operation() {
        return known(operation, "operation");
    }

    Optional<Operation> maybeOperation() {
        return Optional.ofNullable(operation);
    }

    void operation(Operation found, Map<String, String> bound) {
        operation = found;
        variables = bound;
    }

    Map<String, String> variables() {
        return variables;
    }

    Caller caller() {
        return caller;
    }

    void caller(Caller found) {
        caller = found;
    }

    /** Keeps what the request holds until it is answered. */
    void admission(Admission found) {
        admission = found;
    }

    /** The request is answered: it is under way no longer. */
    void answered() {
        if (admission != null) {
            admission.close();
        }
    }

    Optional<Binding> binding() {
        return Optional.ofNullable(binding);
    }

    void binding(Binding found) {
        binding = found;
    }

    Query query() {
        return query;
    }

    void query(Query found) {
        query = found;
    }

    byte[] body() {
        return body;
    }

    void body(byte[] read) {
        body = read;
    }

    Optional<String> errorId() {
        return Optional.ofNullable(errorId);
    }

    void errorId(String written) {
        errorId = written;
    }

    /** Adds a header line to whatever will be answered, an error included. */
    void replyHeader(String name, String value) {
        replyHeaders.add(new Header(name, value));
    }

    /** Takes back headers that something later has made untrue. */
    void dropReplyHeaders(String beginning) {
        replyHeaders.removeIf(line -> line.name().startsWith(beginning));
    }

    List<Header> replyHeaders() {
        return replyHeaders;
    }

    private static <T> T known(@Nullable T value, String what) {
        if (value == null) {
            throw new IllegalStateException(what + " asked for before its step");
        }
        return value;
    }
}
