package dev.ostiary.server.signin.pages.view;

import java.util.Arrays;
import java.util.Optional;

/** What somebody does in the middle of a sign-in. */
public enum Step {
    /** Chooses a factor to verify with. */
    CHOOSE,
    /** Answers its challenge. */
    VERIFY,
    /** Asks for another challenge. */
    RESEND,
    /** Goes back to the choice. */
    PREVIOUS,
    /** Chooses a way to verify to be set up. */
    OFFER,
    /** Sets it up. */
    ENROLL,
    /** Proves it for the first time. */
    ACTIVATE,
    /** Chooses a password. */
    PASSWORD,
    /** Puts off what may be put off. */
    SKIP,
    /** Answers the recovery question. */
    ANSWER,
    /** Is somebody else, or has no time. */
    CANCEL;

    /** The name of the field. */
    public static final String FIELD = "step";

    /** The field by which a script says that nobody has pressed a button. */
    public static final String QUIETLY = "quietly";

    /** The step of a form. */
    public static Optional<Step> of(String name) {
        return Arrays.stream(values()).filter(step -> step.name().equals(name)).findFirst();
    }
}
