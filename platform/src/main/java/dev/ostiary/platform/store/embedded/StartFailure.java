package dev.ostiary.platform.store.embedded;

/**
 * Why the database cannot serve: one reason that a program can act on (an exit code) and one line
 * that an operator can.
 */
public final class StartFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** What stands in the way. */
    public enum Reason {
        /** Another server holds the data directory. */
        DATA_DIRECTORY_IN_USE,
        /** The data directory's owner, mode or place does not allow what must be done in it. */
        DATA_DIRECTORY_UNUSABLE,
        /** The data directory lacks what belongs to its database. */
        DATA_DIRECTORY_INCOMPLETE,
        /** The disk is full. */
        NO_SPACE,
        /** The database was made by a newer PostgreSQL than the one that the server brings. */
        DATABASE_TOO_NEW,
        /** The database was made by an older major version of PostgreSQL. */
        DATABASE_TOO_OLD,
        /** There is no PostgreSQL for this operating system and processor. */
        PLATFORM_UNSUPPORTED,
        /** Its port is taken. */
        PORT_TAKEN,
        /** Anything else; the message carries PostgreSQL's own. */
        OTHER
    }

    public StartFailure(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public StartFailure(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** The failure that the output of one of PostgreSQL's programs tells of. */
    static StartFailure of(String what, String output) {
        if (output.contains("No space left on device") || output.contains("Disk quota exceeded")) {
            return new StartFailure(
                    Reason.NO_SPACE, what + ": the disk of the data directory is full");
        }
        if (output.contains("could not create any TCP/IP sockets")) {
            return new StartFailure(Reason.PORT_TAKEN, what + ": its port is taken");
        }
        if (output.contains("lock file \"postmaster.pid\" already exists")
                || output.contains("pre-existing shared memory block")) {
            return new StartFailure(
                    Reason.DATA_DIRECTORY_IN_USE,
                    what + ": another PostgreSQL process still uses its files");
        }
        return new StartFailure(Reason.OTHER, what + ": " + tellingLine(output));
    }

    private static String tellingLine(String output) {
        String found = "no message; see the log directory of the database";
        for (String line : output.lines().toList()) {
            boolean telling =
                    line.contains("FATAL:") || line.contains("PANIC:") || line.contains("error:");
            if (telling || (!line.isBlank() && found.startsWith("no message"))) {
                found = line.strip();
                if (telling) {
                    break;
                }
            }
        }
        return found;
    }
}
