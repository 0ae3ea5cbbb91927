package dev.ostiary.server.signin.pages.view;

import static dev.ostiary.server.signin.pages.html.Attribute.NAME;
import static dev.ostiary.server.signin.pages.html.Attribute.TYPE;
import static dev.ostiary.server.signin.pages.html.Attribute.VALUE;

import dev.ostiary.server.signin.pages.html.Element;
import dev.ostiary.server.signin.pages.html.Tag;
import dev.ostiary.server.signin.pages.text.Phrase;
import dev.ostiary.server.signin.pages.text.Words;
import java.util.List;
import java.util.Optional;

/**
 * Asks whether an app may have what it asks for.
 *
 * @param app who asks
 * @param login whose it is to say
 * @param key under which the app's request waits
 * @param scopes what it asks for
 */
public record ConsentScreen(AppFace app, String login, String key, List<Asked> scopes)
        implements Screen {

    public static final String ACTION = "/oauth2/v1/authorize/consent";
    public static final String KEY = "okta_key";
    public static final String DECISION = "decision";
    public static final String ALLOW = "allow";

    private static final String DENY = "deny";

    /** Something that an app asks for. */
    public record Asked(String name, Optional<String> description) {}

    public ConsentScreen {
        scopes = List.copyOf(scopes);
    }

    @Override
    public String title(Frame frame) {
        return frame.words().say(Phrase.CONSENT, app.name());
    }

    @Override
    public Element main(Frame frame) {
        Words words = frame.words();
        return Element.of(Tag.MAIN)
                .holding(app.image())
                .holding(
                        Parts.heading(title(frame)),
                        Parts.who(login),
                        Parts.lead(words.say(Phrase.CONSENT_TEXT, app.name())),
                        list(scopes))
                .holding(app.links(words))
                .holding(
                        frame.form(ACTION).holding(Field.hidden(KEY, key)).holding(answers(words)));
    }

    @Override
    public Optional<String> pictureOrigin() {
        return app.pictureOrigin();
    }

    /** What is asked for. */
    static Element list(List<Asked> scopes) {
        return Element.of(Tag.UL, "scopes")
                .holding(scopes.stream().map(ConsentScreen::item).toList());
    }

    /** Yes and no. */
    static List<Element> answers(Words words) {
        return List.of(
                Parts.submit(Phrase.ALLOW, words).with(NAME, DECISION).with(VALUE, ALLOW),
                Element.of(Tag.BUTTON, "link", words.say(Phrase.DENY))
                        .with(TYPE, "submit")
                        .with(NAME, DECISION)
                        .with(VALUE, DENY));
    }

    private static Element item(Asked scope) {
        return Element.of(Tag.LI)
                .holding(Element.of(Tag.STRONG).saying(scope.name()))
                .holding(scope.description().map(text -> Element.of(Tag.P).saying(text)));
    }
}
