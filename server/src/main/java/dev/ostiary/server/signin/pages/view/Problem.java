package dev.ostiary.server.signin.pages.view;

import static dev.ostiary.server.signin.pages.html.Attribute.ARIA_LIVE;
import static dev.ostiary.server.signin.pages.html.Attribute.ID;
import static dev.ostiary.server.signin.pages.html.Attribute.ROLE;

import dev.ostiary.server.signin.pages.html.Element;
import dev.ostiary.server.signin.pages.html.Tag;
import dev.ostiary.server.signin.pages.text.Phrase;
import dev.ostiary.server.signin.pages.text.Words;
import java.util.List;
import java.util.Optional;

/**
 * What is wrong with what was sent. Immutable.
 *
 * @param phrase says so
 * @param fillings of its places
 * @param field the name of the field that it is about; empty for the whole form
 */
public record Problem(Phrase phrase, List<String> fillings, String field) {

    /** The id of the notice above a form. */
    static final String NOTICE_ID = "notice";

    /** A problem of the whole form. */
    public static Problem of(Phrase phrase, String... fillings) {
        return new Problem(phrase, List.of(fillings), "");
    }

    /** The same about one field. */
    public Problem in(String name) {
        return new Problem(phrase, fillings, name);
    }

    boolean isOf(String name) {
        return field.equals(name);
    }

    String say(Words words) {
        return words.say(phrase, fillings.toArray(String[]::new));
    }

    /** The notice above the form; a field's own problem stands at the field. */
    static Optional<Element> notice(Optional<Problem> problem, Words words) {
        return problem.filter(each -> each.field.isEmpty())
                .map(
                        each ->
                                Element.of(Tag.DIV, "notice error", each.say(words))
                                        .with(ID, NOTICE_ID)
                                        .with(ROLE, "alert"));
    }

    /** A notice that all is well. */
    static Optional<Element> good(Optional<Phrase> phrase, Words words) {
        return phrase.map(
                each ->
                        Element.of(Tag.DIV, "notice good", words.say(each))
                                .with(ID, NOTICE_ID)
                                .with(ROLE, "status")
                                .with(ARIA_LIVE, "polite"));
    }
}
