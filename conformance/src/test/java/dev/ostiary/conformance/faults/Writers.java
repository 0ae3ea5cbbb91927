package dev.ostiary.conformance.faults;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Http;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writers that make users and make them members, as fast as they are answered, and remember every
 * answer. A request that got none may or may not have been done: it is remembered too, since it may
 * not have been done by half.
 */
final class Writers {

    private final Http http;
    private final String groupId;
    private final String prefix;
    private final AtomicBoolean enough = new AtomicBoolean();
    private final AtomicInteger number = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();

    /** A user whose making was answered. */
    record Made(String id, String login) {}

    final Queue<Made> users = new ConcurrentLinkedQueue<>();
    final Queue<String> members = new ConcurrentLinkedQueue<>();
    final Queue<String> odd = new ConcurrentLinkedQueue<>();
    final AtomicInteger unanswered = new AtomicInteger();

    Writers(Http http, String groupId, String prefix) {
        this.http = http;
        this.groupId = groupId;
        this.prefix = prefix;
    }

    void start(int count) {
        for (int i = 0; i < count; i++) {
            threads.add(Thread.ofVirtual().name("writer-" + i).start(this::write));
        }
    }

    void stop() throws InterruptedException {
        enough.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** How many writes have been answered. */
    int answered() {
        return users.size() + members.size();
    }

    private void write() {
        while (!enough.get()) {
            String login = prefix + number.incrementAndGet() + "@example.com";
            Answer made =
                    answerTo(
                            () ->
                                    http.post(
                                            "/api/v1/users?activate=false",
                                            Directory.newUser(login)));
            if (made == null) {
                continue;
            }
            String id = made.text("id");
            users.add(new Made(id, login));
            Answer joined = answerTo(() -> http.put("/api/v1/groups/" + groupId + "/users/" + id));
            if (joined != null) {
                members.add(id);
            }
        }
    }

    private @Nullable Answer answerTo(Supplier<Answer> request) {
        try {
            Answer answer = request.get();
            if (answer.status() < 300) {
                return answer;
            }
            // A server without its database may say 5xx; it may not blame the client.
            if (answer.status() < 500) {
                odd.add(answer.toString());
            }
        } catch (UncheckedIOException noAnswer) {
            unanswered.incrementAndGet();
        }
        // Nobody gains from asking a dead server as fast as a machine can.
        LockSupport.parkNanos(20_000_000);
        return null;
    }
}
