package dev.ostiary.server.signin.pages.view;

import static dev.ostiary.server.signin.pages.html.Attribute.ACTION;
import static dev.ostiary.server.signin.pages.html.Attribute.CLASS;
import static dev.ostiary.server.signin.pages.html.Attribute.DATA_AFTER;
import static dev.ostiary.server.signin.pages.html.Attribute.DATA_SUBMIT;
import static dev.ostiary.server.signin.pages.html.Attribute.HIDDEN;
import static dev.ostiary.server.signin.pages.html.Attribute.HREF;
import static dev.ostiary.server.signin.pages.html.Attribute.METHOD;
import static dev.ostiary.server.signin.pages.html.Attribute.NAME;
import static dev.ostiary.server.signin.pages.html.Attribute.SANDBOX;
import static dev.ostiary.server.signin.pages.html.Attribute.SRC;
import static dev.ostiary.server.signin.pages.html.Attribute.TARGET;

import dev.ostiary.server.signin.pages.html.Element;
import dev.ostiary.server.signin.pages.html.Tag;
import dev.ostiary.server.signin.pages.text.Phrase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Somebody is signed out; apps are told of it in frames that nobody sees, and that cannot lead the
 * window away. The browser goes on by itself; the button is for who does not wait.
 *
 * @param told how apps are told
 * @param next where to go afterwards
 */
public record TellingAppsScreen(List<Notice> told, Next next) implements Screen {

    /** Where a browser goes that has told apps. */
    public sealed interface Next {

        /** To a path of the own host, or an address that an app has registered. */
        record Going(String address) implements Next {}

        /** To a site that is handed something: judged before; the fields in order. */
        record Posting(String address, Map<String, String> fields) implements Next {}
    }

    /** How long apps have before the browser goes on. */
    public static final int SECONDS = 3;

    private static final String ALLOWED = "allow-scripts allow-same-origin allow-forms";

    public TellingAppsScreen {
        told = List.copyOf(told);
    }

    @Override
    public String title(Frame frame) {
        return frame.words().say(Phrase.SIGNING_OUT);
    }

    @Override
    public Element main(Frame frame) {
        List<Element> frames = new ArrayList<>();
        for (int i = 0; i < told.size(); i++) {
            frames.addAll(frame(told.get(i), "told-" + i));
        }
        return Element.of(Tag.MAIN)
                .holding(Parts.heading(title(frame)))
                .holding(frames)
                .holding(onward(frame));
    }

    private static List<Element> frame(Notice notice, String name) {
        Element frame = Element.of(Tag.IFRAME).with(SANDBOX, ALLOWED).flag(HIDDEN, true);
        return notice.isPosted()
                ? List.of(
                        frame.with(NAME, name),
                        form(notice.address(), notice.fields())
                                .with(TARGET, name)
                                .flag(HIDDEN, true))
                : List.of(frame.with(SRC, notice.address()));
    }

    private static Element form(String address, Map<String, String> fields) {
        return Element.of(Tag.FORM)
                .with(METHOD, "post")
                .with(ACTION, address)
                .with(DATA_SUBMIT, "true")
                .holding(
                        fields.entrySet().stream()
                                .map(each -> Field.hidden(each.getKey(), each.getValue()))
                                .toList());
    }

    private Optional<Element> onward(Frame frame) {
        return switch (next) {
            case Next.Going(String address) ->
                    Optional.of(address)
                            .filter(each -> each.startsWith("/") || each.matches("https?://[!-~]+"))
                            .map(
                                    each ->
                                            Element.of(Tag.A)
                                                    .with(CLASS, "button wide")
                                                    .with(HREF, each)
                                                    .saying(frame.words().say(Phrase.CONTINUE)));
            case Next.Posting(String address, Map<String, String> fields) ->
                    Optional.of(
                            form(address, fields)
                                    .with(DATA_AFTER, Integer.toString(SECONDS))
                                    .holding(Parts.submit(Phrase.CONTINUE, frame.words())));
        };
    }
}
