package dev.ostiary.server.signin.pages.view;

import dev.ostiary.server.signin.pages.html.Element;
import dev.ostiary.server.signin.pages.html.Tag;
import dev.ostiary.server.signin.pages.text.Phrase;
import dev.ostiary.server.signin.pages.text.Words;
import dev.ostiary.server.signin.pages.view.Field.Kind;
import java.util.Optional;

/**
 * Where a sign-in begins.
 *
 * @param username what was typed before, or remembered
 * @param remember whether the name is to be remembered
 * @param fromUri where to go afterwards
 * @param news what has just gone well
 */
public record SignInScreen(
        String username,
        boolean remember,
        Optional<String> fromUri,
        Optional<Problem> problem,
        Optional<Phrase> news)
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
                .holding(Parts.heading(words.say(Phrase.SIGN_IN)))
                .holding(Problem.notice(problem, words))
                .holding(Problem.good(news.filter(phrase -> problem.isEmpty()), words))
                .holding(
                        form,
                        Parts.ways(
                                Parts.link(Paths.FORGOT_PASSWORD, Phrase.FORGOT_PASSWORD, words),
                                Parts.link(Paths.UNLOCK, Phrase.UNLOCK_ACCOUNT, words)));
    }
}
