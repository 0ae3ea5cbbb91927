package dev.ostiary.platform.query.meaning;

/** The promise has no meaning for this expression: it is refused. */
final class NotUnderstood extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotUnderstood(String why) {
        super(why);
    }
}
