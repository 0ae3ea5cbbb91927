package dev.ostiary.server.signin.pages.view;

import dev.ostiary.server.signin.pages.html.Element;
import dev.ostiary.server.signin.pages.html.Tag;
import dev.ostiary.server.signin.pages.text.Phrase;
import dev.ostiary.server.signin.pages.text.Words;

/**
 * A factor has to be set up, which pages cannot do: they say so, and go on where that is allowed.
 *
 * @param skippable whether one may go on without
 */
public record EnrollScreen(String login, boolean skippable) implements Screen {

    @Override
    public String title(Frame frame) {
        return frame.words().say(Phrase.ENROLL_NEEDED);
    }

    @Override
    public Element main(Frame frame) {
        Words words = frame.words();
        Element main =
                Element.of(Tag.MAIN)
                        .holding(
                                Parts.heading(title(frame)),
                                Parts.who(login),
                                Parts.lead(words.say(Phrase.ENROLL_TEXT)));
        if (skippable) {
            main =
                    main.holding(
                            frame.form(Paths.STEP)
                                    .holding(Parts.submit(Step.SKIP, Phrase.SKIP, words)));
        }
        return main.holding(Parts.ways(Parts.stepLink(frame, Step.CANCEL, Phrase.BACK_TO_SIGN_IN)));
    }
}
