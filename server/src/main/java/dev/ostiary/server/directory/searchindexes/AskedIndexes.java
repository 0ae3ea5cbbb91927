package dev.ostiary.server.directory.searchindexes;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ostiary.platform.background.Rounds;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.query.DocumentIndex;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.IndexBuilder;
import dev.ostiary.platform.store.SchemaOwner;
import dev.ostiary.platform.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/**
 * Has indexes built that searches ask for. Every node runs one; one of them builds at a time, and
 * the others see what it has built within half a minute.
 *
 * <p>Each index costs every write of the org a little, so there is a bound on them; and each is one
 * more that PostgreSQL considers for every search, of whichever org.
 */
public final class AskedIndexes implements SearchIndexes, AutoCloseable {

    private static final Logger LOG = System.getLogger(AskedIndexes.class.getName());

    /** Smaller orgs are read as a whole within the time of a page. */
    public static final int LARGE = 50_000;

    private static final int MOST_OF_ORG = 10;
    private static final int MOST = 40;
    private static final Duration KEPT = Duration.ofDays(60);
    private static final Duration LOOK = Duration.ofSeconds(30);

    /** Said again so often: an org grows, and what is still asked for is kept. */
    private static final Duration REMINDED = Duration.ofMinutes(10);

    private static final Duration AFTER_FAILURE = Duration.ofMinutes(10);
    private static final int MOST_REMEMBERED = 10_000;

    private final SearchTable table;
    private final Database database;
    private final IndexBuilder builder;
    private final InstantSource time;
    private final int large;
    private volatile boolean closing;
    private final SearchIndexStore store;
    private final Cache<AskedIndex, Boolean> said =
            Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).expireAfterWrite(REMINDED).build();
    private final Queue<AskedIndex> fresh = new ConcurrentLinkedQueue<>();
    private final Rounds rounds = new Rounds("search-indexes", LOOK, this::bringAbout);
    private volatile Set<String> usable = Set.of();
    private volatile Optional<Long> most = Optional.empty();
    private Instant next = Instant.MIN;

    /**
     * Not started yet.
     *
     * @param table whose indexes they are
     * @param owner of the tables
     * @param large an org gets none unless it has more of what is searched
     */
    public AskedIndexes(
            SearchTable table,
            Database database,
            SchemaOwner owner,
            InstantSource time,
            int large) {
        this.table = table;
        this.store = new SearchIndexStore(table);
        this.database = database;
        this.builder = new IndexBuilder(owner, table.documents(), table.prefix());
        this.time = time;
        this.large = large;
    }

    /** Begins to work in the background. Once only. */
    public void start() {
        rounds.startAtOnce();
    }

    @Override
    public void want(Org org, Collection<DocumentIndex> indexes) {
        for (DocumentIndex index : indexes) {
            AskedIndex asked = new AskedIndex(table, org.number(), index);
            if (said.asMap().putIfAbsent(asked, true) == null) {
                fresh.add(asked);
                rounds.soon();
            }
        }
    }

    @Override
    public boolean has(Org org, DocumentIndex index) {
        Set<String> there = usable;
        return !there.isEmpty()
                && there.contains(new AskedIndex(table, org.number(), index).name());
    }

    @Override
    public boolean isMostOfAll(Org org) {
        return most.isPresent() && most.get() == org.number();
    }

    /** What a round does (writes down, builds, looks), for whoever cannot wait for the next. */
    public void bringAbout() {
        for (AskedIndex asked = fresh.poll(); asked != null; asked = fresh.poll()) {
            writeDown(asked);
        }
        Instant now = time.instant();
        List<AskedIndex> wanted =
                database.acrossOrgs(
                        tx -> {
                            store.forget(tx, now.minus(KEPT));
                            return store.all(tx);
                        });
        look();
        boolean differs =
                !wanted.stream().map(AskedIndex::name).collect(Collectors.toSet()).equals(usable);
        if (differs && !now.isBefore(next) && !closing) {
            build();
        }
    }

    private void writeDown(AskedIndex asked) {
        long org = asked.org();
        if (database.read(org, reader -> store.hasMore(reader, large))) {
            // the bound is one of all orgs
            database.acrossOrgs(
                    tx -> {
                        store.ask(tx, asked, time.instant(), MOST_OF_ORG, MOST);
                        return true;
                    });
        }
    }

    private void build() {
        try {
            builder.bringAbout(
                    () ->
                            database.acrossOrgs(store::all).stream()
                                    .map(AskedIndex::definition)
                                    .toList());
        } catch (StoreException e) {
            next = time.instant().plus(AFTER_FAILURE);
            if (!closing) {
                LOG.log(Level.WARNING, "indexes of searches wait: {0}", e.toString());
            }
        }
        look();
    }

    private void look() {
        usable = database.acrossOrgs(builder::usable);
        most = database.acrossOrgs(reader -> store.mostOfAll(reader, large));
    }

    /** Stops; what is being built is broken off, and begun anew by the next start. */
    @Override
    public void close() {
        closing = true;
        try {
            builder.close();
        } catch (StoreException e) {
            LOG.log(Level.DEBUG, "a build goes on without this process", e);
        }
        rounds.close();
    }
}
