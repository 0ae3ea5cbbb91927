package dev.ostiary.server.signin.pages.view;

import static dev.ostiary.server.signin.pages.html.Attribute.CLASS;
import static dev.ostiary.server.signin.pages.html.Attribute.HREF;

import dev.ostiary.server.signin.pages.html.Element;
import dev.ostiary.server.signin.pages.html.Tag;
import dev.ostiary.server.signin.pages.text.Phrase;
import dev.ostiary.server.signin.pages.text.Words;

/**
 * On the way to somewhere else: the browser goes on by itself, and the button is for one that does
 * not. A redirect would not do, since browsers hold where a form leads to, redirects included,
 * against {@code form-action} (CSP 3, section 6.4.1).
 *
 * @param heading what is being done, or has been
 * @param address where to go; judged before
 * @param host what is said of it
 */
public record LeavingScreen(Phrase heading, String address, String host) implements Screen {

    @Override
    public String title(Frame frame) {
        return frame.words().say(heading);
    }

    @Override
    public Element main(Frame frame) {
        Words words = frame.words();
        return Element.of(Tag.MAIN)
                .holding(
                        Parts.heading(title(frame)),
                        Parts.lead(words.say(Phrase.SIGNING_IN_TEXT, host, "")),
                        Element.of(Tag.A)
                                .with(CLASS, "button wide")
                                .with(HREF, address)
                                .saying(words.say(Phrase.CONTINUE)));
    }
}
