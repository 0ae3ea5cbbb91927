package dev.ostiary.server.signin.pages.view;

import dev.ostiary.server.signin.pages.html.Element;
import dev.ostiary.server.signin.pages.html.Tag;
import dev.ostiary.server.signin.pages.text.Phrase;
import dev.ostiary.server.signin.pages.text.Words;

/**
 * Where the link of a mail leads. A button spends the token, and not the link: whatever reads mails
 * before people do follows links, but sends no forms.
 *
 * @param action the address with the token
 */
public record TokenScreen(String action, Purpose purpose) implements Screen {

    /** What the token is good for. */
    public enum Purpose {
        WELCOME(Phrase.WELCOME, Phrase.WELCOME_TEXT),
        RESET(Phrase.RESET_TITLE, Phrase.RESET_LINK_TEXT),
        UNLOCK(Phrase.UNLOCK_TITLE, Phrase.UNLOCK_LINK_TEXT);

        private final Phrase title;
        private final Phrase text;

        Purpose(Phrase title, Phrase text) {
            this.title = title;
            this.text = text;
        }
    }

    @Override
    public String title(Frame frame) {
        return frame.words().say(purpose.title, frame.brand(), "");
    }

    @Override
    public Element main(Frame frame) {
        Words words = frame.words();
        return Element.of(Tag.MAIN)
                .holding(
                        Parts.heading(title(frame)),
                        Parts.lead(words.say(purpose.text)),
                        frame.form(action).holding(Parts.submit(Phrase.CONTINUE, words)),
                        Parts.ways(Parts.link(Paths.SIGN_IN, Phrase.BACK_TO_SIGN_IN, words)));
    }
}
