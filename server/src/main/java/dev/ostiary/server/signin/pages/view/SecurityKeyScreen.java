package dev.ostiary.server.signin.pages.view;

import static dev.ostiary.server.signin.pages.html.Attribute.DATA_CHALLENGE;
import static dev.ostiary.server.signin.pages.html.Attribute.DATA_CREDENTIALS;
import static dev.ostiary.server.signin.pages.html.Attribute.DATA_FAILED;
import static dev.ostiary.server.signin.pages.html.Attribute.DATA_RP;
import static dev.ostiary.server.signin.pages.html.Attribute.DATA_UNSUPPORTED;
import static dev.ostiary.server.signin.pages.html.Attribute.DATA_VERIFICATION;
import static dev.ostiary.server.signin.pages.html.Attribute.HIDDEN;
import static dev.ostiary.server.signin.pages.html.Attribute.ID;
import static dev.ostiary.server.signin.pages.html.Attribute.ROLE;

import dev.ostiary.server.signin.pages.html.Element;
import dev.ostiary.server.signin.pages.html.Tag;
import dev.ostiary.server.signin.pages.text.Phrase;
import dev.ostiary.server.signin.pages.text.Words;
import java.util.List;
import java.util.Optional;

/**
 * A security key is asked for (Web Authentication, section 5.1.4), by the script, without which
 * this page says so and offers the other ways.
 *
 * @param login whose sign-in it is
 * @param challenge base64url
 * @param relyingParty the id that the keys were registered for; empty for the page's own host
 * @param credentials ids of the keys, base64url
 * @param verification what is asked of the key: required, preferred or discouraged
 */
public record SecurityKeyScreen(
        String login,
        Factor factor,
        String challenge,
        Optional<String> relyingParty,
        List<String> credentials,
        String verification,
        boolean others,
        Optional<Problem> problem)
        implements Screen {

    public static final String CLIENT_DATA = "clientData";
    public static final String AUTHENTICATOR_DATA = "authenticatorData";
    public static final String SIGNATURE = "signatureData";

    @Override
    public String title(Frame frame) {
        return factor.name(frame.words());
    }

    @Override
    public boolean isError() {
        return problem.isPresent();
    }

    @Override
    public boolean asksSecurityKey() {
        return true;
    }

    @Override
    public Element main(Frame frame) {
        Words words = frame.words();
        Element ways = Parts.ways();
        if (others) {
            ways = ways.holding(Parts.stepLink(frame, Step.PREVIOUS, Phrase.OTHER_WAY));
        }
        return Element.of(Tag.MAIN)
                .holding(
                        Parts.heading(title(frame)),
                        Parts.who(login),
                        Parts.lead(factor.told(words)))
                .holding(Problem.notice(problem, words))
                .holding(
                        notice(),
                        form(frame),
                        ways.holding(Parts.stepLink(frame, Step.CANCEL, Phrase.BACK_TO_SIGN_IN)));
    }

    /** Where the script says what goes wrong. */
    static Element notice() {
        return Element.of(Tag.DIV, "notice error")
                .with(ID, "key-notice")
                .with(ROLE, "alert")
                .flag(HIDDEN, true);
    }

    static Element withoutScript(Words words) {
        return Element.of(Tag.NOSCRIPT)
                .holding(Element.of(Tag.P, "hint", words.say(Phrase.FACTOR_WEBAUTHN_SCRIPT)));
    }

    private Element form(Frame frame) {
        Words words = frame.words();
        return frame.form(Paths.STEP)
                .with(DATA_CHALLENGE, challenge)
                .with(DATA_CREDENTIALS, String.join(" ", credentials))
                .with(DATA_VERIFICATION, verification)
                .with(DATA_RP, relyingParty)
                .with(DATA_UNSUPPORTED, words.say(Phrase.FACTOR_WEBAUTHN_UNSUPPORTED))
                .with(DATA_FAILED, words.say(Phrase.FACTOR_WEBAUTHN_FAILED))
                .holding(
                        Field.hidden(Step.FIELD, Step.VERIFY.name()),
                        Field.hidden(ChooseFactorScreen.FACTOR, factor.id()),
                        Field.hidden(CLIENT_DATA, ""),
                        Field.hidden(AUTHENTICATOR_DATA, ""),
                        Field.hidden(SIGNATURE, ""),
                        withoutScript(words),
                        Parts.submit(Phrase.FACTOR_WEBAUTHN_START, words).flag(HIDDEN, true));
    }
}
