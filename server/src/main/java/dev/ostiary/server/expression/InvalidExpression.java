package dev.ostiary.server.expression;

/**
 * A text is no expression, or one that makes no sense where it stands. The message is for whoever
 * wrote it: a sentence that tells the position where there is one, at most a few hundred characters
 * long.
 */
public final class InvalidExpression extends Exception {

    private static final long serialVersionUID = 1L;

    InvalidExpression(String message) {
        super(message, null, false, false);
    }
}
