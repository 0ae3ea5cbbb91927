package dev.ostiary.platform.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SharedCommitsTest {

    private static final StoreException TAKEN =
            SqlErrors.translate(new SQLException("taken", "23505"));

    private static final StoreException LOST =
            new OutcomeUnknown(new SQLException("lost", "08006"));

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Gated gated = new Gated();
    private final SharedCommits commits = new SharedCommits(gated);

    @AfterEach
    void close() {
        threads.shutdownNow();
        threads.close();
    }

    @Test
    @DisplayName("a lonely transaction leaves at once, and a second one beside it")
    void lonely() throws Exception {
        Future<?> one = commit(1, "a");
        Statement first = gated.next();
        assertThat(first.names()).containsExactly("a");
        Future<?> two = commit(1, "b");
        Statement second = gated.next();
        assertThat(second.names()).containsExactly("b");
        second.succeed();
        first.succeed();
        one.get();
        two.get();
    }

    @Test
    @DisplayName(
            "who comes while enough are under way leaves with the next, in order, by powers of two")
    void together() throws Exception {
        List<Statement> flying = fill();
        List<Future<?>> all = waiting("a", "b", "c", "d", "e", "f", "g");
        flying.get(0).succeed();
        Statement four = gated.next();
        assertThat(four.names()).containsExactly("a", "b", "c", "d");
        flying.get(1).succeed();
        Statement two = gated.next();
        assertThat(two.names()).containsExactly("e", "f");
        two.succeed();
        Statement last = gated.next();
        assertThat(last.names()).containsExactly("g");
        last.succeed();
        assertThat(all.get(0).isDone()).isFalse();
        four.succeed();
        for (Future<?> each : all) {
            each.get();
        }
    }

    @Test
    @DisplayName(
            "P37 a statement that is refused is tried again one by one: each gets its own answer")
    void oneIsGuilty() throws Exception {
        List<Statement> flying = fill();
        List<Future<?>> all = waiting("good", "bad");
        flying.get(0).succeed();
        gated.next().fail(TAKEN);
        for (int i = 0; i < 2; i++) {
            Statement alone = gated.next();
            assertThat(alone.names()).hasSize(1);
            if (alone.names().contains("bad")) {
                alone.fail(TAKEN);
            } else {
                alone.succeed();
            }
        }
        all.get(0).get();
        assertThatThrownBy(() -> all.get(1).get())
                .isInstanceOf(ExecutionException.class)
                .hasCause(TAKEN);
        flying.get(1).succeed();
    }

    @Test
    @DisplayName("a connection that is lost is lost for all of a statement, and nobody repeats it")
    void lost() throws Exception {
        List<Statement> flying = fill();
        List<Future<?>> all = waiting("a", "b");
        flying.get(0).succeed();
        gated.next().fail(LOST);
        for (Future<?> each : all) {
            assertThatThrownBy(each::get).hasCause(LOST);
        }
        flying.get(1).succeed();
        assertThat(gated.sent).isEmpty();
    }

    @Test
    @DisplayName("an error of the thread that writes for others leaves nobody waiting")
    void broken() throws Exception {
        List<Statement> flying = fill();
        List<Future<?>> all = waiting("a", "b", "c");
        flying.get(0).succeed();
        gated.next().fail(new IllegalStateException("broken"));
        assertThatThrownBy(() -> all.get(0).get()).hasRootCauseMessage("broken");
        assertThatThrownBy(() -> all.get(1).get()).hasRootCauseMessage("broken");
        gated.next().succeed();
        all.get(2).get();
        flying.get(1).succeed();
    }

    @Test
    @DisplayName("P40 orgs never share a statement, nor do rows for different tables")
    void apart() throws Exception {
        List<Statement> flying = fill();
        Future<?> other = commit(2, "other");
        Statement elsewhere = gated.next();
        assertThat(elsewhere.names()).containsExactly("other");
        elsewhere.succeed();
        other.get();
        Future<?> events =
                threads.submit(
                        () -> commits.commit(new NewRows(1, List.of(), List.of(Sql.of("(?)", 1)))));
        Statement apart = gated.next();
        assertThat(apart.many.getFirst().rows()).isEmpty();
        apart.succeed();
        events.get();
        flying.forEach(Statement::succeed);
    }

    @Test
    @DisplayName("what many leave behind is one statement with a row for each, in every table")
    void statement() {
        Sql written = NewRows.statement(List.of(rows(1, "a"), rows(1, "b")));
        assertThat(written.text())
                .startsWith("WITH w0 AS (INSERT INTO thing (id) VALUES (?), (?)) INSERT INTO")
                .endsWith("VALUES (?), (?)");
        assertThat(written.parameters()).containsExactly("a", "b", "event a", "event b");
    }

    /** As many statements as are sent at once. */
    private List<Statement> fill() throws InterruptedException {
        commit(1, "first");
        Statement first = gated.next();
        commit(1, "second");
        return List.of(first, gated.next());
    }

    /** Transactions that wait, in this order. */
    private List<Future<?>> waiting(String... names) {
        List<Future<?>> all = new ArrayList<>();
        for (String name : names) {
            int before = commits.waiting();
            all.add(commit(1, name));
            while (commits.waiting() == before) {
                Thread.onSpinWait();
            }
        }
        return all;
    }

    private Future<?> commit(long org, String name) {
        return threads.submit(() -> commits.commit(rows(org, name)));
    }

    private static NewRows rows(long org, String name) {
        return new NewRows(
                org,
                List.of(NewRow.of("INSERT INTO thing (id)", "(?)", name)),
                List.of(Sql.of("(?)", "event " + name)));
    }

    /** Statements stop here until the test says how they went. */
    private static final class Gated implements Consumer<List<NewRows>> {

        private final BlockingQueue<Statement> sent = new LinkedBlockingQueue<>();

        @Override
        public void accept(List<NewRows> many) {
            Statement statement = new Statement(many);
            sent.add(statement);
            statement.outcome.join().run();
        }

        Statement next() throws InterruptedException {
            return sent.take();
        }
    }

    private static final class Statement {

        private final List<NewRows> many;
        private final CompletableFuture<Runnable> outcome = new CompletableFuture<>();

        Statement(List<NewRows> many) {
            this.many = many;
        }

        List<Object> names() {
            List<Object> names = new ArrayList<>();
            many.forEach(
                    rows -> names.add(rows.rows().getFirst().values().parameters().getFirst()));
            return names;
        }

        void succeed() {
            outcome.complete(() -> {});
        }

        void fail(RuntimeException e) {
            outcome.complete(
                    () -> {
                        throw e;
                    });
        }
    }
}
