package dev.ostiary.server.signin.pages.view;

import dev.ostiary.server.signin.pages.html.Element;
import dev.ostiary.server.signin.pages.html.Tag;
import dev.ostiary.server.signin.pages.text.Phrase;
import dev.ostiary.server.signin.pages.text.Words;
import dev.ostiary.server.signin.pages.view.Field.Kind;
import java.util.Optional;

/**
 * Somebody cannot sign in, and says who that is: the same page whether there is such a user or not.
 *
 * @param username what was typed before
 */
public record AskUsernameScreen(Purpose purpose, String username, Optional<Problem> problem)
        implements Screen {

    /** What the mail is to be about. */
    public enum Purpose {
        PASSWORD(Paths.FORGOT_PASSWORD, Phrase.RESET_TITLE, Phrase.RESET_TEXT),
        UNLOCK(Paths.UNLOCK, Phrase.UNLOCK_TITLE, Phrase.UNLOCK_TEXT);

        private final String action;
        private final Phrase title;
        private final Phrase text;

        Purpose(String action, Phrase title, Phrase text) {
            this.action = action;
            this.title = title;
            this.text = text;
        }
    }

    @Override
    public String title(Frame frame) {
        return frame.words().say(purpose.title);
    }

    @Override
    public boolean isError() {
        return problem.isPresent();
    }

    @Override
    public Element main(Frame frame) {
        Words words = frame.words();
        return Element.of(Tag.MAIN)
                .holding(Parts.heading(title(frame)), Parts.lead(words.say(purpose.text)))
                .holding(Problem.notice(problem, words))
                .holding(
                        frame.form(purpose.action)
                                .holding(
                                        Field.of(
                                                        SignInScreen.USERNAME,
                                                        Kind.USERNAME,
                                                        Phrase.USERNAME)
                                                .filled(username)
                                                .focused(true)
                                                .judged(problem)
                                                .render(words),
                                        Parts.submit(Phrase.RESET_BUTTON, words)),
                        Parts.ways(Parts.link(Paths.SIGN_IN, Phrase.BACK_TO_SIGN_IN, words)));
    }
}
