package dev.ostiary.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.context.Language;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.secret.KeyRing;
import dev.ostiary.platform.secret.MasterKey;
import dev.ostiary.platform.secret.Sealed;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.delivery.MailSender.Letter;
import dev.ostiary.server.delivery.MailSender.Outcome;
import dev.ostiary.server.fixture.Ground;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(TestDatabase.class)
class OutboxTest {

    private static final Recipient ZOE = new Recipient("Zoe@Acme.test", "Zoë", "zoe@acme.test");

    private final SecureRandom random = new SecureRandom();
    private final Ground ground;
    private final OutboxStore store;
    private final OutboxMails mails;

    OutboxTest(DatabaseAccess access) {
        ground = new Ground(access);
        store =
                new OutboxStore(
                        ground.database,
                        new Sealed(KeyRing.of(MasterKey.generate(random)), random),
                        new Ids(ground.clock, random),
                        ground.clock,
                        (reader, org) ->
                                org.equals(ground.acme) ? Language.ENGLISH : Language.JAPANESE);
        mails = new OutboxMails(store);
    }

    @BeforeEach
    void forget() {
        ground.database.acrossOrgs(tx -> tx.run(Sql.of("DELETE FROM outbox_mail")));
    }

    @AfterEach
    void close() {
        ground.close();
    }

    /** A way out that answers as told and remembers what went through it. */
    private static final class TestSender implements MailSender {
        final List<Letter> letters = Collections.synchronizedList(new ArrayList<>());
        volatile Function<Letter, Outcome> answer = letter -> new Outcome.Sent();

        @Override
        public Outcome send(Letter letter) {
            letters.add(letter);
            return answer.apply(letter);
        }
    }

    @Test
    @DisplayName("P37 given a change that is rolled back, then its mail was never there")
    void transactional() {
        assertThatThrownBy(
                        () ->
                                ground.database.write(
                                        1,
                                        tx -> {
                                            store.put(tx, ground.acme, activation("lost"));
                                            throw new IllegalStateException("rolled back");
                                        }))
                .hasMessage("rolled back");
        put(ground.acme, activation("kept"));

        assertThat(list(ground.acme, "")).hasSize(1);
    }

    @Test
    @DisplayName("given a mail, when the outbox is read, then it shows text, link and token")
    void read() {
        put(ground.acme, activation("t0ken"));

        JsonNode mail = list(ground.acme, "").getFirst();

        assertThat(mail.get("id").stringValue()).startsWith("oml").hasSize(20);
        assertThat(mail.get("created").stringValue()).matches("2026-03-01T10:00:00\\.\\d{3}Z");
        assertThat(mail.get("to").stringValue()).isEqualTo("Zoe@Acme.test");
        assertThat(mail.get("template").stringValue()).isEqualTo("UserActivation");
        assertThat(mail.get("subject").stringValue()).isEqualTo("Welcome to acme");
        assertThat(mail.get("text").stringValue()).contains("https://acme.test/welcome/t0ken");
        assertThat(mail.get("variables").get("activationToken").stringValue()).isEqualTo("t0ken");
        assertThat(mail.get("status").stringValue()).isEqualTo("QUEUED");
        assertThat(mail.get("attempts").intValue()).isZero();
        assertThat(mail.get("lastError").isNull()).isTrue();
        assertThat(get(ground.acme, mail.get("id").stringValue())).isEqualTo(mail);
    }

    @Test
    @DisplayName(
            "P15 given nobody knows what the reader speaks, then a mail speaks as the org does")
    void languageOfTheOrg() {
        Recipient zoe = new Recipient("zoe@acme.test", "Zoë", "zoe@acme.test");
        Recipient german =
                new Recipient("zoe@acme.test", "Zoë", "zoe", Optional.of(Language.GERMAN));
        put(ground.other, Mail.factorCode(zoe, "123456", Duration.ofMinutes(5)));
        put(ground.other, Mail.factorCode(german, "123456", Duration.ofMinutes(5)));

        List<JsonNode> mails = list(ground.other, "");

        assertThat(mails)
                .extracting(mail -> mail.get("text").stringValue())
                .satisfiesExactlyInAnyOrder(
                        text -> assertThat(text).contains("5分間"),
                        text -> assertThat(text).contains("5 Minuten"));
    }

    @Test
    @DisplayName("given a copy of the table, then it holds neither token nor text")
    void encrypted() {
        put(ground.acme, activation("t0kent0ken"));

        String row =
                ground.database
                        .read(
                                1,
                                reader ->
                                        reader.one(
                                                Sql.of(
                                                        "SELECT encode(content, 'escape') ||"
                                                                + " (to_jsonb(m) - 'content')::text"
                                                                + " AS row FROM outbox_mail m"),
                                                found -> found.text("row")))
                        .orElseThrow();

        assertThat(row).doesNotContain("t0ken", "Zoë", "welcome");
    }

    @Test
    @DisplayName(
            "P24 given many mails, when one pages, then the newest comes first, by address too")
    void pages() {
        for (int n = 0; n < 7; n++) {
            ground.clock.move(Duration.ofMillis(5));
            put(ground.acme, activation("t" + n));
        }
        put(ground.acme, Mail.passwordChanged(new Recipient("max@acme.test", "", "max")));

        Reply first = ask(ground.acme, "limit=3&to=zoe%40acme.TEST");
        String next =
                first.headers().stream()
                        .map(header -> header.value())
                        .filter(link -> link.endsWith("rel=\"next\""))
                        .findFirst()
                        .orElseThrow();

        assertThat(tokens(first)).containsExactly("t6", "t5", "t4");
        assertThat(tokens(ask(ground.acme, next.replaceAll(".*\\?|>.*", ""))))
                .containsExactly("t3", "t2", "t1");
        assertThat(list(ground.acme, "to=max@acme.test").getFirst().get("text").stringValue())
                .startsWith("Hello max,");
        assertThatThrownBy(() -> ask(ground.acme, "limit=201")).isInstanceOf(ApiException.class);
    }

    @Test
    @DisplayName("P40 given another org, or a lesser admin, then the mail is not to be seen")
    void walls() {
        put(ground.acme, activation("t"));
        String id = list(ground.acme, "").getFirst().get("id").stringValue();

        assertThat(list(ground.other, "")).isEmpty();
        assertThatThrownBy(() -> get(ground.other, id)).hasMessageContaining("E0000007");
        assertThatThrownBy(
                        () ->
                                handle(
                                        0,
                                        ground.acme,
                                        "listOstiaryOutbox",
                                        "",
                                        Map.of(),
                                        Set.of("USER_ADMIN")))
                .hasMessageContaining("E0000006");
    }

    @Test
    @DisplayName("given mail of two orgs, when four nodes deliver, then each goes out exactly once")
    void once() throws Exception {
        for (int n = 0; n < 30; n++) {
            put(n % 2 == 0 ? ground.acme : ground.other, activation("t" + n));
        }
        TestSender sender = new TestSender();
        try (ExecutorService nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> all = new ArrayList<>();
            for (int n = 0; n < 4; n++) {
                all.add(nodes.submit(() -> delivery(sender).deliverDue()));
            }
            for (Future<Integer> node : all) {
                assertThat(node.get()).isBetween(0, 30);
            }
        }

        assertThat(sender.letters).hasSize(30);
        assertThat(sender.letters.stream().map(Letter::id).distinct()).hasSize(30);
        assertThat(list(ground.acme, ""))
                .hasSize(15)
                .allMatch(mail -> mail.get("status").stringValue().equals("SENT"));
        assertThat(delivery(sender).deliverDue()).isZero();
    }

    @Test
    @DisplayName("given a server that says later, then it is asked ever more seldom, ten times")
    void retries() {
        put(ground.acme, activation("t"));
        TestSender sender = new TestSender();
        sender.answer = letter -> new Outcome.Later("450 busy");
        MailDelivery delivery = delivery(sender);

        delivery.deliverDue();
        assertThat(delivery.deliverDue()).isZero();
        ground.clock.move(Duration.ofSeconds(31));
        assertThat(delivery.deliverDue()).isOne();
        ground.clock.move(Duration.ofSeconds(31));
        assertThat(delivery.deliverDue()).isZero();
        JsonNode waiting = list(ground.acme, "").getFirst();
        for (int n = 0; n < 20; n++) {
            ground.clock.move(Duration.ofHours(3));
            delivery.deliverDue();
        }

        assertThat(waiting.get("status").stringValue()).isEqualTo("QUEUED");
        assertThat(waiting.get("attempts").intValue()).isEqualTo(2);
        assertThat(waiting.get("lastError").stringValue()).isEqualTo("450 busy");
        JsonNode failed = list(ground.acme, "").getFirst();
        assertThat(failed.get("status").stringValue()).isEqualTo("FAILED");
        assertThat(sender.letters).hasSize(10);
        assertThat(sender.letters.stream().map(Letter::id).distinct()).hasSize(1);
    }

    @Test
    @DisplayName("given a refusal for good, then it is noted and not tried again")
    void refused() {
        put(ground.acme, activation("t"));
        TestSender sender = new TestSender();
        sender.answer = letter -> new Outcome.Refused("550 no such user");

        delivery(sender).deliverDue();
        ground.clock.move(Duration.ofDays(1));
        delivery(sender).deliverDue();

        assertThat(sender.letters).hasSize(1);
        JsonNode mail = list(ground.acme, "").getFirst();
        assertThat(mail.get("status").stringValue()).isEqualTo("FAILED");
        assertThat(mail.get("lastError").stringValue()).isEqualTo("550 no such user");
    }

    @Test
    @DisplayName("given a server that is away, then mails wait for it, but not for ever")
    void unreachable() {
        put(ground.acme, activation("t1"));
        put(ground.acme, activation("t2"));
        TestSender sender = new TestSender();
        sender.answer = letter -> new Outcome.Unreachable("connection refused");
        MailDelivery delivery = delivery(sender);

        assertThat(delivery.deliverDue()).isOne();
        for (int n = 0; n < 50; n++) {
            ground.clock.move(Duration.ofMinutes(1));
            delivery.deliverDue();
        }
        assertThat(list(ground.acme, ""))
                .allMatch(mail -> mail.get("status").stringValue().equals("QUEUED"))
                .allMatch(mail -> mail.get("attempts").intValue() == 0);
        ground.clock.move(Duration.ofDays(3));
        delivery.deliverDue();

        assertThat(list(ground.acme, ""))
                .allMatch(mail -> mail.get("status").stringValue().equals("FAILED"))
                .anyMatch(mail -> mail.get("lastError").stringValue().equals("connection refused"));
    }

    @Test
    @DisplayName("given a node that dies while sending, then another one sends after a while")
    void dead() {
        put(ground.acme, activation("t"));
        OutboxStore.Claim dead =
                store.claim(
                                Set.of(Channel.MAIL),
                                ground.clock.instant(),
                                ground.clock.instant().plus(Duration.ofMinutes(10)))
                        .orElseThrow();
        TestSender sender = new TestSender();

        assertThat(delivery(sender).deliverDue()).isZero();
        ground.clock.move(Duration.ofMinutes(11));
        assertThat(delivery(sender).deliverDue()).isOne();
        store.finish(dead, OutboxMail.Status.FAILED, "too late to say so");

        JsonNode mail = list(ground.acme, "").getFirst();
        assertThat(mail.get("status").stringValue()).isEqualTo("SENT");
        assertThat(mail.get("attempts").intValue()).isEqualTo(2);
    }

    @Test
    @DisplayName("given no mail server, then mail stands in the outbox for thirty days")
    void noServer() {
        put(ground.acme, activation("t"));
        MailDelivery delivery = new MailDelivery(store, Optional.empty(), ground.clock);

        assertThat(delivery.deliverDue()).isZero();
        ground.clock.move(Duration.ofDays(29));
        assertThat(delivery.clearOld()).isZero();
        assertThat(list(ground.acme, "")).hasSize(1);
        ground.clock.move(Duration.ofDays(2));
        assertThat(delivery.clearOld()).isOne();
        assertThat(list(ground.acme, "")).isEmpty();
    }

    @Test
    @DisplayName("given a delivery in the background, when mail is put in, then it leaves at once")
    void background() throws Exception {
        TestSender sender = new TestSender();
        CountDownLatch sent = new CountDownLatch(1);
        sender.answer =
                letter -> {
                    sent.countDown();
                    return new Outcome.Sent();
                };
        try (MailDelivery delivery = delivery(sender)) {
            delivery.start();
            put(ground.acme, activation("t"));
            assertThat(sent.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(list(ground.acme, "").getFirst().get("status").stringValue()).isEqualTo("SENT");
    }

    private MailDelivery delivery(MailSender sender) {
        return new MailDelivery(store, Optional.of(sender), ground.clock);
    }

    private static Mail activation(String token) {
        return Mail.userActivation(
                ZOE, "https://acme.test/welcome/" + token, token, Duration.ofDays(7));
    }

    private void put(Org org, Mail mail) {
        ground.database.write(
                org.number(),
                tx -> {
                    store.put(tx, org, mail);
                    return true;
                });
    }

    private static List<String> tokens(Reply reply) {
        return StreamSupport.stream(Json.parse(reply.body()).spliterator(), false)
                .map(mail -> mail.get("variables").get("activationToken").stringValue())
                .toList();
    }

    private List<JsonNode> list(Org org, String query) {
        return StreamSupport.stream(Json.parse(ask(org, query).body()).spliterator(), false)
                .toList();
    }

    private Reply ask(Org org, String query) {
        return handle(0, org, "listOstiaryOutbox", query, Map.of(), Set.of("SUPER_ADMIN"));
    }

    private JsonNode get(Org org, String id) {
        return Json.parse(
                handle(
                                1,
                                org,
                                "getOstiaryOutboxMail",
                                "",
                                Map.of("mailId", id),
                                Set.of("SUPER_ADMIN"))
                        .body());
    }

    private Reply handle(
            int binding,
            Org org,
            String operation,
            String query,
            Map<String, String> variables,
            Set<String> roles) {
        return mails.bindings()
                .get(binding)
                .handler()
                .handle(Ground.request(org, operation, query, variables, roles));
    }
}
