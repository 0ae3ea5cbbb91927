package dev.ostiary.server.signin.pages.view;

import static dev.ostiary.server.signin.pages.html.Attribute.CLASS;
import static dev.ostiary.server.signin.pages.html.Attribute.DATA_WAIT;
import static dev.ostiary.server.signin.pages.html.Attribute.HREF;
import static dev.ostiary.server.signin.pages.html.Attribute.NAME;
import static dev.ostiary.server.signin.pages.html.Attribute.TYPE;
import static dev.ostiary.server.signin.pages.html.Attribute.VALUE;

import dev.ostiary.server.signin.pages.html.Element;
import dev.ostiary.server.signin.pages.html.Html;
import dev.ostiary.server.signin.pages.html.Tag;
import dev.ostiary.server.signin.pages.text.Phrase;
import dev.ostiary.server.signin.pages.text.Words;

/** Pieces that several pages have. */
final class Parts {

    private Parts() {}

    static Element heading(String words) {
        return Element.of(Tag.H1, "title", words);
    }

    static Element lead(String words) {
        return Element.of(Tag.P, "lead", words);
    }

    /** The main button of a form. */
    static Element submit(Phrase phrase, Words words) {
        return Element.of(Tag.BUTTON, "button wide", words.say(phrase)).with(TYPE, "submit");
    }

    /** The main button of a form that takes a step of a sign-in. */
    static Element submit(Step step, Phrase phrase, Words words) {
        return submit(phrase, words).with(NAME, Step.FIELD).with(VALUE, step.name());
    }

    /** A form whose step a script may take by itself, as often as it takes. */
    static Element waiting(Element form, boolean waits) {
        return waits ? form.with(DATA_WAIT, Step.QUIETLY) : form;
    }

    /** What else one can do, below a line. */
    static Element ways(Html... ways) {
        return Element.of(Tag.NAV).with(CLASS, "ways").holding(ways);
    }

    static Element link(String address, Phrase phrase, Words words) {
        return Element.of(Tag.A).with(HREF, address).saying(words.say(phrase));
    }

    /** A form that is one button, which looks like a link. */
    static Element stepLink(Frame frame, Step step, Phrase phrase) {
        return frame.form(Paths.STEP)
                .with(CLASS, "plain")
                .holding(
                        Element.of(Tag.BUTTON, "link", frame.words().say(phrase))
                                .with(TYPE, "submit")
                                .with(NAME, Step.FIELD)
                                .with(VALUE, step.name()));
    }

    /** Whose sign-in this is, and a way out of it. */
    static Element who(String login) {
        return Element.of(Tag.P, "who").holding(Element.of(Tag.STRONG).saying(login));
    }
}
