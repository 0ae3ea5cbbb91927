package dev.ostiary.platform.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.contract.Verb;
import dev.ostiary.platform.limits.Notice.Kind;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("P34 what is let through")
class LimiterTest {

    private static final long ACME = 1;
    private static final long OTHER = 2;
    private static final long START = 1_790_000_000L;

    private final RateTable table = RateTable.load();
    private final AtomicLong second = new AtomicLong(START);
    private final InstantSource clock = () -> Instant.ofEpochSecond(second.get());
    private final Limiter limiter = new Limiter(table, clock);

    @Test
    @DisplayName("P34 headers count down, and past the limit say when to come back")
    void headers() {
        LimitSettings settings = settings("3");
        assertThat(headers(admit(ACME, settings, "/api/v1/users", null)))
                .isEqualTo("3 2 " + (START + 60));
        second.addAndGet(10);
        assertThat(headers(admit(ACME, settings, "/api/v1/users", null)))
                .isEqualTo("3 1 " + (START + 60));
        assertThat(headers(admit(ACME, settings, "/api/v1/users", null)))
                .isEqualTo("3 0 " + (START + 60));
        Admission over = admit(ACME, settings, "/api/v1/users", null);
        assertThat(over.refused()).isTrue();
        assertThat(headers(over)).isEqualTo("3 0 " + (START + 60));
        second.set(START + 60);
        assertThat(headers(admit(ACME, settings, "/api/v1/users", null)))
                .isEqualTo("3 2 " + (START + 120));
    }

    @Test
    @DisplayName("P34 P40 two orgs share nothing, and neither do two buckets")
    void apart() {
        LimitSettings settings = settings("1");
        assertThat(admit(ACME, settings, "/api/v1/users", null).refused()).isFalse();
        assertThat(admit(ACME, settings, "/api/v1/users", null).refused()).isTrue();
        assertThat(admit(ACME, settings, "/api/v1/groups", null).refused()).isFalse();
        assertThat(admit(OTHER, settings, "/api/v1/users", null).refused()).isFalse();
        // the same place of the table of counters
        assertThat(admit(ACME + 4096, settings, "/api/v1/users", null).refused()).isFalse();
    }

    @Test
    @DisplayName("P34 who proves nothing has a limit too, and eats nobody's")
    void unproven() {
        LimitSettings settings = settings("2");
        Bucket users = bucket(settings, "/api/v1/users");
        for (int i = 0; i < 2; i++) {
            assertThat(limiter.admitUnproven(ACME, users).refused()).isFalse();
        }
        Admission flood = limiter.admitUnproven(ACME, users);
        assertThat(flood.refused()).isTrue();
        assertThat(flood.notices()).isEmpty();
        assertThat(headers(admit(ACME, settings, "/api/v1/users", null)))
                .isEqualTo("2 1 " + (START + 60));
    }

    @Test
    @DisplayName("P34 a category's buckets add up")
    void cumulative() {
        LimitSettings free = settings("free");
        int through = 0;
        List<String> paths =
                List.of(
                        "/api/v1/users",
                        "/api/v1/users/u",
                        "/api/v1/groups",
                        "/api/v1/groups/g",
                        "/api/v1/apps/a",
                        "/api/v1/zones",
                        "/api/v1/devices",
                        "/api/v1/certificateAuthorities",
                        "/api/v1/apps",
                        "/api/v1/logs",
                        "/api/v1/events",
                        "/oauth2/v1/clients");
        for (String path : paths) {
            for (int i = 0; i < 100; i++) {
                try (Admission one = admit(ACME, free, path, null)) {
                    through += one.refused() ? 0 : 1;
                }
            }
        }
        try (Admission post =
                limiter.admit(ACME, free, bucket(free, Verb.POST, "/api/v1/users/u"), null)) {
            assertThat(post.refused()).isFalse();
        }
        assertThat(through).isEqualTo(8 * 100 + 3 * 20 + 25);
        int more = 0;
        for (int i = 0; i < 100; i++) {
            try (Admission one =
                    limiter.admit(ACME, free, bucket(free, Verb.POST, "/api/v1/users/u"), null)) {
                more += one.refused() ? 0 : 1;
            }
        }
        assertThat(through + 1 + more).isEqualTo(980);
        assertThat(admit(ACME, free, "/api/v1/authn", null).refused()).isFalse();
    }

    @Test
    @DisplayName("P34 a token has its share of each bucket and leaves the rest to others")
    void tokens() {
        LimitSettings free = settings("free");
        Admission first = admit(ACME, free, "/api/v1/users", "00T1");
        assertThat(headers(first)).isEqualTo("50 49 " + (START + 60));
        first.close();
        for (int i = 1; i < 50; i++) {
            close(admit(ACME, free, "/api/v1/users", "00T1"));
        }
        Admission over = admit(ACME, free, "/api/v1/users", "00T1");
        assertThat(over.refused()).isTrue();
        assertThat(headers(over)).isEqualTo("50 0 " + (START + 60));
        assertThat(over.notices()).extracting(Notice::kind).containsExactly(Kind.TOKEN_VIOLATION);
        over.close();
        for (int i = 0; i < 1000; i++) {
            close(admit(ACME, free, "/api/v1/users", "00T1"));
        }
        Admission other = admit(ACME, free, "/api/v1/users", "00T2");
        assertThat(other.refused()).isFalse();
        assertThat(headers(other)).isEqualTo("50 49 " + (START + 60));
        assertThat(admit(ACME, free, "/api/v1/apps", "00T1").limit()).isEqualTo(10);
    }

    @Test
    @DisplayName("P34 percentages of single tokens count, rounded down but never to nothing")
    void percentages() {
        LimitSettings settings =
                new LimitSettings(
                        profile("free"),
                        90,
                        Map.of(
                                "00T1", new TokenShare(75, 100),
                                "00T2", new TokenShare(1, 100),
                                "00T3", new TokenShare(100, 100)));
        assertThat(admit(ACME, settings, "/api/v1/users", "00T1").limit()).isEqualTo(75);
        assertThat(admit(ACME, settings, "/api/v1/logs", "00T2").limit()).isEqualTo(1);
        assertThat(admit(ACME, settings, "/api/v1/users", "00T3").limit()).isEqualTo(100);
        assertThat(admit(ACME, settings, "/api/v1/users", "00T4").limit()).isEqualTo(50);
    }

    @Test
    @DisplayName("P34 the headers tell the limit of which the least remains")
    void leastRemains() {
        LimitSettings settings =
                new LimitSettings(profile("free"), 90, Map.of("00T1", new TokenShare(75, 100)));
        for (int i = 0; i < 60; i++) {
            close(admit(ACME, settings, "/api/v1/users", null));
        }
        Admission both = admit(ACME, settings, "/api/v1/users", "00T1");
        assertThat(headers(both)).isEqualTo("100 39 " + (START + 60));
    }

    @Test
    @DisplayName("P34 the concurrency limit counts what is under way, and is told once a minute")
    void concurrency() {
        LimitSettings free = settings("free");
        List<Admission> underWay = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            underWay.add(enter(ACME, free, "/api/v1/users", null));
        }
        Admission over = enter(ACME, free, "/api/v1/groups", null);
        assertThat(over.refused()).isTrue();
        assertThat(headers(over)).isEqualTo("0 0 " + (START + 1));
        assertThat(over.notices()).extracting(Notice::kind).containsExactly(Kind.CONCURRENCY);
        over.close();
        assertThat(enter(ACME, free, "/api/v1/groups", null).notices()).isEmpty();
        assertThat(enter(OTHER, free, "/api/v1/groups", null).refused()).isFalse();
        second.addAndGet(60);
        assertThat(enter(ACME, free, "/api/v1/groups", null).notices()).hasSize(1);

        underWay.removeFirst().close();

        Admission again = enter(ACME, free, "/api/v1/groups", null);
        assertThat(again.refused()).isFalse();
        again.close();
        again.close();
        assertThat(enter(ACME, free, "/api/v1/groups", null).refused()).isFalse();
        assertThat(enter(ACME, free, "/api/v1/groups", null).refused()).isTrue();
    }

    @Test
    @DisplayName("P34 a token's share of the concurrency; what it is refused, it does not hold")
    void tokenConcurrency() {
        LimitSettings settings =
                new LimitSettings(profile("free"), 90, Map.of("00T1", new TokenShare(100, 20)));
        List<Admission> underWay = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            underWay.add(enter(ACME, settings, "/api/v1/users", "00T1"));
        }
        Admission over = enter(ACME, settings, "/api/v1/users", "00T1");
        assertThat(over.refused()).isTrue();
        assertThat(over.notices()).extracting(Notice::kind).containsExactly(Kind.TOKEN_CONCURRENCY);
        over.close();
        for (int i = 0; i < 12; i++) {
            underWay.add(enter(ACME, settings, "/api/v1/users", "00T2"));
        }
        assertThat(underWay).noneMatch(Admission::refused);
        assertThat(enter(ACME, settings, "/api/v1/users", "00T2").refused()).isTrue();
    }

    @Test
    @DisplayName("P34 a warning at the threshold and one violation, each once a window")
    void notices() {
        LimitSettings settings = new LimitSettings(profile("10"), 75, Map.of());
        List<Notice> all = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            all.addAll(admit(ACME, settings, "/api/v1/users", null).notices());
        }
        assertThat(all).extracting(Notice::kind).containsExactly(Kind.WARNING, Kind.VIOLATION);
        assertThat(all).allMatch(notice -> notice.threshold() == 10);
        assertThat(all).allMatch(notice -> notice.secondsToReset() == 60);
        assertThat(all.getFirst().percent()).isEqualTo(75);
        second.addAndGet(60);
        for (int i = 1; i < 8; i++) {
            assertThat(admit(ACME, settings, "/api/v1/users", null).notices()).isEmpty();
        }
        assertThat(admit(ACME, settings, "/api/v1/users", null).notices()).hasSize(1);
    }

    @Test
    @DisplayName("P34 a burst warns, tells of the burst, and is refused at five times the limit")
    void bursts() {
        LimitSettings settings =
                new LimitSettings(
                        profile("free+burst"), 60, Map.of("00T1", new TokenShare(100, 100)));
        Map<Integer, Kind> told = new java.util.TreeMap<>();
        for (int i = 1; i <= 520; i++) {
            int count = i;
            try (Admission one = admit(ACME, settings, "/api/v1/authn", null)) {
                one.notices().forEach(notice -> told.put(count, notice.kind()));
                assertThat(one.refused()).isEqualTo(i > 500);
                assertThat(one.remaining()).isEqualTo(Math.max(0, 100 - i));
            }
        }
        assertThat(told)
                .containsExactly(
                        Map.entry(60, Kind.WARNING),
                        Map.entry(101, Kind.BURST),
                        Map.entry(501, Kind.VIOLATION));
    }

    @Test
    @DisplayName("P34 four sign-ins a second for a user name, in its org")
    void userNames() {
        LimitSettings settings = settings("enterprise");
        for (int i = 0; i < 4; i++) {
            assertThat(limiter.admitUserName(ACME, settings, "isaac@example.com").refused())
                    .isFalse();
        }
        assertThat(limiter.admitUserName(ACME, settings, "isaac@example.com").refused()).isTrue();
        assertThat(limiter.admitUserName(OTHER, settings, "isaac@example.com").refused()).isFalse();
        assertThat(limiter.admitUserName(ACME, settings, "sue@example.com").refused()).isFalse();
        assertThat(
                        limiter.admitUserName(ACME, settings("unlimited"), "isaac@example.com")
                                .refused())
                .isFalse();
        second.incrementAndGet();
        assertThat(limiter.admitUserName(ACME, settings, "isaac@example.com").refused()).isFalse();
    }

    @Test
    @DisplayName("P34 no flood of invented user names makes room for one")
    void inventedNames() {
        LimitSettings settings = settings("enterprise");
        for (int i = 0; i < 4; i++) {
            limiter.admitUserName(ACME, settings, "isaac@example.com");
        }
        for (int i = 0; i < 200_000; i++) {
            limiter.admitUserName(ACME, settings, "x" + i);
        }
        assertThat(limiter.admitUserName(ACME, settings, "isaac@example.com").refused()).isTrue();
    }

    @Test
    @DisplayName("P34 unlimited counts and tells, and refuses nobody")
    void unlimited() {
        LimitSettings settings = settings("unlimited");
        for (int i = 1; i <= 100_000; i++) {
            Admission one = admit(ACME, settings, "/api/v1/users", "00T1");
            if (one.refused() || one.remaining() != 1_000_000_000 - i) {
                throw new AssertionError("request " + i + ": " + headers(one));
            }
        }
    }

    @Test
    @DisplayName(
            "P34 5 000 orgs are remembered while they are used, and forgotten when they are not")
    void manyOrgs() {
        LimitSettings settings = settings("2");
        for (long org = 1; org <= 5000; org++) {
            admit(org, settings, "/api/v1/users", "00T" + org);
        }
        assertThat(limiter.orgs()).isEqualTo(5000);
        second.addAndGet(3000);
        admit(ACME, settings, "/api/v1/users", null);
        second.addAndGet(1200);
        admit(ACME, settings, "/api/v1/users", null);
        assertThat(limiter.orgs()).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "P34 never more than the limit from 32 threads, while idle orgs are forgotten around them")
    void manyThreads() throws Exception {
        LimitSettings settings = settings("25");
        try (ExecutorService threads = Executors.newFixedThreadPool(32)) {
            for (int round = 0; round < 60; round++) {
                second.addAndGet(7200);
                for (long org = 1; org < 200; org++) {
                    admit(org * 4096, settings, "/api/v1/users", null);
                }
                second.addAndGet(3700);
                AtomicInteger through = new AtomicInteger();
                AtomicInteger told = new AtomicInteger();
                CountDownLatch start = new CountDownLatch(1);
                List<Future<?>> all = new ArrayList<>();
                for (int thread = 0; thread < 32; thread++) {
                    all.add(
                            threads.submit(
                                    () -> {
                                        start.await();
                                        for (int i = 0; i < 10; i++) {
                                            Admission one =
                                                    admit(4096, settings, "/api/v1/users", "00T1");
                                            through.addAndGet(one.refused() ? 0 : 1);
                                            told.addAndGet(one.notices().size());
                                        }
                                        return null;
                                    }));
                }
                start.countDown();
                for (Future<?> one : all) {
                    one.get();
                }
                assertThat(through).hasValue(25);
                assertThat(told).hasValue(2);
            }
        }
    }

    private Admission admit(long org, LimitSettings settings, String path, @Nullable String token) {
        return limiter.admit(org, settings, bucket(settings, path), token);
    }

    private Admission enter(long org, LimitSettings settings, String path, @Nullable String token) {
        return limiter.enter(org, settings, bucket(settings, path), token);
    }

    private static Bucket bucket(LimitSettings settings, String path) {
        return bucket(settings, Verb.GET, path);
    }

    private static Bucket bucket(LimitSettings settings, Verb verb, String path) {
        Bucket found = settings.profile().bucket(verb, List.of(path.substring(1).split("/", -1)));
        if (found == null) {
            throw new AssertionError(path);
        }
        return found;
    }

    private LimitSettings settings(String profile) {
        return LimitSettings.of(profile(profile));
    }

    private Profile profile(String name) {
        return table.profile(name).orElseThrow();
    }

    private static String headers(Admission admission) {
        return admission.limit() + " " + admission.remaining() + " " + admission.reset();
    }

    private static void close(Admission admission) {
        admission.close();
    }
}
