package dev.ostiary.server.signin.pages.view;

import static dev.ostiary.server.signin.pages.html.Attribute.ARIA_DESCRIBEDBY;
import static dev.ostiary.server.signin.pages.html.Attribute.ARIA_LABELLEDBY;
import static dev.ostiary.server.signin.pages.html.Attribute.CLASS;
import static dev.ostiary.server.signin.pages.html.Attribute.HREF;
import static dev.ostiary.server.signin.pages.html.Attribute.ID;
import static dev.ostiary.server.signin.pages.html.Attribute.NAME;
import static dev.ostiary.server.signin.pages.html.Attribute.TYPE;
import static dev.ostiary.server.signin.pages.html.Attribute.VALUE;

import dev.ostiary.server.signin.pages.html.Element;
import dev.ostiary.server.signin.pages.html.Tag;
import dev.ostiary.server.signin.pages.text.Phrase;
import dev.ostiary.server.signin.pages.text.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What somebody who is signed in comes home to.
 *
 * @param name the display name
 * @param passwordChanged when; empty where there is no password here
 */
public record HomeScreen(
        String name,
        String login,
        List<App> apps,
        Optional<Instant> passwordChanged,
        List<Method> methods,
        List<SessionLine> sessions)
        implements Screen {

    /** The field by which all sessions are ended, and not only this one. */
    public static final String EVERYWHERE = "everywhere";

    /** An app that is assigned to the user. */
    public record App(String label, String address) {}

    /** A way to verify that is set up. */
    public record Method(Factor factor, Instant since) {}

    /** The field by which one session is ended, and no other. */
    public static final String SESSION = "session";

    /** A session of the user's. */
    public record SessionLine(String id, boolean current, Instant since, Instant until) {}

    @Override
    public String title(Frame frame) {
        return frame.words().say(Phrase.HOME);
    }

    @Override
    public boolean isCard() {
        return false;
    }

    @Override
    public Element main(Frame frame) {
        Words words = frame.words();
        return Element.of(Tag.DIV)
                .holding(
                        Element.of(Tag.DIV, "bar")
                                .holding(
                                        Element.of(Tag.DIV, "bar-inner")
                                                .holding(frame.header(), signOut(frame))),
                        Frame.content(
                                Element.of(Tag.MAIN, "home")
                                        .holding(
                                                Parts.heading(words.say(Phrase.HELLO, name, "")),
                                                Parts.lead(login),
                                                Element.of(Tag.DIV, "panels")
                                                        .holding(
                                                                apps(words),
                                                                methods(words),
                                                                sessions(frame)))));
    }

    private static Element signOut(Frame frame) {
        return frame.form(Paths.SIGN_OUT)
                .holding(
                        Element.of(
                                        Tag.BUTTON,
                                        "button quiet small",
                                        frame.words().say(Phrase.SIGN_OUT))
                                .with(TYPE, "submit"));
    }

    private static Element panel(String id, String styleClass, Phrase heading, Words words) {
        return Element.of(Tag.SECTION, styleClass)
                .with(ARIA_LABELLEDBY, id)
                .holding(Element.of(Tag.H2).with(ID, id).saying(words.say(heading)));
    }

    private static Element rows(List<Element> rows) {
        return Element.of(Tag.UL, "rows").holding(rows);
    }

    private static Element row(Element what, String where) {
        return Element.of(Tag.LI).holding(what, Element.of(Tag.SPAN, "where", where));
    }

    private static Element what(String words) {
        return Element.of(Tag.SPAN, "what", words);
    }

    private Element apps(Words words) {
        Element panel = panel("apps", "panel whole", Phrase.APPS, words);
        if (apps.isEmpty()) {
            return panel.holding(Element.of(Tag.P, "empty", words.say(Phrase.NO_APPS)));
        }
        return panel.holding(
                rows(
                        apps.stream()
                                .map(
                                        app ->
                                                Element.of(Tag.LI)
                                                        .holding(
                                                                Element.of(Tag.A, "what", app.label)
                                                                        .with(HREF, app.address)))
                                .toList()));
    }

    private Element methods(Words words) {
        List<Element> rows = new ArrayList<>();
        passwordChanged.ifPresent(
                changed ->
                        rows.add(
                                row(
                                        what(words.say(Phrase.PASSWORD)),
                                        words.say(Phrase.PASSWORD_SET, words.day(changed), ""))));
        for (Method method : methods) {
            Factor factor = method.factor;
            String name =
                    factor.where().isEmpty()
                            ? factor.name(words)
                            : factor.name(words) + ": " + factor.place(words);
            rows.add(row(what(name), words.say(Phrase.FACTOR_SINCE, words.day(method.since), "")));
        }
        Element panel = panel("methods", "panel", Phrase.SECURITY_METHODS, words);
        if (!rows.isEmpty()) {
            panel = panel.holding(rows(rows));
        }
        return methods.isEmpty()
                ? panel.holding(Element.of(Tag.P, "empty", words.say(Phrase.NO_FACTORS)))
                : panel;
    }

    private Element sessions(Frame frame) {
        Words words = frame.words();
        List<Element> rows = sessions.stream().map(session -> session(session, frame)).toList();
        return panel("sessions", "panel", Phrase.SESSIONS, words)
                .holding(
                        rows(rows),
                        frame.form(Paths.SIGN_OUT)
                                .holding(
                                        Element.of(
                                                        Tag.BUTTON,
                                                        "button quiet small",
                                                        words.say(Phrase.END_OTHER_SESSIONS))
                                                .with(TYPE, "submit")
                                                .with(NAME, EVERYWHERE)
                                                .with(VALUE, "true")));
    }

    private static Element session(SessionLine session, Frame frame) {
        Words words = frame.words();
        String since = words.say(Phrase.SESSION_SINCE, words.moment(session.since), "");
        String until = words.say(Phrase.SESSION_UNTIL, words.moment(session.until), "");
        return session.current
                ? row(what(words.say(Phrase.THIS_SESSION)), since)
                        .holding(Element.of(Tag.SPAN, "where", until))
                : row(what(since).with(ID, lineId(session)), until).holding(end(session, frame));
    }

    /** What tells the buttons that end sessions from each other, for whoever hears them. */
    private static String lineId(SessionLine session) {
        return "session-" + session.id;
    }

    private static Element end(SessionLine session, Frame frame) {
        return frame.form(Paths.SIGN_OUT)
                .with(CLASS, "plain")
                .holding(
                        Element.of(Tag.BUTTON, "link", frame.words().say(Phrase.END_SESSION))
                                .with(TYPE, "submit")
                                .with(NAME, SESSION)
                                .with(VALUE, session.id)
                                .with(ARIA_DESCRIBEDBY, lineId(session)));
    }
}
