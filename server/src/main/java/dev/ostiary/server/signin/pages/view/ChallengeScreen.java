package dev.ostiary.server.signin.pages.view;

import dev.ostiary.server.signin.pages.html.Element;
import dev.ostiary.server.signin.pages.html.Tag;
import dev.ostiary.server.signin.pages.text.Phrase;
import dev.ostiary.server.signin.pages.text.Words;
import dev.ostiary.server.signin.pages.view.Field.Kind;
import java.util.Optional;

/**
 * A factor is asked for: a code, an answer, or a tap on a telephone.
 *
 * @param login whose sign-in it is
 * @param sent whether the challenge is on its way already, where one is sent
 * @param others whether there is another way
 * @param number what is to be chosen on the telephone; empty where nothing is
 * @param remember whether the device is remembered, as the box says at first; empty for no box
 * @param news what has just gone well
 */
public record ChallengeScreen(
        String login,
        Factor factor,
        boolean sent,
        boolean others,
        Optional<String> number,
        Optional<Boolean> remember,
        Optional<Problem> problem,
        Optional<Phrase> news)
        implements Screen {

    public static final String CODE = "passCode";
    public static final String ANSWER = "answer";

    /** The box by which the device is remembered. */
    public static final String REMEMBER = "rememberDevice";

    @Override
    public String title(Frame frame) {
        return factor.name(frame.words());
    }

    @Override
    public boolean isError() {
        return problem.isPresent();
    }

    /** For what is on its way, unless it has come back already. */
    @Override
    public boolean waits() {
        return sent
                && factor.kind() == Factor.Kind.PUSH
                && problem.map(each -> each.phrase() == Phrase.PUSH_WAITING).orElse(true);
    }

    private boolean asksFirst() {
        return (factor.kind().isSent() || isKey()) && !sent;
    }

    /** A key is asked by a script, on a page of its own. */
    private boolean isKey() {
        return factor.kind() == Factor.Kind.WEBAUTHN;
    }

    @Override
    public Element main(Frame frame) {
        Words words = frame.words();
        return Element.of(Tag.MAIN)
                .holding(
                        Parts.heading(title(frame)),
                        Parts.who(login),
                        Parts.lead(asksFirst() ? factor.asked(words) : factor.told(words)))
                .holding(Problem.notice(problem, words))
                .holding(Problem.good(news.filter(phrase -> problem.isEmpty()), words))
                .holding(form(frame), ways(frame, asksFirst(), others));
    }

    private Element form(Frame frame) {
        Words words = frame.words();
        Element form =
                frame.form(Paths.STEP)
                        .holding(Field.hidden(ChooseFactorScreen.FACTOR, factor.id()));
        if (asksFirst()) {
            return form.holding(Parts.submit(Step.CHOOSE, send(), words));
        }
        return switch (factor.kind()) {
            case QUESTION ->
                    form.holding(
                                    Element.of(Tag.P, "asked", factor.place(words)),
                                    field(ANSWER, Kind.ANSWER, Phrase.RECOVERY_ANSWER, words))
                            .holding(box(words))
                            .holding(Parts.submit(Step.VERIFY, Phrase.VERIFY, words));
            case PUSH ->
                    Parts.waiting(form, waits())
                            .holding(number.map(each -> Element.of(Tag.P, "number", each)))
                            .holding(number.map(each -> numbered(each, words)))
                            .holding(box(words))
                            .holding(Parts.submit(Step.VERIFY, Phrase.CONTINUE, words));
            case TOTP, HOTP, SMS, CALL, EMAIL, WEBAUTHN ->
                    form.holding(field(CODE, Kind.CODE, Phrase.CODE, words))
                            .holding(box(words))
                            .holding(Parts.submit(Step.VERIFY, Phrase.VERIFY, words));
        };
    }

    /** In the words of the page, so that the number alone means something to nobody. */
    private static Element numbered(String number, Words words) {
        return Element.of(Tag.P, "asked", words.say(Phrase.PUSH_NUMBER, number));
    }

    private Optional<Element> box(Words words) {
        return remember.map(
                checked -> Field.check(REMEMBER, Phrase.REMEMBER_DEVICE, checked, words));
    }

    private Element field(String name, Kind kind, Phrase label, Words words) {
        return Field.of(name, kind, label).focused(true).judged(problem).render(words);
    }

    private Phrase send() {
        if (isKey()) {
            return Phrase.FACTOR_WEBAUTHN_START;
        }
        return factor.kind() == Factor.Kind.PUSH ? Phrase.SEND_PUSH : Phrase.SEND_CODE;
    }

    private Element ways(Frame frame, boolean first, boolean more) {
        Element ways = Parts.ways();
        if (factor.kind().isSent() && !first) {
            ways = ways.holding(Parts.stepLink(frame, Step.RESEND, Phrase.RESEND));
        }
        if (more) {
            ways = ways.holding(Parts.stepLink(frame, Step.PREVIOUS, Phrase.OTHER_WAY));
        }
        return ways.holding(Parts.stepLink(frame, Step.CANCEL, Phrase.BACK_TO_SIGN_IN));
    }
}
