package dev.ostiary.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Await;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.SuiteServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SuiteServer.class)
@Timeout(180)
@DisplayName("Many at once")
class ConcurrencyTest {

    private static final int WRITERS = 16;

    private final Org org;
    private final Http http;

    ConcurrencyTest(Org org) {
        this.org = org;
        this.http = org.http();
    }

    @Test
    @DisplayName(
            "P38 a follower gets every event exactly once while sixteen writers run, and in the order of every other follower")
    void followsWriters() throws InterruptedException {
        String group = Directory.id(new Directory(org).group("Sixteen"));
        Writers writers = new Writers(http, group, "sixteen-");
        Follower follower = Follower.start(http);
        writers.start(WRITERS);
        assertThat(Await.until(Duration.ofSeconds(90), () -> writers.answered() >= 1000))
                .as("a thousand writes")
                .isTrue();
        writers.stop();
        follower.stop();

        Aftermath aftermath =
                Aftermath.compare(http, group, "sixteen-", writers, follower.events());

        System.out.println("[sixteen writers] " + aftermath.summary(writers, 0));
        assertThat(aftermath.events()).isEmpty();
        assertThat(aftermath.lost()).isEmpty();
        assertThat(aftermath.halves()).isEmpty();
        assertThat(writers.odd).isEmpty();
        assertThat(writers.unanswered).hasValue(0);
        assertThat(follower.odd()).isEmpty();
        assertThat(follower.events()).isEqualTo(Follower.readAll(http).events());
    }

    @Test
    @DisplayName(
            "P38 a caller sees its own event as soon as it is answered, also while others write")
    void ownEventAtOnce() throws InterruptedException {
        String group = Directory.id(new Directory(org).group("Own"));
        Writers others = new Writers(http, group, "others-");
        others.start(4);
        try {
            for (int i = 0; i < 50; i++) {
                String id = Directory.id(new Directory(org).staged("own-" + i + "@example.com"));
                Answer log =
                        http.get("/api/v1/logs?filter=target.id%20eq%20%22" + id + "%22")
                                .expect(200);
                assertThat(Json.texts(log.json(), "eventType")).contains("user.lifecycle.create");
            }
        } finally {
            others.stop();
        }
    }

    @Test
    @DisplayName(
            "P39 of sixteen who take one login at once, one gets it and the others are told so")
    void oneLogin() throws InterruptedException, ExecutionException {
        for (int round = 0; round < 5; round++) {
            String login = "coveted-" + round + "@example.com";
            List<Answer> answers =
                    atOnce(
                            i ->
                                    http.post(
                                            "/api/v1/users?activate=false",
                                            Directory.newUser(login)));
            assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
            assertThat(answers)
                    .filteredOn(answer -> answer.status() != 200)
                    .allSatisfy(
                            answer -> {
                                assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
                                assertThat(answer.errorCode()).isEqualTo("E0000001");
                            });
        }
    }

    @Test
    @DisplayName("P39 of sixteen who take one group name at once, one gets it")
    void oneGroupName() throws InterruptedException, ExecutionException {
        List<Answer> answers =
                atOnce(i -> http.post("/api/v1/groups", Directory.newGroup("Coveted")));
        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(answers)
                .allSatisfy(
                        answer -> assertThat(answer.status()).as(answer.toString()).isIn(200, 400));
    }

    @Test
    @DisplayName("P39 partial updates of different attributes at once all hold")
    void noLostUpdate() throws InterruptedException, ExecutionException {
        String path =
                "/api/v1/users/" + Directory.id(new Directory(org).staged("patched@example.com"));
        List<String> names =
                List.of(
                        "nickName",
                        "title",
                        "department",
                        "division",
                        "organization",
                        "costCenter",
                        "city",
                        "state",
                        "middleName",
                        "honorificPrefix",
                        "honorificSuffix",
                        "employeeNumber",
                        "manager",
                        "displayName",
                        "zipCode",
                        "streetAddress");

        atOnce(i -> http.post(path, "{\"profile\":{\"" + names.get(i) + "\":\"v" + i + "\"}}"))
                .forEach(answer -> answer.expect(200));

        Answer after = http.get(path).expect(200);
        for (int i = 0; i < names.size(); i++) {
            assertThat(after.text("profile." + names.get(i))).as(names.get(i)).isEqualTo("v" + i);
        }
    }

    @Test
    @DisplayName(
            "P39 steps of one user's life at once: each is done or refused, one event for each that was done")
    void stepsAtOnce() throws InterruptedException, ExecutionException {
        String id = Directory.id(new Directory(org).active("torn@example.com"));

        List<Answer> answers =
                atOnce(
                        i ->
                                http.post(
                                        "/api/v1/users/"
                                                + id
                                                + "/lifecycle/"
                                                + (i % 2 == 0 ? "suspend" : "unsuspend")));

        assertThat(answers)
                .allSatisfy(
                        answer ->
                                assertThat(answer.status())
                                        .as(answer.toString())
                                        .isIn(200, 400, 403));
        List<String> types =
                Json.texts(
                        http.get("/api/v1/logs?limit=100&filter=target.id%20eq%20%22" + id + "%22")
                                .expect(200)
                                .json(),
                        "eventType");
        long done = answers.stream().filter(answer -> answer.status() == 200).count();
        assertThat(types.stream().filter(type -> type.endsWith("suspend")).count()).isEqualTo(done);
    }

    @Test
    @DisplayName(
            "P39 a group that is deleted while members join: no 500, no membership without its group")
    void deletedWhileJoined() throws InterruptedException, ExecutionException {
        Directory directory = new Directory(org);
        String group = Directory.id(directory.group("Vanishing"));
        List<String> users =
                IntStream.range(0, WRITERS)
                        .mapToObj(
                                i ->
                                        Directory.id(
                                                directory.staged(
                                                        "vanishing-" + i + "@example.com")))
                        .toList();

        List<Answer> answers =
                atOnce(
                        i ->
                                i == WRITERS / 2
                                        ? http.delete("/api/v1/groups/" + group)
                                        : http.put(
                                                "/api/v1/groups/"
                                                        + group
                                                        + "/users/"
                                                        + users.get(i)));

        assertThat(answers)
                .allSatisfy(
                        answer -> assertThat(answer.status()).as(answer.toString()).isIn(204, 404));
        for (String user : users) {
            assertThat(
                            Json.texts(
                                    http.get("/api/v1/users/" + user + "/groups")
                                            .expect(200)
                                            .json(),
                                    "id"))
                    .doesNotContain(group);
        }
    }

    @Test
    @DisplayName("P24 what was there throughout is listed once, whatever comes and goes meanwhile")
    void pagingWhileWriting() throws InterruptedException {
        Directory directory = new Directory(org);
        List<String> stable =
                IntStream.range(0, 40)
                        .mapToObj(
                                i -> Directory.id(directory.staged("stable-" + i + "@example.com")))
                        .toList();
        Writers writers =
                new Writers(http, Directory.id(directory.group("Meanwhile")), "meanwhile-");
        writers.start(4);
        List<String> listed = new ArrayList<>();
        try {
            for (String next = "/api/v1/users?limit=100"; next != null; ) {
                Answer page = http.get(next).expect(200);
                listed.addAll(Json.texts(page.json(), "id"));
                next = page.link("next").orElse(null);
            }
        } finally {
            writers.stop();
        }
        assertThat(listed).doesNotHaveDuplicates().containsAll(stable);
    }

    private static List<Answer> atOnce(IntFunction<Answer> request)
            throws InterruptedException, ExecutionException {
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> futures =
                    IntStream.range(0, WRITERS)
                            .mapToObj(i -> workers.submit(() -> request.apply(i)))
                            .toList();
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> each : futures) {
                answers.add(each.get());
            }
            return answers;
        }
    }
}
