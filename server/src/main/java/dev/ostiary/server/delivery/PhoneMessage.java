package dev.ostiary.server.delivery;

import dev.ostiary.platform.context.Language;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A text for a phone, to be shown or to be read out. Immutable.
 *
 * @param channel {@link Channel#SMS} or {@link Channel#CALL}
 * @param to phone number (E.164), with {@code x} and its extension where a call has one
 * @param occasion names the text, as the name of a mail's template does
 * @param language what it is written or read out in, if that is known; else in the org's
 * @param variables what it says, by name; secrets among them (codes)
 */
public record PhoneMessage(
        Channel channel,
        String to,
        String occasion,
        Optional<Language> language,
        Map<String, String> variables) {

    private static final String CODE = "code";

    public PhoneMessage {
        if (channel == Channel.MAIL) {
            throw new IllegalArgumentException("a mail is no message for a phone");
        }
        variables = Map.copyOf(variables);
    }

    /** A one-time code. */
    public static PhoneMessage code(
            Channel channel, String to, Optional<Language> language, String code) {
        return new PhoneMessage(channel, to, "VerificationCode", language, Map.of(CODE, code));
    }

    /** The link under which a phone becomes a factor. */
    public static PhoneMessage activation(String to, Optional<Language> language, String link) {
        return new PhoneMessage(
                Channel.SMS, to, "PushVerifyActivation", language, Map.of("activationLink", link));
    }

    /** Variables as they stand in the text: a code that is read out goes digit by digit. */
    static Map<String, String> spoken(Channel channel, Map<String, String> variables) {
        Map<String, String> spoken = new HashMap<>(variables);
        if (channel == Channel.CALL) {
            spoken.computeIfPresent(CODE, (name, code) -> String.join(", ", code.split("")));
        }
        return spoken;
    }

    /** Says nothing of the text: it holds a code. */
    @Override
    public String toString() {
        return "PhoneMessage[" + channel + " " + occasion + "]";
    }
}
