package dev.ostiary.server.hooks.inline;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Outcome;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.outbound.OutboundCall;
import dev.ostiary.platform.outbound.OutboundCall.Header;
import dev.ostiary.platform.outbound.OutboundResult;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.hooks.channel.HeaderAuth;
import dev.ostiary.server.hooks.channel.HookCalls;
import dev.ostiary.server.hooks.channel.HookSecrets;
import dev.ostiary.server.hooks.inline.InlineHookStore.Kept;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The front door for whoever has a question for a hook: asks, and tells the log how it went. To be
 * called outside of any transaction, since it takes up to six seconds. Thread-safe.
 */
public final class InlineCalls {

    private static final String JSON = "application/json";

    private final Database database;
    private final EventCatalogue events;
    private final HookSecrets secrets;
    private final HookCalls calls;
    private final AccessTokens tokens;
    private final InlineHookStore store = new InlineHookStore();

    public InlineCalls(
            Database database,
            EventCatalogue events,
            HookSecrets secrets,
            HookCalls calls,
            AccessTokens tokens) {
        this.database = database;
        this.events = events;
        this.secrets = secrets;
        this.calls = calls;
        this.tokens = tokens;
    }

    /** Asks an active hook. */
    public InlineAnswer ask(Org org, String hookId, ObjectNode question) {
        Optional<Kept> found = database.read(org.number(), reader -> store.find(reader, hookId));
        if (found.isEmpty()) {
            return new InlineAnswer.NoHook();
        }
        InlineHook hook = found.get().hook();
        if (!hook.active()) {
            return new InlineAnswer.Inactive();
        }
        InlineAnswer answer = ask(org, found.get(), question);
        tell(org, hook, answer);
        return answer;
    }

    private InlineAnswer ask(Org org, Kept kept, ObjectNode question) {
        InlineHook hook = kept.hook();
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("Accept", JSON));
        hook.channel().http().headers().forEach(h -> headers.add(new Header(h.key(), h.value())));
        switch (hook.channel()) {
            case Channel.Http http -> authorize(org, kept, http, headers);
            case Channel.OAuth oauth -> {
                AccessTokens.Got got = tokens.get(org, oauth.client(), secret(org, kept));
                switch (got) {
                    case AccessTokens.Got.Token token ->
                            headers.add(new Header("Authorization", "Bearer " + token.value()));
                    case AccessTokens.Got.None none -> {
                        return new InlineAnswer.Garbled(none.words());
                    }
                }
            }
        }
        OutboundCall call =
                OutboundCall.post(
                        URI.create(hook.channel().http().uri()),
                        headers,
                        JSON,
                        Json.text(question).getBytes(UTF_8));
        return answer(hook.type().retried() ? calls.call(call) : calls.once(call));
    }

    private void authorize(Org org, Kept kept, Channel.Http http, List<Header> headers) {
        HeaderAuth auth = http.http().auth();
        if (auth != null) {
            secret(org, kept).ifPresent(value -> headers.add(new Header(auth.key(), value)));
        }
    }

    private Optional<String> secret(Org org, Kept kept) {
        return kept.secret().map(bytes -> secrets.open(org.number(), kept.hook().id(), bytes));
    }

    private static InlineAnswer answer(OutboundResult result) {
        return switch (result) {
            case OutboundResult.Answered answered ->
                    answered.successful()
                            ? said(answered.body())
                            : new InlineAnswer.Refused(answered.words());
            case OutboundResult.TimedOut late -> new InlineAnswer.Silent(late.words());
            case OutboundResult.Failed failed -> new InlineAnswer.Garbled(failed.words());
            case OutboundResult.NotPermitted no -> new InlineAnswer.Garbled(no.words());
        };
    }

    private static InlineAnswer said(byte[] body) {
        if (body.length == 0) {
            return new InlineAnswer.Said(Json.object());
        }
        try {
            JsonNode node = Json.parse(body);
            if (node.isObject()) {
                return new InlineAnswer.Said(node.asObject());
            }
        } catch (ApiException notJson) {
            // said below: it is the service's fault, not the caller's
        }
        return new InlineAnswer.Garbled("the service's answer is no JSON object");
    }

    /** The event of a question commits by itself: whoever asked may yet fail. */
    private void tell(Org org, InlineHook hook, InlineAnswer answer) {
        Event event =
                events.event("inline_hook.executed")
                        .target(hook.target())
                        .debug("inlineHookType", hook.type().wire())
                        .outcome(outcome(answer));
        database.write(
                org.number(),
                tx -> {
                    tx.emit(event);
                    return true;
                });
    }

    private static Outcome outcome(InlineAnswer answer) {
        return switch (answer) {
            case InlineAnswer.Said said -> Outcome.success();
            case InlineAnswer.Refused refused -> Outcome.failure(refused.words());
            case InlineAnswer.Silent silent -> Outcome.failure(silent.words());
            case InlineAnswer.Garbled garbled -> Outcome.failure(garbled.words());
            case InlineAnswer.NoHook none -> Outcome.failure("no hook");
            case InlineAnswer.Inactive inactive -> Outcome.failure("inactive");
        };
    }
}
