package dev.ostiary.server.signin.pages.view;

import dev.ostiary.server.signin.pages.html.Element;
import dev.ostiary.server.signin.pages.html.Tag;
import dev.ostiary.server.signin.pages.text.Phrase;
import dev.ostiary.server.signin.pages.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is asked of a new password, to be read before it is typed. Immutable.
 *
 * @param lines each with the phrase and what fills it
 */
public record PasswordNeeds(List<Line> lines) {

    public static final PasswordNeeds NONE = new PasswordNeeds(List.of());

    public PasswordNeeds {
        lines = List.copyOf(lines);
    }

    /** One of them. */
    public record Line(Phrase phrase, int number) {}

    /** With one more, if that is asked. */
    public PasswordNeeds with(Phrase phrase, int number, boolean asked) {
        if (!asked) {
            return this;
        }
        List<Line> more = new ArrayList<>(lines);
        more.add(new Line(phrase, number));
        return new PasswordNeeds(more);
    }

    Optional<Element> render(Words words) {
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        Element list = Element.of(Tag.UL);
        for (Line line : lines) {
            list =
                    list.holding(
                            Element.of(Tag.LI)
                                    .saying(
                                            words.say(
                                                    line.phrase,
                                                    Integer.toString(line.number),
                                                    "")));
        }
        return Optional.of(
                Element.of(Tag.DIV, "needs")
                        .holding(Element.of(Tag.H2).saying(words.say(Phrase.REQUIREMENTS)), list));
    }
}
