package dev.ostiary.server.signin.flow;

import dev.ostiary.platform.context.IpAddress;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Browsers that came to an app and have to sign in for it on a page of the org's own
 * (Authentication API, "SP-initiated step-up authentication"): they rest in {@code UNAUTHENTICATED}
 * until somebody gives a password. Thread-safe.
 *
 * <p>The token of an arrival is spent by the password, and whoever gave that has a new one: so
 * whoever began, and knows the old one, has nothing of what another has proven with it.
 *
 * <p>Anybody can begin, as often as they want, and each leaves a row: so no more than some wait at
 * a time, of a network and of an org. Who comes beyond that is not kept, and signs in on the org's
 * own page, which keeps nothing of who comes; so no flood keeps people out, and one from a single
 * network changes nothing for others.
 */
public final class Arrivals implements StateTokens {

    private static final Duration VALID = Duration.ofMinutes(5);

    /** A signed request with its certificates is shorter, and so is what pages' servers take. */
    private static final int LONGEST_WAY = 8192;

    /** How many may wait that came from one network: an office full of people, and no flood. */
    private static final int MOST_OF_NETWORK = 500;

    /** How many may wait in an org, wherever they came from: 160 MB, if all are the longest. */
    private static final int MOST_OF_ORG = 20_000;

    private static final Pattern PATH = Pattern.compile("/(?:[!-.0-~][!-~]*)?");

    private final Database database;
    private final OrgClock clock;
    private final Destinations destinations;
    private final Tokens tokens;
    private final ArrivalStore store = new ArrivalStore();

    public Arrivals(Database database, OrgClock clock, Destinations destinations, Tokens tokens) {
        this.database = database;
        this.clock = clock;
        this.destinations = destinations;
        this.tokens = tokens;
    }

    /**
     * One that waits.
     *
     * @param stateToken what the next move is made with
     */
    public record Waiting(String stateToken, Destination destination, Instant expires) {

        /** Says nothing of the token. */
        @Override
        public String toString() {
            return "Waiting[" + destination.app() + "]";
        }
    }

    /**
     * Begins.
     *
     * @param way where the browser came to: a path of the own host, with its query
     * @return the state token; nothing where the way is too long to be kept, or no address at all,
     *     or where too many wait already: a few more may, of those who come at the same moment
     */
    public Optional<String> begin(Request request, String appId, String way) {
        if (way.length() > LONGEST_WAY || !PATH.matcher(way).matches()) {
            return Optional.empty();
        }
        String stateToken = tokens.apiToken();
        Instant now = clock.now(request.org());
        IpAddress address = Flow.address();
        String network = address == null ? "" : address.network();
        return database.write(
                request.org().number(),
                tx -> {
                    if (isFull(tx, network, now)) {
                        return Optional.empty();
                    }
                    store.insert(
                            tx,
                            stateToken,
                            new ArrivalStore.Arrived(appId, way, now.plus(VALID)),
                            network,
                            now);
                    return Optional.of(stateToken);
                });
    }

    private boolean isFull(Reader reader, String network, Instant now) {
        return store.areWaiting(reader, network, MOST_OF_NETWORK, now)
                || store.areWaiting(reader, MOST_OF_ORG, now);
    }

    /** Where one stands; empty if the token is none of one that waits. */
    public Optional<Waiting> find(Request request, String stateToken) {
        Instant now = clock.now(request.org());
        return database.read(
                request.org().number(), reader -> find(reader, request, stateToken, now));
    }

    private Optional<Waiting> find(Reader reader, Request request, String stateToken, Instant now) {
        return store.find(reader, stateToken, now)
                .flatMap(
                        arrived ->
                                destinations
                                        .find(reader, request.org(), arrived.appId(), now)
                                        .map(found -> found.by(arrived.way()))
                                        .map(
                                                found ->
                                                        new Waiting(
                                                                stateToken,
                                                                found,
                                                                arrived.expires())));
    }

    /** Whether a token is one of these. */
    @Override
    public boolean isOne(Reader reader, Request request, String stateToken) {
        return store.find(reader, stateToken, clock.now(request.org())).isPresent();
    }

    /** Its time starts again, as with every move. */
    public Waiting extend(Request request, Waiting waiting) {
        Instant until = clock.now(request.org()).plus(VALID);
        return database.write(
                request.org().number(),
                tx -> {
                    store.extend(tx, waiting.stateToken(), until);
                    return new Waiting(waiting.stateToken(), waiting.destination(), until);
                });
    }

    /** Ends one, for whoever goes on; false if somebody else has. */
    public boolean take(Tx tx, Request request, String stateToken) {
        return store.take(tx, stateToken, clock.now(request.org()));
    }
}
