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
 * The ways to verify that can be set up, of which one is to be chosen; or none, where all that are
 * left need something else than a page.
 *
 * @param offers what pages can set up
 * @param skippable whether it may be put off
 */
public record EnrollScreen(
        String login, List<FactorOffer> offers, boolean skippable, Optional<Problem> problem)
        implements Screen {

    @Override
    public String title(Frame frame) {
        return frame.words().say(Phrase.ENROLL_NEEDED);
    }

    @Override
    public boolean isError() {
        return problem.isPresent();
    }

    @Override
    public Element main(Frame frame) {
        Words words = frame.words();
        Phrase lead = offers.isEmpty() ? Phrase.ENROLL_TEXT : Phrase.ENROLL_CHOOSE;
        Element main =
                Element.of(Tag.MAIN)
                        .holding(
                                Parts.heading(title(frame)),
                                Parts.who(login),
                                Parts.lead(words.say(lead)))
                        .holding(Problem.notice(problem, words));
        if (!offers.isEmpty()) {
            main = main.holding(choices(frame));
        }
        if (skippable) {
            main =
                    main.holding(
                            Element.of(Tag.P, "hint", words.say(Phrase.ENROLL_LATER_TEXT)),
                            frame.form(Paths.STEP)
                                    .holding(Parts.submit(Step.SKIP, Phrase.ENROLL_LATER, words)));
        }
        return main.holding(Parts.ways(Parts.stepLink(frame, Step.CANCEL, Phrase.BACK_TO_SIGN_IN)));
    }

    private Element choices(Frame frame) {
        return frame.form(Paths.STEP)
                .with(CLASS, "plain")
                .holding(
                        Field.hidden(Step.FIELD, Step.OFFER.name()),
                        Element.of(Tag.UL, "choices")
                                .holding(
                                        offers.stream()
                                                .map(each -> choice(each, frame.words()))
                                                .toList()));
    }

    private static Element choice(FactorOffer offer, Words words) {
        Element text =
                Element.of(Tag.SPAN)
                        .holding(Element.of(Tag.SPAN, "what", words.say(offer.kind().phrase())));
        if (offer.required()) {
            text = text.holding(Element.of(Tag.SPAN, "where", words.say(Phrase.ENROLL_REQUIRED)));
        }
        return Element.of(Tag.LI)
                .holding(
                        Element.of(Tag.BUTTON, "choice")
                                .with(TYPE, "submit")
                                .with(NAME, FactorOffer.FIELD)
                                .with(VALUE, offer.name())
                                .holding(text));
    }
}
