package dev.ostiary.server.signin.pages.view;

import static dev.ostiary.server.signin.pages.html.Attribute.CLASS;
import static dev.ostiary.server.signin.pages.html.Attribute.HIDDEN;
import static dev.ostiary.server.signin.pages.html.Attribute.HREF;
import static dev.ostiary.server.signin.pages.html.Attribute.SANDBOX;
import static dev.ostiary.server.signin.pages.html.Attribute.SRC;

import dev.ostiary.server.signin.pages.html.Element;
import dev.ostiary.server.signin.pages.html.Tag;
import dev.ostiary.server.signin.pages.text.Phrase;
import java.util.List;

/**
 * Somebody is signed out; apps are told of it in frames that nobody sees, and that cannot lead the
 * window away. The browser goes on by itself; the button is for who does not wait.
 *
 * @param told where apps are told; judged before
 * @param next where to go afterwards: a path of the own host, or an address that an app has
 *     registered
 */
public record TellingAppsScreen(List<String> told, String next) implements Screen {

    /** How long apps have before the browser goes on. */
    public static final int SECONDS = 3;

    private static final String ALLOWED = "allow-scripts allow-same-origin allow-forms";

    public TellingAppsScreen {
        told = List.copyOf(told);
    }

    @Override
    public String title(Frame frame) {
        return frame.words().say(Phrase.SIGNED_OUT);
    }

    @Override
    public Element main(Frame frame) {
        Element main =
                Element.of(Tag.MAIN)
                        .holding(Parts.heading(title(frame)))
                        .holding(
                                told.stream()
                                        .map(
                                                address ->
                                                        Element.of(Tag.IFRAME)
                                                                .with(SRC, address)
                                                                .with(SANDBOX, ALLOWED)
                                                                .flag(HIDDEN, true))
                                        .toList());
        boolean shown = next.startsWith("/") || next.matches("https?://[!-~]+");
        return shown
                ? main.holding(
                        Element.of(Tag.A)
                                .with(CLASS, "button wide")
                                .with(HREF, next)
                                .saying(frame.words().say(Phrase.CONTINUE)))
                : main;
    }
}
