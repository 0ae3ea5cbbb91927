package dev.ostiary.server.signin.authenticators;

import dev.ostiary.platform.json.Json;
import dev.ostiary.server.signin.factors.NumberChallenge;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a question on a device is bound to the client that asks it ({@code settings.channelBinding}
 * of Okta Verify). Pure functions of documents.
 */
final class ChannelBinding {

    /** The member of the settings. */
    static final String NAME = "channelBinding";

    private static final String STYLE = "style";
    private static final String REQUIRED = "required";
    private static final String NUMBER = "NUMBER_CHALLENGE";

    private ChannelBinding() {}

    /** When it is required, by the wire's word; nothing for what is none. */
    static Optional<NumberChallenge> required(String word) {
        return Arrays.stream(NumberChallenge.values())
                .filter(each -> each.name().equals(word))
                .findFirst();
    }

    /** The settings with what a client leaves out of this member as it was, judged. */
    static void complete(ObjectNode settings, ObjectNode before, Consumer<String> wrong) {
        JsonNode said = settings.path(NAME);
        if (said.isMissingNode()) {
            return;
        }
        if (!said.isObject()) {
            wrong.accept("settings.channelBinding: must be an object");
            return;
        }
        ObjectNode whole = Json.object();
        if (before.path(NAME).isObject()) {
            whole.setAll(before.path(NAME).asObject());
        }
        whole.setAll(said.asObject());
        if (!whole.path(STYLE).asString("").equals(NUMBER)) {
            wrong.accept("settings.channelBinding.style: must be NUMBER_CHALLENGE");
        }
        if (required(whole.path(REQUIRED).asString("")).isEmpty()) {
            wrong.accept(
                    "settings.channelBinding.required: must be ALWAYS, HIGH_RISK_ONLY or NEVER");
        }
        settings.set(NAME, whole);
    }
}
