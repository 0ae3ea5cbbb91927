package dev.ostiary.server.signin.pages.view;

import static dev.ostiary.server.signin.pages.html.Attribute.LANG;

import dev.ostiary.server.signin.pages.html.Element;
import dev.ostiary.server.signin.pages.html.Tag;
import dev.ostiary.server.signin.pages.text.Phrase;
import dev.ostiary.server.signin.pages.text.Words;
import java.util.List;
import java.util.Optional;

/**
 * A page that says something, and where to go from there.
 *
 * @param heading what has happened
 * @param text what that means
 * @param fillings of the places of both
 * @param ways where to go; the first is the main one
 * @param note what stands below, for whoever can help
 * @param error whether it is about something that is wrong
 */
public record MessageScreen(
        Phrase heading,
        Phrase text,
        List<String> fillings,
        List<Way> ways,
        Optional<Note> note,
        boolean error)
        implements Screen {

    /** A link. */
    public record Way(String address, Phrase phrase) {}

    /** What is not for the reader, and in which language it is, if not in the page's. */
    public record Note(Phrase phrase, String text, Optional<String> language) {}

    private static final Way SIGN_IN = new Way(Paths.SIGN_IN, Phrase.BACK_TO_SIGN_IN);

    /** Something has gone well, and one signs in next. */
    public static MessageScreen good(Phrase heading, Phrase text, String... fillings) {
        return new MessageScreen(
                heading, text, List.of(fillings), List.of(SIGN_IN), Optional.empty(), false);
    }

    /** Something has not gone well. */
    public static MessageScreen bad(Phrase heading, Phrase text, Way... ways) {
        return new MessageScreen(
                heading,
                text,
                List.of(),
                ways.length == 0 ? List.of(SIGN_IN) : List.of(ways),
                Optional.empty(),
                true);
    }

    /** The same with an id that an administrator finds in the log. */
    public MessageScreen referring(String id) {
        return with(new Note(Phrase.ERROR_REFERENCE, id, Optional.empty()));
    }

    /** The same with English words for whoever has built what is wrong. */
    public MessageScreen quoting(String words) {
        return with(new Note(Phrase.SAID, words, Optional.of("en")));
    }

    private MessageScreen with(Note other) {
        return new MessageScreen(heading, text, fillings, ways, Optional.of(other), error);
    }

    /** The same without anywhere to go. */
    public MessageScreen withoutWays() {
        return new MessageScreen(heading, text, fillings, List.of(), note, error);
    }

    @Override
    public String title(Frame frame) {
        return frame.words().say(heading, texts());
    }

    @Override
    public boolean isError() {
        return error;
    }

    private String[] texts() {
        return fillings.toArray(String[]::new);
    }

    @Override
    public Element main(Frame frame) {
        Words words = frame.words();
        Element main =
                Element.of(Tag.MAIN)
                        .holding(Parts.heading(title(frame)), Parts.lead(words.say(text, texts())))
                        .holding(note.map(each -> small(each, words)));
        if (ways.isEmpty()) {
            return main;
        }
        return main.holding(
                Parts.ways(
                        ways.stream()
                                .map(way -> Parts.link(way.address, way.phrase, words))
                                .toArray(Element[]::new)));
    }

    private static Element small(Note note, Words words) {
        return Element.of(Tag.P, "reference", words.say(note.phrase, note.text))
                .with(LANG, note.language);
    }
}
