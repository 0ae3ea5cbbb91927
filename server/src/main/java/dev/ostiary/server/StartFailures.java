package dev.ostiary.server;

import dev.ostiary.platform.geo.GeoDatabaseFailure;
import dev.ostiary.platform.http.PortUnavailable;
import dev.ostiary.platform.outbound.OutboundTrustFailure;
import dev.ostiary.platform.secret.KeyFile.KeyFileException;
import dev.ostiary.platform.store.ConnectionFacts;
import dev.ostiary.platform.store.DatabaseDiffers;
import dev.ostiary.platform.store.DatabaseTooNew;
import dev.ostiary.platform.store.DatabaseUnavailable;
import dev.ostiary.platform.store.StoreException;
import dev.ostiary.platform.store.embedded.StartFailure;
import dev.ostiary.platform.tls.TlsFailure;
import dev.ostiary.server.cli.ExitCode;
import dev.ostiary.server.cli.Failure;
import dev.ostiary.server.cli.Settings;
import java.util.Objects;

/**
 * What keeps a server from starting, as one line and an exit code; anything unforeseen passes
 * through with its trace.
 */
final class StartFailures {

    private StartFailures() {}

    static RuntimeException explain(RuntimeException thrown, Settings settings) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof Failure failure) {
                return failure;
            }
            if (t instanceof StartFailure failure) {
                return new Failure(code(failure.reason()), String.valueOf(failure.getMessage()));
            }
            if (t instanceof GeoDatabaseFailure) {
                return new Failure(ExitCode.USAGE, "--geoip: " + t.getMessage());
            }
            if (t instanceof OutboundTrustFailure) {
                return new Failure(ExitCode.USAGE, "--hook-ca: " + t.getMessage());
            }
            if (t instanceof DatabaseTooNew || t instanceof DatabaseDiffers) {
                return new Failure(ExitCode.DATABASE_TOO_NEW, String.valueOf(t.getMessage()));
            }
            if (t instanceof DatabaseUnavailable && settings.databaseUrl() != null) {
                return new Failure(
                        ExitCode.DATABASE_UNREACHABLE, t.getMessage() + " at " + where(settings));
            }
            if (t instanceof DatabaseUnavailable
                    || settings.databaseUrl() != null && t instanceof StoreException) {
                return new Failure(ExitCode.DATABASE_UNREACHABLE, String.valueOf(t.getMessage()));
            }
            if (t instanceof KeyFileException || t instanceof TlsFailure) {
                return new Failure(ExitCode.BAD_KEY_OR_CERTIFICATE, String.valueOf(t.getMessage()));
            }
            if (t instanceof PortUnavailable taken) {
                String option = option(taken.port(), settings);
                return new Failure(
                        ExitCode.PORT_TAKEN,
                        t.getMessage()
                                + ": stop whatever listens there, or choose another with "
                                + option);
            }
        }
        return thrown;
    }

    /** Which option chose a port. */
    private static String option(int port, Settings settings) {
        if (port == settings.managementPort()) {
            return "--management-port";
        }
        return Objects.equals(port, settings.httpPort()) ? "--http-port" : "--port";
    }

    /** Host and port of the operator's database: its URL holds a password. */
    private static String where(Settings settings) {
        return ConnectionFacts.ofUrl(String.valueOf(settings.databaseUrl())).address();
    }

    private static ExitCode code(StartFailure.Reason reason) {
        return switch (reason) {
            case DATA_DIRECTORY_IN_USE -> ExitCode.DATA_IN_USE;
            case NO_SPACE -> ExitCode.DISK_FULL;
            case DATABASE_TOO_NEW, DATABASE_TOO_OLD -> ExitCode.DATABASE_TOO_NEW;
            case DATA_DIRECTORY_UNUSABLE,
                    DATA_DIRECTORY_INCOMPLETE,
                    PLATFORM_UNSUPPORTED,
                    PORT_TAKEN,
                    OTHER ->
                    ExitCode.FAILED;
        };
    }
}
