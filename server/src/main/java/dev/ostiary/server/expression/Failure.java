package dev.ostiary.server.expression;

/**
 * An expression has no value for somebody: a text that is to become a number is none, or the work
 * went beyond its bound. Carries no stack, since it is an answer, not an accident.
 */
final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Failure(String message) {
        super(message, null, false, false);
    }

    static Failure mismatch(String wanted) {
        return new Failure("A value is no " + wanted);
    }
}
