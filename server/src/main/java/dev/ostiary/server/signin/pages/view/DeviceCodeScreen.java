package dev.ostiary.server.signin.pages.view;

import dev.ostiary.server.signin.pages.html.Element;
import dev.ostiary.server.signin.pages.html.Tag;
import dev.ostiary.server.signin.pages.text.Phrase;
import dev.ostiary.server.signin.pages.text.Words;
import dev.ostiary.server.signin.pages.view.Field.Kind;
import java.util.Optional;

/**
 * Asks for the code that a device shows.
 *
 * @param code what was typed before
 */
public record DeviceCodeScreen(String code, Optional<Problem> problem) implements Screen {

    public static final String ACTION = "/activate";
    public static final String CODE = "user_code";

    /** One in which nothing was typed yet. */
    public static DeviceCodeScreen empty() {
        return new DeviceCodeScreen("", Optional.empty());
    }

    /** One after a code that nobody knows. */
    public static DeviceCodeScreen wrong(String code) {
        return new DeviceCodeScreen(code, Optional.of(Problem.of(Phrase.DEVICE_WRONG).in(CODE)));
    }

    @Override
    public String title(Frame frame) {
        return frame.words().say(Phrase.DEVICE_TITLE);
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
                        Parts.lead(words.say(Phrase.DEVICE_TEXT)),
                        frame.form(ACTION)
                                .holding(
                                        Field.of(CODE, Kind.WORD, Phrase.DEVICE_CODE)
                                                .filled(code)
                                                .focused(true)
                                                .judged(problem)
                                                .render(words),
                                        Parts.submit(Phrase.CONTINUE, words)));
    }
}
