package dev.ostiary.server.signin.pages.view;

import dev.ostiary.server.signin.pages.html.Element;
import dev.ostiary.server.signin.pages.html.Tag;
import dev.ostiary.server.signin.pages.text.Phrase;
import dev.ostiary.server.signin.pages.text.Words;
import dev.ostiary.server.signin.pages.view.Field.Kind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where a sign-in begins.
 *
 * @param username what was typed before, or remembered
 * @param remember whether the name is to be remembered
 * @param fromUri where to go afterwards
 * @param news what has just gone well
 * @param registers whether whoever is new may register
 * @param app into which the way leads, if it leads into one
 */
public record SignInScreen(
        String username,
        boolean remember,
        Optional<String> fromUri,
        Optional<Problem> problem,
        Optional<Phrase> news,
        boolean registers,
        Optional<AppFace> app)
        implements Screen {

    public static final String USERNAME = "username";
    public static final String PASSWORD = "password";
    public static final String REMEMBER = "rememberMe";
    public static final String FROM_URI = "fromURI";

    @Override
    public String title(Frame frame) {
        return frame.words().say(Phrase.SIGN_IN);
    }

    @Override
    public boolean isError() {
        return problem.isPresent();
    }

    @Override
    public Element main(Frame frame) {
        Words words = frame.words();
        boolean again = !username.isEmpty();
        Element form =
                frame.form(Paths.SIGN_IN)
                        .holding(fromUri.map(uri -> Field.hidden(FROM_URI, uri)))
                        .holding(
                                Field.of(USERNAME, Kind.USERNAME, Phrase.USERNAME)
                                        .filled(username)
                                        .focused(!again)
                                        .judged(problem)
                                        .render(words),
                                Field.of(PASSWORD, Kind.PASSWORD, Phrase.PASSWORD)
                                        .focused(again)
                                        .judged(problem)
                                        .render(words),
                                Field.check(REMEMBER, Phrase.REMEMBER, remember, words),
                                Parts.submit(Phrase.SIGN_IN, words));
        return Element.of(Tag.MAIN)
                .holding(app.flatMap(AppFace::image))
                .holding(Parts.heading(words.say(Phrase.SIGN_IN)))
                .holding(app.map(face -> Parts.lead(words.say(Phrase.SIGN_IN_FOR, face.name()))))
                .holding(Problem.notice(problem, words))
                .holding(Problem.good(news.filter(phrase -> problem.isEmpty()), words))
                .holding(
                        form,
                        ways(words)
                                .holding(
                                        Parts.link(
                                                Paths.FORGOT_PASSWORD,
                                                Phrase.FORGOT_PASSWORD,
                                                words),
                                        Parts.link(Paths.UNLOCK, Phrase.UNLOCK_ACCOUNT, words)))
                .holding(app.flatMap(face -> face.links(words)));
    }

    @Override
    public Optional<String> pictureOrigin() {
        return app.flatMap(AppFace::pictureOrigin);
    }

    private Element ways(Words words) {
        return registers
                ? Parts.ways(Parts.link(address(Paths.REGISTER, fromUri), Phrase.REGISTER, words))
                : Parts.ways();
    }

    /** The address of a page, from which one goes on there. */
    static String address(String path, Optional<String> fromUri) {
        return fromUri.map(
                        uri ->
                                path
                                        + "?"
                                        + FROM_URI
                                        + "="
                                        + URLEncoder.encode(uri, StandardCharsets.UTF_8))
                .orElse(path);
    }
}
