package dev.ostiary.server.signin.pages.view;

import static dev.ostiary.server.signin.pages.html.Attribute.ARIA_CONTROLS;
import static dev.ostiary.server.signin.pages.html.Attribute.ARIA_DESCRIBEDBY;
import static dev.ostiary.server.signin.pages.html.Attribute.ARIA_INVALID;
import static dev.ostiary.server.signin.pages.html.Attribute.AUTOCAPITALIZE;
import static dev.ostiary.server.signin.pages.html.Attribute.AUTOCOMPLETE;
import static dev.ostiary.server.signin.pages.html.Attribute.AUTOFOCUS;
import static dev.ostiary.server.signin.pages.html.Attribute.CHECKED;
import static dev.ostiary.server.signin.pages.html.Attribute.CLASS;
import static dev.ostiary.server.signin.pages.html.Attribute.DATA_HIDE;
import static dev.ostiary.server.signin.pages.html.Attribute.DATA_SHOW;
import static dev.ostiary.server.signin.pages.html.Attribute.FOR;
import static dev.ostiary.server.signin.pages.html.Attribute.HIDDEN;
import static dev.ostiary.server.signin.pages.html.Attribute.ID;
import static dev.ostiary.server.signin.pages.html.Attribute.INPUTMODE;
import static dev.ostiary.server.signin.pages.html.Attribute.MAXLENGTH;
import static dev.ostiary.server.signin.pages.html.Attribute.NAME;
import static dev.ostiary.server.signin.pages.html.Attribute.REQUIRED;
import static dev.ostiary.server.signin.pages.html.Attribute.SPELLCHECK;
import static dev.ostiary.server.signin.pages.html.Attribute.TYPE;
import static dev.ostiary.server.signin.pages.html.Attribute.VALUE;

import dev.ostiary.server.signin.pages.html.Element;
import dev.ostiary.server.signin.pages.html.Tag;
import dev.ostiary.server.signin.pages.text.Phrase;
import dev.ostiary.server.signin.pages.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A field of a form with its label, what is wrong with it. Immutable.
 *
 * @param name its name, and its id
 * @param said what people call it where that is no phrase of ours
 * @param needed whether it has to be filled
 * @param value what stands in it at first; nothing for a password
 * @param noticed whether a notice above the form says that something is wrong with it
 * @param focused whether typing begins here
 */
record Field(
        String name,
        Kind kind,
        Phrase label,
        Optional<String> said,
        boolean needed,
        String value,
        Optional<Problem> problem,
        boolean noticed,
        boolean focused) {

    /** What a field takes; it decides what keyboards and password stores offer. */
    enum Kind {
        USERNAME("text", "username", 200),
        PASSWORD("password", "current-password", 200),
        NEW_PASSWORD("password", "new-password", 200),
        CODE("text", "one-time-code", 20),
        WORD("text", "off", 40),
        TOKEN("text", "off", 64),
        ANSWER("text", "off", 200),
        PHONE("tel", "tel", 40),
        MAIL("email", "email", 100),
        GIVEN_NAME("text", "given-name", 50),
        FAMILY_NAME("text", "family-name", 50),
        ATTRIBUTE("text", "off", 1000);

        private final String type;
        private final String autocomplete;
        private final int longest;

        Kind(String type, String autocomplete, int longest) {
            this.type = type;
            this.autocomplete = autocomplete;
            this.longest = longest;
        }

        private boolean isPassword() {
            return type.equals("password");
        }
    }

    static Field of(String name, Kind kind, Phrase label) {
        return new Field(
                name, kind, label, Optional.empty(), true, "", Optional.empty(), false, false);
    }

    /** One that an administrator has named. */
    static Field named(String name, Kind kind, String label, boolean needed) {
        return new Field(
                name,
                kind,
                Phrase.USERNAME,
                Optional.of(label),
                needed,
                "",
                Optional.empty(),
                false,
                false);
    }

    Field filled(String text) {
        return new Field(name, kind, label, said, needed, text, problem, noticed, focused);
    }

    /** The same with what is wrong, if that is about this field. */
    Field judged(Optional<Problem> all) {
        Optional<Problem> mine = all.filter(each -> each.isOf(name));
        boolean whole = all.filter(each -> each.isOf("")).isPresent();
        return new Field(
                name, kind, label, said, needed, value, mine, whole, focused || mine.isPresent());
    }

    Field focused(boolean here) {
        return new Field(name, kind, label, said, needed, value, problem, noticed, here);
    }

    Element render(Words words) {
        Element input = input();
        return Element.of(Tag.DIV, "field")
                .holding(
                        Element.of(Tag.LABEL)
                                .with(FOR, name)
                                .saying(said.orElseGet(() -> words.say(label))),
                        kind.isPassword()
                                ? Element.of(Tag.DIV, "with-button").holding(input, reveal(words))
                                : input)
                .holding(
                        problem.map(
                                wrong ->
                                        Element.of(Tag.P, "wrong", wrong.say(words))
                                                .with(ID, name + "-wrong")));
    }

    private Element input() {
        Element input =
                Element.of(Tag.INPUT)
                        .with(CLASS, kind == Kind.CODE ? "input code" : "input")
                        .with(TYPE, kind.type)
                        .with(ID, name)
                        .with(NAME, name)
                        .with(AUTOCOMPLETE, kind.autocomplete)
                        .with(MAXLENGTH, Integer.toString(kind.longest))
                        .flag(REQUIRED, needed)
                        .flag(AUTOFOCUS, focused);
        if (!value.isEmpty()) {
            input = input.with(VALUE, value);
        }
        if (!kind.isPassword()) {
            input = input.with(AUTOCAPITALIZE, "none").with(SPELLCHECK, "false");
        }
        if (kind == Kind.CODE) {
            input = input.with(INPUTMODE, "numeric");
        }
        if (problem.isPresent()) {
            input = input.with(ARIA_INVALID, "true");
        }
        return described(input);
    }

    /** What is read out with the field: what is wrong with it, or with the form. */
    private Element described(Element input) {
        List<String> by = new ArrayList<>();
        problem.ifPresent(wrong -> by.add(name + "-wrong"));
        if (focused && noticed) {
            by.add(Problem.NOTICE_ID);
        }
        return by.isEmpty() ? input : input.with(ARIA_DESCRIBEDBY, String.join(" ", by));
    }

    /** Shows the password; there only where the script is. */
    private Element reveal(Words words) {
        return Element.of(Tag.BUTTON, "reveal", words.say(Phrase.SHOW_PASSWORD))
                .with(TYPE, "button")
                .with(ARIA_CONTROLS, name)
                .with(DATA_SHOW, words.say(Phrase.SHOW_PASSWORD))
                .with(DATA_HIDE, words.say(Phrase.HIDE_PASSWORD))
                .flag(HIDDEN, true);
    }

    /** A box to tick. */
    static Element check(String name, Phrase label, boolean checked, Words words) {
        return Element.of(Tag.DIV, "check")
                .holding(
                        Element.of(Tag.INPUT)
                                .with(TYPE, "checkbox")
                                .with(ID, name)
                                .with(NAME, name)
                                .with(VALUE, "true")
                                .flag(CHECKED, checked),
                        Element.of(Tag.LABEL).with(FOR, name).saying(words.say(label)));
    }

    /** One of a choice. */
    record Option(String value, String words) {}

    /** A choice of one. */
    static Element select(String name, Phrase label, List<Option> options, Words words) {
        return Element.of(Tag.DIV, "field")
                .holding(
                        Element.of(Tag.LABEL).with(FOR, name).saying(words.say(label)),
                        Element.of(Tag.SELECT, "input")
                                .with(ID, name)
                                .with(NAME, name)
                                .holding(
                                        options.stream()
                                                .map(
                                                        option ->
                                                                Element.of(Tag.OPTION)
                                                                        .with(VALUE, option.value)
                                                                        .saying(option.words))
                                                .toList()));
    }

    /** A value that goes along unseen. */
    static Element hidden(String name, String value) {
        return Element.of(Tag.INPUT).with(TYPE, "hidden").with(NAME, name).with(VALUE, value);
    }
}
