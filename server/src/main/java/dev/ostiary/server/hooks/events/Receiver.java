package dev.ostiary.server.hooks.events;

import dev.ostiary.platform.outbound.OutboundCall;
import dev.ostiary.platform.outbound.OutboundCall.Header;
import dev.ostiary.platform.outbound.OutboundResult;
import dev.ostiary.server.hooks.channel.HeaderAuth;
import dev.ostiary.server.hooks.channel.HookCalls;
import dev.ostiary.server.hooks.channel.HookSecrets;
import dev.ostiary.server.hooks.events.EventHookStore.Kept;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Calls the receivers of event hooks. Thread-safe. */
public final class Receiver {

    private static final String JSON = "application/json";

    private final HookCalls calls;
    private final HookSecrets secrets;

    public Receiver(HookCalls calls, HookSecrets secrets) {
        this.calls = calls;
        this.secrets = secrets;
    }

    /** Asks it to prove that it is meant. */
    OutboundResult challenge(long org, Kept kept, String challenge) {
        List<Header> headers = headers(org, kept);
        headers.add(new Header("X-Okta-Verification-Challenge", challenge));
        return calls.call(OutboundCall.get(uri(kept), headers));
    }

    /** Tells it what happened. */
    OutboundResult deliver(long org, Kept kept, byte[] body) {
        return calls.call(OutboundCall.post(uri(kept), headers(org, kept), JSON, body));
    }

    private List<Header> headers(long org, Kept kept) {
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("Accept", JSON));
        kept.hook()
                .listing()
                .channel()
                .headers()
                .forEach(header -> headers.add(new Header(header.key(), header.value())));
        HeaderAuth auth = kept.hook().listing().channel().auth();
        if (auth != null) {
            kept.secret()
                    .map(bytes -> secrets.open(org, kept.hook().id(), bytes))
                    .ifPresent(value -> headers.add(new Header(auth.key(), value)));
        }
        return headers;
    }

    private static URI uri(Kept kept) {
        return URI.create(kept.hook().listing().channel().uri());
    }
}
