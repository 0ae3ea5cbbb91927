package dev.ostiary.server.signin.pages.view;

import static dev.ostiary.server.signin.pages.html.Attribute.ALT;
import static dev.ostiary.server.signin.pages.html.Attribute.SRC;

import dev.ostiary.server.signin.pages.html.Element;
import dev.ostiary.server.signin.pages.html.Tag;
import dev.ostiary.server.signin.pages.text.Phrase;
import dev.ostiary.server.signin.pages.text.Words;
import dev.ostiary.server.signin.pages.view.Field.Kind;
import java.util.Optional;

/**
 * A way to verify was set up and is proven for the first time.
 *
 * @param picture address of the picture that an app reads; empty for none
 * @param secret what somebody types into an app that cannot see; empty for none
 * @param news what has just gone well
 */
public record ActivateScreen(
        String login,
        Factor factor,
        Optional<String> picture,
        Optional<String> secret,
        Optional<Problem> problem,
        Optional<Phrase> news)
        implements Screen {

    @Override
    public String title(Frame frame) {
        return factor.name(frame.words());
    }

    @Override
    public boolean isError() {
        return problem.isPresent();
    }

    /** A device that was not there in time comes no more. */
    @Override
    public boolean waits() {
        return isOfDevice()
                && problem.map(each -> each.phrase() == Phrase.ENROLL_PUSH_WAITING).orElse(true);
    }

    @Override
    public Element main(Frame frame) {
        Words words = frame.words();
        Element main =
                Element.of(Tag.MAIN)
                        .holding(
                                Parts.heading(title(frame)),
                                Parts.who(login),
                                Parts.lead(lead(words)))
                        .holding(Problem.notice(problem, words))
                        .holding(Problem.good(news.filter(phrase -> problem.isEmpty()), words));
        return main.holding(
                        picture.map(
                                address ->
                                        Element.of(Tag.IMG, "qr")
                                                .with(SRC, address)
                                                .with(ALT, words.say(Phrase.QR_CODE))))
                .holding(secret.map(text -> Element.of(Tag.P, "asked", grouped(text))))
                .holding(form(frame), ways(frame));
    }

    /** In fours, as people type it and apps take it. */
    private static String grouped(String secret) {
        return secret.replaceAll("(.{4})(?=.)", "$1 ");
    }

    /** A device says by itself that it is there, and shows no code. */
    private boolean isOfDevice() {
        return factor.kind() == Factor.Kind.PUSH;
    }

    private String lead(Words words) {
        if (isOfDevice()) {
            return words.say(Phrase.ENROLL_PUSH_SCAN);
        }
        return picture.isPresent() ? words.say(Phrase.ENROLL_SCAN) : factor.told(words);
    }

    private Element form(Frame frame) {
        Words words = frame.words();
        Element form = frame.form(Paths.STEP);
        return isOfDevice()
                ? Parts.waiting(form, waits())
                        .holding(Parts.submit(Step.ACTIVATE, Phrase.CONTINUE, words))
                : form.holding(
                        Field.of(ChallengeScreen.CODE, Kind.CODE, Phrase.CODE)
                                .focused(true)
                                .judged(problem)
                                .render(words),
                        Parts.submit(Step.ACTIVATE, Phrase.VERIFY, words));
    }

    private Element ways(Frame frame) {
        Element ways = Parts.ways();
        if (factor.kind().isSent() && !isOfDevice()) {
            ways = ways.holding(Parts.stepLink(frame, Step.RESEND, Phrase.RESEND));
        }
        return ways.holding(
                Parts.stepLink(frame, Step.PREVIOUS, Phrase.OTHER_SETUP),
                Parts.stepLink(frame, Step.CANCEL, Phrase.BACK_TO_SIGN_IN));
    }
}
