package dev.ostiary.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Await;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.HookReceiver;
import dev.ostiary.conformance.harness.HookReceiver.Say;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.hooks.HookBodies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Kills a server between the commit of an event and its delivery, and in the middle of one. */
@Tag("deep")
@DisplayName("P37 kill -9 around a delivery to an event hook")
class EventHookKillTest {

    private static final Duration LONG = Duration.ofSeconds(90);

    @Test
    @Timeout(300)
    @DisplayName(
            "then after the restart it is made, or made again under the same id; no event is lost")
    void deliveredAfterRestart() {
        List<String> options = new ArrayList<>(Arrays.asList(HookReceiver.options()));
        options.add("--quiet");
        try (HookReceiver receiver = HookReceiver.open();
                Server server = Server.start(options.toArray(String[]::new))) {
            Http http = server.defaultOrg().http();
            HookBodies.verified(
                    http,
                    HookBodies.eventHook("Kill", receiver.url("/hook"), "user.lifecycle.create"));

            String first = made(http, "first@example.com");
            server.kill();
            server.restart();

            assertThat(Await.until(LONG, () -> users(receiver).contains(first)))
                    .as(() -> "delivered after the restart: " + server.said())
                    .isTrue();

            CountDownLatch killed = new CountDownLatch(1);
            receiver.answers(
                    told -> {
                        try {
                            killed.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        return new Say(200, "");
                    });
            int before = receiver.posts().size();
            String second = made(server.defaultOrg().http(), "second@example.com");
            assertThat(receiver.hasPosts(before + 1)).isTrue();
            server.kill();
            killed.countDown();
            server.restart();
            String third = made(server.defaultOrg().http(), "third@example.com");

            assertThat(Await.until(LONG, () -> users(receiver).contains(third))).isTrue();
            assertThat(
                            receiver.posts().stream()
                                    .filter(told -> told.body().contains(second))
                                    .map(told -> told.json().get("eventId").asString())
                                    .distinct())
                    .hasSize(1);
            assertThat(users(receiver).stream().filter(second::equals).count())
                    .isGreaterThanOrEqualTo(2);
        }
    }

    private static String made(Http http, String login) {
        return Directory.id(new Directory(http).staged(login));
    }

    private static List<String> users(HookReceiver receiver) {
        return receiver.posts().stream()
                .flatMap(told -> told.json().at("/data/events").valueStream())
                .map(event -> event.at("/target/0/id").asString())
                .toList();
    }
}
