package dev.ostiary.server.signin.pages.view;

import dev.ostiary.server.signin.pages.html.Element;
import dev.ostiary.server.signin.pages.html.Tag;
import dev.ostiary.server.signin.pages.text.Phrase;
import dev.ostiary.server.signin.pages.text.Words;
import dev.ostiary.server.signin.pages.view.Field.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A way to verify is set up: what the server needs to know for it.
 *
 * @param others whether there is another way
 */
public record EnrollOneScreen(
        String login, FactorOffer offer, boolean others, Optional<Problem> problem)
        implements Screen {

    public static final String PHONE = "phoneNumber";
    public static final String QUESTION = "question";

    @Override
    public String title(Frame frame) {
        return frame.words().say(offer.kind().phrase());
    }

    @Override
    public boolean isError() {
        return problem.isPresent();
    }

    @Override
    public Element main(Frame frame) {
        Words words = frame.words();
        Element ways = Parts.ways();
        if (others) {
            ways = ways.holding(Parts.stepLink(frame, Step.PREVIOUS, Phrase.OTHER_SETUP));
        }
        return Element.of(Tag.MAIN)
                .holding(
                        Parts.heading(title(frame)),
                        Parts.who(login),
                        Parts.lead(words.say(lead(), login, "")))
                .holding(Problem.notice(problem, words))
                .holding(
                        frame.form(Paths.STEP)
                                .holding(Field.hidden(FactorOffer.FIELD, offer.name()))
                                .holding(fields(words))
                                .holding(Parts.submit(Step.ENROLL, button(), words)),
                        ways.holding(Parts.stepLink(frame, Step.CANCEL, Phrase.BACK_TO_SIGN_IN)));
    }

    private Phrase lead() {
        return switch (offer.kind()) {
            case QUESTION -> Phrase.ENROLL_QUESTION_TEXT;
            case SMS, CALL -> Phrase.ENROLL_PHONE_TEXT;
            case EMAIL -> Phrase.ENROLL_EMAIL_TEXT;
            case TOTP -> Phrase.ENROLL_TOTP_TEXT;
            case HOTP -> Phrase.ENROLL_TOKEN_TEXT;
            case PUSH -> Phrase.ENROLL_PUSH_TEXT;
            case WEBAUTHN -> Phrase.ENROLL_KEY_TEXT;
        };
    }

    private Phrase button() {
        return switch (offer.kind()) {
            case SMS, CALL, EMAIL -> Phrase.SEND_CODE;
            case QUESTION, TOTP, HOTP, PUSH, WEBAUTHN -> Phrase.CONTINUE;
        };
    }

    private List<Element> fields(Words words) {
        return switch (offer.kind()) {
            case QUESTION ->
                    List.of(
                            questions(words),
                            field(
                                    ChallengeScreen.ANSWER,
                                    Kind.ANSWER,
                                    Phrase.RECOVERY_ANSWER,
                                    words));
            case SMS, CALL -> List.of(field(PHONE, Kind.PHONE, Phrase.PHONE_NUMBER, words));
            case HOTP -> List.of(field(ChallengeScreen.CODE, Kind.TOKEN, Phrase.CODE, words));
            case EMAIL, TOTP, PUSH, WEBAUTHN -> List.of();
        };
    }

    private Element field(String name, Kind kind, Phrase label, Words words) {
        return Field.of(name, kind, label).focused(true).judged(problem).render(words);
    }

    private static Element questions(Words words) {
        List<Field.Option> options = new ArrayList<>();
        for (Question question : Question.values()) {
            options.add(new Field.Option(question.key(), words.say(question.phrase())));
        }
        return Field.select(QUESTION, Phrase.QUESTION, options, words);
    }
}
