package dev.ostiary.server.delivery;

import java.util.Map;

/**
 * A text for a phone, to be shown or to be read out. Immutable.
 *
 * @param channel {@link Channel#SMS} or {@link Channel#CALL}
 * @param to phone number (E.164), with {@code x} and its extension where a call has one
 * @param occasion names the text, as the name of a mail's template does
 * @param text what is shown or read out
 * @param variables what it says, by name; secrets among them (codes)
 */
public record PhoneMessage(
        Channel channel, String to, String occasion, String text, Map<String, String> variables) {

    public PhoneMessage {
        if (channel == Channel.MAIL) {
            throw new IllegalArgumentException("a mail is no message for a phone");
        }
        variables = Map.copyOf(variables);
    }

    /** A one-time code. */
    public static PhoneMessage code(Channel channel, String to, String code) {
        String words =
                channel == Channel.CALL
                        ? "Your verification code is " + String.join(", ", code.split("")) + "."
                        : "Your verification code is " + code + ".";
        return new PhoneMessage(channel, to, "VerificationCode", words, Map.of("code", code));
    }

    /** The link under which a phone becomes a factor. */
    public static PhoneMessage activation(String to, String link) {
        return new PhoneMessage(
                Channel.SMS,
                to,
                "PushVerifyActivation",
                "Set up this phone: " + link,
                Map.of("activationLink", link));
    }

    /** Says nothing of the text: it holds a code. */
    @Override
    public String toString() {
        return "PhoneMessage[" + channel + " " + occasion + "]";
    }
}
