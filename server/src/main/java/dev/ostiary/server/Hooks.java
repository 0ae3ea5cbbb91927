package dev.ostiary.server;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.outbound.Destinations;
import dev.ostiary.platform.outbound.OutboundCalls;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.secret.Sealed;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.hooks.channel.HookCalls;
import dev.ostiary.server.hooks.channel.HookSecrets;
import dev.ostiary.server.hooks.events.EventHookDelivery;
import dev.ostiary.server.hooks.events.EventHooks;
import dev.ostiary.server.hooks.events.Receiver;
import dev.ostiary.server.hooks.events.Verification;
import dev.ostiary.server.hooks.inline.AccessTokens;
import dev.ostiary.server.hooks.inline.InlineCalls;
import dev.ostiary.server.hooks.inline.InlineHooks;
import dev.ostiary.server.hooks.keys.HookKeys;
import dev.ostiary.server.hooks.keys.HookSigner;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** What the {@linkplain House house} calls outside: the services that orgs have named. */
final class Hooks implements AutoCloseable {

    /** Published on the pages about hooks ("Timeout and retry"). */
    private static final Duration TIME = Duration.ofSeconds(3);

    private static final int LONGEST_ANSWER = 256 * 1024;

    private final OutboundCalls outbound;
    private final EventHookDelivery delivery;
    private final InlineCalls inlineCalls;
    private final List<Family> families;

    Hooks(House.Ground ground, Supplier<SSLContext> trust) {
        Database database = ground.database();
        Ids ids = ground.ids();
        InstantSource time = ground.time();
        EventCatalogue events = ground.events();
        Sealed sealed = ground.sealed();
        outbound =
                new OutboundCalls(
                        ground.settings().privateHooks()
                                ? Destinations.everywhere()
                                : Destinations.ofTheInternet(),
                        trust,
                        TIME,
                        LONGEST_ANSWER);
        HookCalls calls = new HookCalls(outbound);
        HookSecrets eventSecrets = new HookSecrets(sealed, "eventHook.secret");
        HookSecrets inlineSecrets = new HookSecrets(sealed, "inlineHook.secret");
        HookSigner signer = new HookSigner(database, sealed);
        Receiver receiver = new Receiver(calls, eventSecrets);
        delivery = new EventHookDelivery(database, receiver, events, ids, time, ground.random());
        inlineCalls =
                new InlineCalls(
                        database,
                        events,
                        inlineSecrets,
                        calls,
                        new AccessTokens(calls, signer, ground.tokens(), time));
        InlineHooks inlineHooks =
                new InlineHooks(database, ids, time, events, inlineSecrets, signer, inlineCalls);
        families =
                List.of(
                        new EventHooks(
                                database,
                                ids,
                                time,
                                events,
                                eventSecrets,
                                new Verification(receiver, ground.tokens())),
                        inlineHooks,
                        new HookKeys(
                                database,
                                ids,
                                time,
                                ground.random(),
                                events,
                                sealed,
                                inlineHooks::anyUses));
    }

    List<Family> families() {
        return families;
    }

    /** Asks the services of inline hooks. */
    InlineCalls inlineCalls() {
        return inlineCalls;
    }

    /** Begins the work that goes on beside requests. */
    void start() {
        delivery.start();
    }

    /** Ends it. */
    @Override
    public void close() {
        delivery.close();
        outbound.close();
    }
}
