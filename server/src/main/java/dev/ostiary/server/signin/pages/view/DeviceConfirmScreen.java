package dev.ostiary.server.signin.pages.view;

import dev.ostiary.server.signin.pages.html.Element;
import dev.ostiary.server.signin.pages.html.Tag;
import dev.ostiary.server.signin.pages.text.Phrase;
import dev.ostiary.server.signin.pages.text.Words;
import java.util.List;
import java.util.Optional;

/**
 * Asks whether a device shall be signed in.
 *
 * @param app that runs on it
 * @param login who would be signed in
 * @param code that it shows
 * @param scopes of which the user has to be asked
 */
public record DeviceConfirmScreen(
        AppFace app, String login, String code, List<ConsentScreen.Asked> scopes)
        implements Screen {

    public static final String ACTION = "/activate/confirm";
    public static final String DECISION = ConsentScreen.DECISION;
    public static final String ALLOW = ConsentScreen.ALLOW;

    public DeviceConfirmScreen {
        scopes = List.copyOf(scopes);
    }

    @Override
    public String title(Frame frame) {
        return frame.words().say(Phrase.DEVICE_CONFIRM, app.name());
    }

    @Override
    public Element main(Frame frame) {
        Words words = frame.words();
        Element main =
                Element.of(Tag.MAIN)
                        .holding(app.image())
                        .holding(
                                Parts.heading(title(frame)),
                                Parts.who(login),
                                Parts.lead(words.say(Phrase.DEVICE_CONFIRM_TEXT, code)));
        Element asking =
                scopes.isEmpty()
                        ? main
                        : main.holding(
                                Parts.lead(words.say(Phrase.CONSENT_TEXT, app.name())),
                                ConsentScreen.list(scopes));
        return asking.holding(app.links(words))
                .holding(
                        frame.form(ACTION)
                                .holding(Field.hidden(DeviceCodeScreen.CODE, code))
                                .holding(ConsentScreen.answers(words)));
    }

    @Override
    public Optional<String> pictureOrigin() {
        return app.pictureOrigin();
    }
}
