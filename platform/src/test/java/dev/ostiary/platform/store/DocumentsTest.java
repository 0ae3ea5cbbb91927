package dev.ostiary.platform.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.store.Documents.Document;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentsTest {

    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant THEN = Instant.parse("2026-01-02T00:00:00Z");

    private final TestStore store;
    private final Database database;

    DocumentsTest(DatabaseAccess access) {
        store = TestStore.on(access);
        database = store.database();
    }

    @AfterAll
    void close() {
        store.close();
    }

    @Test
    @DisplayName("a document is inserted, read, replaced and deleted, in its org and kind alone")
    void lifecycle() {
        Documents zones = new Documents("zone");
        insert(zones, 1, "z1");
        assertThat(get(zones, 2, "z1")).isEmpty();
        assertThat(get(new Documents("hook"), 1, "z1")).isEmpty();
        assertThat(get(zones, 1, "z1"))
                .containsExactly(new Document("z1", 1, "{\"n\": 0}", FIRST, FIRST));

        assertThat(replace(zones, 2, "z1", 1)).isFalse();
        assertThat(replace(zones, 1, "z1", 1)).isTrue();
        assertThat(replace(zones, 1, "z1", 1)).isFalse();
        assertThat(get(zones, 1, "z1"))
                .containsExactly(new Document("z1", 2, "{\"n\": 1}", FIRST, THEN));

        assertThat(delete(zones, 2, "z1")).isFalse();
        assertThat(delete(zones, 1, "z1")).isTrue();
        assertThat(delete(zones, 1, "z1")).isFalse();
    }

    @Test
    @DisplayName("a taken id is a unique violation")
    void takenId() {
        Documents documents = new Documents("taken");
        insert(documents, 1, "x");
        insert(documents, 2, "x");
        assertThatThrownBy(() -> insert(documents, 1, "x"))
                .isInstanceOfSatisfying(
                        UniqueViolation.class,
                        e -> assertThat(e.constraint()).isEqualTo("document_pk"));
    }

    @Test
    @DisplayName("P24 pages go by id and skip nothing when rows before them are deleted")
    void pages() {
        Documents documents = new Documents("paged");
        IntStream.range(0, 5).forEach(i -> insert(documents, 1, "p" + i));
        assertThat(page(documents, "", 2)).containsExactly("p0", "p1");
        delete(documents, 1, "p0");
        assertThat(page(documents, "p1", 2)).containsExactly("p2", "p3");
        assertThat(page(documents, "p3", 2)).containsExactly("p4");
    }

    @Test
    @DisplayName("P39 of writers that read the same version one wins, and none is lost")
    void concurrentWriters() throws Exception {
        Documents documents = new Documents("counted");
        insert(documents, 1, "c");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<? extends Future<?>> writers =
                    IntStream.range(0, 8)
                            .mapToObj(i -> threads.submit(() -> increment(documents, "c")))
                            .toList();
            for (Future<?> writer : writers) {
                writer.get();
            }
        }
        assertThat(get(documents, 1, "c"))
                .containsExactly(new Document("c", 81, "{\"n\": 80}", FIRST, THEN));
    }

    /** Ten times: read, add one, replace; again whenever somebody else was faster. */
    private void increment(Documents documents, String id) {
        int done = 0;
        while (done < 10) {
            Document seen = get(documents, 1, id).getFirst();
            Json next = new Json("{\"n\": " + seen.version() + "}");
            if (database.write(1, tx -> documents.replace(tx, id, seen.version(), next, THEN))) {
                done++;
            }
        }
    }

    /** The body counts the replacements. */
    private boolean replace(Documents documents, long org, String id, long version) {
        Json next = new Json("{\"n\": " + version + "}");
        return database.write(org, tx -> documents.replace(tx, id, version, next, THEN));
    }

    private boolean delete(Documents documents, long org, String id) {
        return database.write(org, tx -> documents.delete(tx, id));
    }

    private void insert(Documents documents, long org, String id) {
        database.write(
                org,
                tx -> {
                    documents.insert(tx, id, new Json("{\"n\": 0}"), FIRST);
                    return true;
                });
    }

    private List<Document> get(Documents documents, long org, String id) {
        return database.read(org, reader -> documents.get(reader, id)).stream().toList();
    }

    private List<String> page(Documents documents, String after, int limit) {
        return database.read(1, reader -> documents.page(reader, after, limit)).stream()
                .map(Document::id)
                .toList();
    }
}
