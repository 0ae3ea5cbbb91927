package dev.ostiary.server.signin.pages.view;

import static dev.ostiary.server.signin.pages.html.Attribute.DATA_MESSAGE;
import static dev.ostiary.server.signin.pages.html.Attribute.DATA_ORIGIN;

import dev.ostiary.server.signin.pages.html.Element;
import dev.ostiary.server.signin.pages.html.Tag;
import dev.ostiary.server.signin.pages.text.Phrase;
import dev.ostiary.server.signin.pages.text.Words;

/**
 * Tells something to the page that has opened this one, or that it is in, by {@code postMessage()}
 * (OpenID Connect API, {@code okta_post_message}). The browser sees to it that only pages of that
 * origin hear it.
 *
 * @param origin of who may hear it
 * @param host what is said of it
 * @param message a JSON object
 */
public record TellingScreen(String origin, String host, String message) implements Screen {

    @Override
    public String title(Frame frame) {
        return frame.words().say(Phrase.SIGNING_IN);
    }

    @Override
    public Element main(Frame frame) {
        Words words = frame.words();
        return Element.of(Tag.MAIN)
                .with(DATA_MESSAGE, message)
                .with(DATA_ORIGIN, origin)
                .holding(
                        Parts.heading(title(frame)),
                        Parts.lead(words.say(Phrase.SIGNING_IN_TEXT, host, "")));
    }
}
