package dev.ostiary.server.signin.pages.view;

import dev.ostiary.server.signin.pages.html.Element;
import dev.ostiary.server.signin.pages.html.Tag;
import dev.ostiary.server.signin.pages.text.Phrase;
import dev.ostiary.server.signin.pages.text.Words;
import java.util.Optional;

/**
 * Asks before signing out, where another site has sent the browser here.
 *
 * @param fromUri where to go afterwards
 */
public record SignOutScreen(String login, Optional<String> fromUri) implements Screen {

    @Override
    public String title(Frame frame) {
        return frame.words().say(Phrase.SIGN_OUT);
    }

    @Override
    public Element main(Frame frame) {
        Words words = frame.words();
        return Element.of(Tag.MAIN)
                .holding(
                        Parts.heading(title(frame)),
                        Parts.who(login),
                        Parts.lead(words.say(Phrase.SIGN_OUT_ASK)),
                        frame.form(Paths.SIGN_OUT)
                                .holding(
                                        fromUri.map(
                                                uri -> Field.hidden(SignInScreen.FROM_URI, uri)))
                                .holding(Parts.submit(Phrase.SIGN_OUT, words)),
                        Parts.ways(Parts.link(Paths.HOME, Phrase.CANCEL, words)));
    }
}
