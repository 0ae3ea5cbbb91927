package dev.ostiary.server.signin.pages.view;

import static dev.ostiary.server.signin.pages.html.Attribute.CLASS;
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
 * The ways to verify that somebody has, of which one is to be chosen.
 *
 * @param login whose sign-in it is
 */
public record ChooseFactorScreen(String login, List<Factor> factors, Optional<Problem> problem)
        implements Screen {

    public static final String FACTOR = "factorId";

    @Override
    public String title(Frame frame) {
        return frame.words().say(Phrase.VERIFY_TITLE);
    }

    @Override
    public boolean isError() {
        return problem.isPresent();
    }

    @Override
    public Element main(Frame frame) {
        Words words = frame.words();
        return Element.of(Tag.MAIN)
                .holding(
                        Parts.heading(title(frame)),
                        Parts.who(login),
                        Parts.lead(words.say(Phrase.VERIFY_TEXT)))
                .holding(Problem.notice(problem, words))
                .holding(
                        frame.form(Paths.STEP)
                                .with(CLASS, "plain")
                                .holding(
                                        Field.hidden(Step.FIELD, Step.CHOOSE.name()),
                                        Element.of(Tag.UL, "choices")
                                                .holding(
                                                        factors.stream()
                                                                .map(each -> choice(each, words))
                                                                .toList())),
                        Parts.ways(Parts.stepLink(frame, Step.CANCEL, Phrase.BACK_TO_SIGN_IN)));
    }

    private static Element choice(Factor factor, Words words) {
        Element text =
                Element.of(Tag.SPAN)
                        .holding(Element.of(Tag.SPAN, "what", factor.name(words)))
                        .holding(
                                Optional.of(factor.place(words))
                                        .filter(where -> !where.isEmpty())
                                        .map(where -> Element.of(Tag.SPAN, "where", where)));
        return Element.of(Tag.LI)
                .holding(
                        Element.of(Tag.BUTTON, "choice")
                                .with(TYPE, "submit")
                                .with(NAME, FACTOR)
                                .with(VALUE, factor.id())
                                .holding(text));
    }
}
