package dev.ostiary.server.signin.pages.view;

import dev.ostiary.server.signin.pages.html.Element;
import dev.ostiary.server.signin.pages.html.Tag;
import dev.ostiary.server.signin.pages.text.Phrase;
import dev.ostiary.server.signin.pages.text.Words;
import dev.ostiary.server.signin.pages.view.Field.Kind;
import java.util.Optional;

/** The recovery question, between the link of a mail and a new password. */
public record RecoveryQuestionScreen(String login, String question, Optional<Problem> problem)
        implements Screen {

    @Override
    public String title(Frame frame) {
        return frame.words().say(Phrase.FACTOR_QUESTION);
    }

    @Override
    public boolean isError() {
        return problem.isPresent();
    }

    @Override
    public Element main(Frame frame) {
        Words words = frame.words();
        return Element.of(Tag.MAIN)
                .holding(
                        Parts.heading(title(frame)),
                        Parts.who(login),
                        Parts.lead(words.say(Phrase.FACTOR_QUESTION_TEXT)))
                .holding(Problem.notice(problem, words))
                .holding(
                        frame.form(Paths.STEP)
                                .holding(
                                        Element.of(Tag.P, "asked", question),
                                        Field.of(
                                                        ChallengeScreen.ANSWER,
                                                        Kind.ANSWER,
                                                        Phrase.RECOVERY_ANSWER)
                                                .focused(true)
                                                .judged(problem)
                                                .render(words),
                                        Parts.submit(Step.ANSWER, Phrase.CONTINUE, words)),
                        Parts.ways(Parts.stepLink(frame, Step.CANCEL, Phrase.BACK_TO_SIGN_IN)));
    }
}
