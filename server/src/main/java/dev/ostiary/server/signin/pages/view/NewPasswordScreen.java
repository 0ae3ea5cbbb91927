package dev.ostiary.server.signin.pages.view;

import static dev.ostiary.server.signin.pages.html.Attribute.AUTOCOMPLETE;

import dev.ostiary.server.signin.pages.html.Element;
import dev.ostiary.server.signin.pages.html.Tag;
import dev.ostiary.server.signin.pages.text.Phrase;
import dev.ostiary.server.signin.pages.text.Words;
import dev.ostiary.server.signin.pages.view.Field.Kind;
import java.util.Optional;

/**
 * A password is chosen: because the old one has expired or soon will, because it was forgotten, or
 * because the account is new.
 *
 * @param login whose password it is; a password store keeps it with that
 * @param daysLeft until the password expires, where that is told
 * @param needs what is asked of the password
 * @param asksQuestion whether a recovery question is chosen with it
 */
public record NewPasswordScreen(
        String login,
        Occasion occasion,
        String daysLeft,
        PasswordNeeds needs,
        boolean asksQuestion,
        Optional<Problem> problem)
        implements Screen {

    /** No question is chosen. */
    public NewPasswordScreen(
            String login,
            Occasion occasion,
            String daysLeft,
            PasswordNeeds needs,
            Optional<Problem> problem) {
        this(login, occasion, daysLeft, needs, false, problem);
    }

    public static final String QUESTION = "recoveryQuestion";
    public static final String OLD = "oldPassword";
    public static final String NEW = "newPassword";
    public static final String REPEATED = "repeatedPassword";

    /** Why a password is chosen. */
    public enum Occasion {
        WELCOME(Phrase.WELCOME, Phrase.WELCOME_TEXT, Phrase.ACTIVATE),
        RESET(Phrase.PASSWORD_RESET, Phrase.PASSWORD_RESET_TEXT, Phrase.SAVE),
        EXPIRED(Phrase.PASSWORD_EXPIRED, Phrase.PASSWORD_EXPIRED_TEXT, Phrase.SAVE),
        WARN(Phrase.PASSWORD_WARN, Phrase.PASSWORD_WARN_TEXT, Phrase.SAVE);

        private final Phrase title;
        private final Phrase text;
        private final Phrase button;

        Occasion(Phrase title, Phrase text, Phrase button) {
            this.title = title;
            this.text = text;
            this.button = button;
        }

        private boolean asksOld() {
            return this == EXPIRED || this == WARN;
        }
    }

    @Override
    public String title(Frame frame) {
        return frame.words().say(occasion.title, texts(frame));
    }

    @Override
    public boolean isError() {
        return problem.isPresent();
    }

    private String[] texts(Frame frame) {
        return new String[] {occasion == Occasion.WELCOME ? frame.brand() : daysLeft, ""};
    }

    @Override
    public Element main(Frame frame) {
        Words words = frame.words();
        Element form =
                frame.form(Paths.STEP)
                        .holding(loginForStores(), Field.hidden(Step.FIELD, Step.PASSWORD.name()));
        if (occasion.asksOld()) {
            form = form.holding(password(OLD, Kind.PASSWORD, Phrase.OLD_PASSWORD, true, words));
        }
        form =
                form.holding(
                        password(
                                NEW,
                                Kind.NEW_PASSWORD,
                                Phrase.NEW_PASSWORD,
                                !occasion.asksOld(),
                                words),
                        password(
                                REPEATED, Kind.NEW_PASSWORD, Phrase.REPEAT_PASSWORD, false, words));
        if (asksQuestion) {
            form =
                    form.holding(
                            Element.of(Tag.P, "hint", words.say(Phrase.CHOOSE_QUESTION)),
                            text(QUESTION, Phrase.QUESTION, words),
                            text(ChallengeScreen.ANSWER, Phrase.RECOVERY_ANSWER, words));
        }
        return Element.of(Tag.MAIN)
                .holding(
                        Parts.heading(title(frame)),
                        Parts.who(login),
                        Parts.lead(words.say(occasion.text, texts(frame))))
                .holding(needs.render(words))
                .holding(Problem.notice(problem, words))
                .holding(form.holding(Parts.submit(occasion.button, words)))
                .holding(ways(frame));
    }

    private Element ways(Frame frame) {
        Element ways = Parts.ways();
        if (occasion == Occasion.WARN) {
            ways = ways.holding(Parts.stepLink(frame, Step.SKIP, Phrase.SKIP));
        }
        return ways.holding(Parts.stepLink(frame, Step.CANCEL, Phrase.BACK_TO_SIGN_IN));
    }

    private Element text(String name, Phrase label, Words words) {
        return Field.of(name, Kind.ANSWER, label).judged(problem).render(words);
    }

    private Element password(String name, Kind kind, Phrase label, boolean first, Words words) {
        boolean elsewhere = problem.filter(each -> !each.field().isEmpty()).isPresent();
        return Field.of(name, kind, label)
                .focused(first && !elsewhere)
                .judged(problem)
                .render(words);
    }

    /** Nobody sees it, but a password store learns whose password it is about to keep. */
    private Element loginForStores() {
        return Field.hidden("login", login).with(AUTOCOMPLETE, "username");
    }
}
