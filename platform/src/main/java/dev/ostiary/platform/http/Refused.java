package dev.ostiary.platform.http;

/**
 * A request refused for its form, with a status that the catalogue of errors lacks: 411, 413 and
 * the like (P17).
 */
final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    final int status;

    Refused(int status, String cause) {
        super(cause, null, false, false);
        this.status = status;
    }
}
