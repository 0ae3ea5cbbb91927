package dev.ostiary.server.systemlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LogKeywordsTest {

    private static final long SEED = 20260301;
    private static final int EVENTS = 300;

    private final LogGround log;
    private final List<JsonNode> events = new ArrayList<>();

    LogKeywordsTest(DatabaseAccess access) {
        log = new LogGround(access);
    }

    @BeforeAll
    void write() {
        RandomEvents random = new RandomEvents(SEED);
        log.ground.database.write(
                log.ground.acme.number(),
                tx -> {
                    for (int n = 0; n < EVENTS; n++) {
                        RandomEvents.Generated event = random.next(n);
                        events.add(event.body());
                        tx.emit(event);
                    }
                    return true;
                });
    }

    @AfterAll
    void close() {
        log.close();
    }

    @Test
    @DisplayName("given keywords, then they are found in any value, as words, in any case")
    void keywords() {
        String[] words = {
            "ALPHA",
            "alphabet",
            "gamma",
            "beta-gamma",
            "straße",
            "ZOË",
            "zo",
            "00ukelvin",
            "example.com",
            "user@EXAMPLE.com",
            "/api/v1",
            "100%_\\",
            "𝄞",
            "2",
            "true",
            "n17",
            "clef"
        };
        Random random = new Random(SEED + 2);
        for (int n = 0; n < 200; n++) {
            String one = words[n % words.length];
            String two = words[random.nextInt(words.length)];
            List<String> expected =
                    events.stream()
                            .filter(event -> KeywordMeaning.mentions(event, one, two))
                            .map(LogKeywordsTest::number)
                            .toList();

            assertThat(found("q=" + LogGround.encoded("  " + one + " " + two)))
                    .as(one + " " + two)
                    .isEqualTo(expected);
        }
    }

    @Test
    @DisplayName("P30 given keywords made of patterns, then they mean themselves")
    void patterns() {
        for (String word : List.of(".*", "[a-z]", "(", "a|b", "^", "$", "\\w", "'", "\"", "{1}")) {
            assertThat(found("q=" + LogGround.encoded(word)))
                    .as(word)
                    .isEqualTo(
                            events.stream()
                                    .filter(event -> KeywordMeaning.mentions(event, word))
                                    .map(LogKeywordsTest::number)
                                    .toList());
        }
    }

    private List<String> found(String query) {
        List<String> bounded =
                numbers(log.ask(log.ground.acme, query + "&until=2026-03-02T00:00:00Z&limit=1000"));
        List<String> polled = numbers(log.ask(log.ground.acme, query + "&limit=1000"));
        assertThat(polled).as("polled: " + query).containsExactlyInAnyOrderElementsOf(bounded);
        return bounded;
    }

    private static List<String> numbers(LogGround.Answer answer) {
        return answer.events().stream().map(LogKeywordsTest::number).toList();
    }

    private static String number(JsonNode event) {
        return event.get("number").stringValue();
    }
}
