package dev.ostiary.server.signin.pages.view;

import static dev.ostiary.server.signin.pages.html.Attribute.ACTION;
import static dev.ostiary.server.signin.pages.html.Attribute.DATA_SUBMIT;
import static dev.ostiary.server.signin.pages.html.Attribute.METHOD;

import dev.ostiary.server.signin.pages.html.Element;
import dev.ostiary.server.signin.pages.html.Tag;
import dev.ostiary.server.signin.pages.text.Phrase;
import dev.ostiary.server.signin.pages.text.Words;
import java.util.Map;

/**
 * Hands something to another site by a form that the browser sends by itself (OAuth 2.0 Form Post
 * Response Mode, 2); the button is for one that does not.
 *
 * @param address where it goes; judged before
 * @param host what is said of it
 * @param fields what it is, in order
 */
public record PostingScreen(String address, String host, Map<String, String> fields)
        implements Screen {

    @Override
    public String title(Frame frame) {
        return frame.words().say(Phrase.SIGNING_IN);
    }

    @Override
    public Element main(Frame frame) {
        Words words = frame.words();
        Element form =
                Element.of(Tag.FORM)
                        .with(METHOD, "post")
                        .with(ACTION, address)
                        .with(DATA_SUBMIT, "true")
                        .holding(
                                fields.entrySet().stream()
                                        .map(each -> Field.hidden(each.getKey(), each.getValue()))
                                        .toList())
                        .holding(Parts.submit(Phrase.CONTINUE, words));
        return Element.of(Tag.MAIN)
                .holding(
                        Parts.heading(title(frame)),
                        Parts.lead(words.say(Phrase.SIGNING_IN_TEXT, host, "")),
                        form);
    }
}
