package dev.ostiary.server.cli;

/**
 * A command cannot go on for a reason that a person can do something about: one clear line and an
 * exit code.
 */
public final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ExitCode code;

    public Failure(ExitCode code, String line) {
        super(line, null, false, false);
        this.code = code;
    }

    /** How the process ends. */
    public ExitCode code() {
        return code;
    }
}
