package dev.ostiary.platform.org;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Documents;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * An object of settings that each org has exactly once: a document, or the usual values where there
 * is none. Thread-safe.
 *
 * @param <T> the settings; immutable, equal when they say the same
 */
public final class Setting<T> {

    private static final String ONLY = "settings";

    private final Documents documents;
    private final Shape<T> shape;
    private final T usual;
    private final InstantSource time;

    /**
     * @param kind the documents' kind, which never changes
     * @param shape how they are kept: with everything that it writes, it reads again
     * @param usual what an org has that never changed anything
     */
    public Setting(String kind, Shape<T> shape, T usual, InstantSource time) {
        this.documents = new Documents(kind);
        this.shape = shape;
        this.usual = usual;
        this.time = time;
    }

    /** The settings of an org, and since when. */
    public record Kept<T>(T value, Instant created, Instant lastUpdated) {}

    /** What a change tells the log. */
    @FunctionalInterface
    public interface Telling<T> {
        /** Emits the events of a change, in its transaction; may still refuse it. */
        void tell(Tx tx, T old, T now);
    }

    /** The settings of the reader's org, and since when. */
    public Kept<T> read(Reader reader, Org org) {
        return documents
                .get(reader, ONLY)
                .map(
                        row ->
                                new Kept<>(
                                        shape.decode(Json.object(row.body())),
                                        org.created(),
                                        row.lastUpdated()))
                .orElseGet(() -> new Kept<>(usual, org.created(), org.created()));
    }

    /** The settings alone. */
    public T value(Reader reader) {
        Optional<Documents.Document> row = documents.get(reader, ONLY);
        return row.map(found -> shape.decode(Json.object(found.body()))).orElse(usual);
    }

    /**
     * Changes them in a transaction of its own, with its event; who changes is alone in the org.
     * The same again is no change: nothing is written, and the log is silent.
     */
    public Kept<T> change(
            Database database, Org org, UnaryOperator<T> changing, Telling<T> telling) {
        return database.write(
                org.number(),
                tx -> {
                    ConfigVersionStore.hold(tx);
                    Kept<T> old = read(tx, org);
                    T now = changing.apply(old.value());
                    if (now.equals(old.value())) {
                        return old;
                    }
                    Instant moment = time.instant().truncatedTo(ChronoUnit.MILLIS);
                    byte[] body = Json.bytes(out -> shape.write(out, now));
                    documents.save(tx, ONLY, dev.ostiary.platform.store.Json.ofUtf8(body), moment);
                    telling.tell(tx, old.value(), now);
                    return new Kept<>(now, old.created(), moment);
                });
    }
}
