package dev.ostiary.server.signin.pages.view;

import static dev.ostiary.server.signin.pages.html.Attribute.DATA_CREATION;
import static dev.ostiary.server.signin.pages.html.Attribute.DATA_FAILED;
import static dev.ostiary.server.signin.pages.html.Attribute.DATA_UNSUPPORTED;
import static dev.ostiary.server.signin.pages.html.Attribute.HIDDEN;

import dev.ostiary.server.signin.pages.html.Element;
import dev.ostiary.server.signin.pages.html.Tag;
import dev.ostiary.server.signin.pages.text.Phrase;
import dev.ostiary.server.signin.pages.text.Words;
import java.util.Optional;

/**
 * A security key is set up (Web Authentication, section 5.1.3), by the script, without which this
 * page says so and offers the other ways.
 *
 * @param login whose sign-in it is
 * @param creation the options by which the key is made, as the Factors API has them
 */
public record NewKeyScreen(String login, Factor factor, String creation, Optional<Problem> problem)
        implements Screen {

    public static final String ATTESTATION = "attestation";

    @Override
    public String title(Frame frame) {
        return frame.words().say(factor.kind().phrase());
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
        return Element.of(Tag.MAIN)
                .holding(
                        Parts.heading(title(frame)),
                        Parts.who(login),
                        Parts.lead(words.say(Phrase.FACTOR_WEBAUTHN_TEXT)))
                .holding(Problem.notice(problem, words))
                .holding(
                        SecurityKeyScreen.notice(),
                        form(frame),
                        Parts.ways(
                                Parts.stepLink(frame, Step.PREVIOUS, Phrase.OTHER_SETUP),
                                Parts.stepLink(frame, Step.CANCEL, Phrase.BACK_TO_SIGN_IN)));
    }

    private Element form(Frame frame) {
        Words words = frame.words();
        return frame.form(Paths.STEP)
                .with(DATA_CREATION, creation)
                .with(DATA_UNSUPPORTED, words.say(Phrase.FACTOR_WEBAUTHN_UNSUPPORTED))
                .with(DATA_FAILED, words.say(Phrase.FACTOR_WEBAUTHN_FAILED))
                .holding(
                        Field.hidden(Step.FIELD, Step.ACTIVATE.name()),
                        Field.hidden(SecurityKeyScreen.CLIENT_DATA, ""),
                        Field.hidden(ATTESTATION, ""),
                        SecurityKeyScreen.withoutScript(words),
                        Parts.submit(Phrase.ENROLL_KEY_CREATE, words).flag(HIDDEN, true));
    }
}
