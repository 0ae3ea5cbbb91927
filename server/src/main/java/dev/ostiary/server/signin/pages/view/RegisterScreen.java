package dev.ostiary.server.signin.pages.view;

import dev.ostiary.server.signin.pages.html.Element;
import dev.ostiary.server.signin.pages.html.Tag;
import dev.ostiary.server.signin.pages.text.Phrase;
import dev.ostiary.server.signin.pages.text.Words;
import dev.ostiary.server.signin.pages.view.Field.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where somebody registers.
 *
 * @param entries what is asked for
 * @param password whether a password is, too; else it is set once a mail has been answered
 * @param fromUri where to go afterwards
 */
public record RegisterScreen(
        List<Entry> entries, boolean password, Optional<String> fromUri, Optional<Problem> problem)
        implements Screen {

    public static final String PASSWORD = "password";

    private static final String PREFIX = "profile-";

    /**
     * An attribute.
     *
     * @param label what the administrator calls it
     * @param value what was filled in before
     */
    public record Entry(String attribute, String label, boolean required, String value) {

        Field field() {
            Kind kind =
                    switch (attribute) {
                        case "email" -> Kind.MAIL;
                        case "login" -> Kind.USERNAME;
                        case "firstName" -> Kind.GIVEN_NAME;
                        case "lastName" -> Kind.FAMILY_NAME;
                        case "mobilePhone", "primaryPhone" -> Kind.PHONE;
                        default -> Kind.ATTRIBUTE;
                    };
            return Field.named(name(attribute), kind, label, required).filled(value);
        }
    }

    public RegisterScreen {
        entries = List.copyOf(entries);
    }

    /** The name of an attribute's field. */
    public static String name(String attribute) {
        return PREFIX + attribute;
    }

    @Override
    public String title(Frame frame) {
        return frame.words().say(Phrase.REGISTER);
    }

    @Override
    public boolean isError() {
        return problem.isPresent();
    }

    @Override
    public Element main(Frame frame) {
        Words words = frame.words();
        List<Element> fields = new ArrayList<>();
        for (Entry entry : entries) {
            fields.add(
                    entry.field()
                            .focused(fields.isEmpty() && problem.isEmpty())
                            .judged(problem)
                            .render(words));
        }
        if (password) {
            fields.add(
                    Field.of(PASSWORD, Kind.NEW_PASSWORD, Phrase.PASSWORD)
                            .judged(problem)
                            .render(words));
        }
        return Element.of(Tag.MAIN)
                .holding(Parts.heading(title(frame)))
                .holding(Problem.notice(problem, words))
                .holding(
                        frame.form(Paths.REGISTER)
                                .holding(
                                        fromUri.map(
                                                uri -> Field.hidden(SignInScreen.FROM_URI, uri)))
                                .holding(fields)
                                .holding(Parts.submit(Phrase.REGISTER, words)),
                        Parts.ways(
                                Parts.link(
                                        SignInScreen.address(Paths.SIGN_IN, fromUri),
                                        Phrase.BACK_TO_SIGN_IN,
                                        words)));
    }
}
