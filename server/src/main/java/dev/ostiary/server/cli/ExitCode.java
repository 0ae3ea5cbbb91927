package dev.ostiary.server.cli;

/** How a command ends, for scripts; docs/operate/exit-codes.md has the same table. */
public enum ExitCode {
    OK(0),
    FAILED(1),
    USAGE(2),
    DATA_IN_USE(10),
    PORT_TAKEN(11),
    DISK_FULL(12),
    DATABASE_TOO_NEW(13),
    DATABASE_UNREACHABLE(14),
    BAD_KEY_OR_CERTIFICATE(15),
    SERVER_UNREACHABLE(16);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    /** The process's exit status. */
    public int number() {
        return number;
    }
}
