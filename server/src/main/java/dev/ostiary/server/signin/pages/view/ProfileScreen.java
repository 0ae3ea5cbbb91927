package dev.ostiary.server.signin.pages.view;

import dev.ostiary.server.signin.pages.html.Element;
import dev.ostiary.server.signin.pages.html.Tag;
import dev.ostiary.server.signin.pages.text.Phrase;
import dev.ostiary.server.signin.pages.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where somebody fills in what the profile lacks, before going on to an app.
 *
 * @param entries what is asked for
 */
public record ProfileScreen(
        String login, List<RegisterScreen.Entry> entries, Optional<Problem> problem)
        implements Screen {

    public ProfileScreen {
        entries = List.copyOf(entries);
    }

    @Override
    public String title(Frame frame) {
        return frame.words().say(Phrase.PROFILE_LACKS);
    }

    @Override
    public boolean isError() {
        return problem.isPresent();
    }

    @Override
    public Element main(Frame frame) {
        Words words = frame.words();
        List<Element> fields = new ArrayList<>();
        for (RegisterScreen.Entry entry : entries) {
            fields.add(
                    entry.field()
                            .focused(fields.isEmpty() && problem.isEmpty())
                            .judged(problem)
                            .render(words));
        }
        return Element.of(Tag.MAIN)
                .holding(Parts.heading(title(frame)), Parts.who(login))
                .holding(Problem.notice(problem, words))
                .holding(
                        frame.form(Paths.PROFILE)
                                .holding(fields)
                                .holding(Parts.submit(Phrase.CONTINUE, words)));
    }
}
