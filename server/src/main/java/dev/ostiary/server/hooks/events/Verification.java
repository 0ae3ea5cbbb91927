package dev.ostiary.server.hooks.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.outbound.OutboundResult;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.server.hooks.events.EventHookStore.Kept;
import java.security.MessageDigest;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The one-time request that a receiver answers to prove that it is meant: it says in its body what
 * stood in a header ("One-time verification request"). Thread-safe.
 */
public final class Verification {

    private static final int CHALLENGE = 43;

    private final Receiver receiver;
    private final Tokens tokens;

    public Verification(Receiver receiver, Tokens tokens) {
        this.receiver = receiver;
        this.tokens = tokens;
    }

    /** Why a receiver has proven nothing; empty if it has. */
    Optional<String> failure(Org org, Kept kept) {
        String challenge = tokens.urlSafe(CHALLENGE);
        OutboundResult result = receiver.challenge(org.number(), kept, challenge);
        if (!(result instanceof OutboundResult.Answered answered) || !answered.successful()) {
            return Optional.of(result.words());
        }
        return says(answered.body(), challenge)
                ? Optional.empty()
                : Optional.of("the service did not send back the challenge");
    }

    private static boolean says(byte[] body, String challenge) {
        try {
            JsonNode said = Json.parse(body).path("verification");
            return said.isString()
                    && MessageDigest.isEqual(
                            said.stringValue().getBytes(UTF_8), challenge.getBytes(UTF_8));
        } catch (ApiException notJson) {
            return false;
        }
    }
}
