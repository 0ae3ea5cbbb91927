package dev.ostiary.platform.store;

import org.jspecify.annotations.Nullable;

/**
 * The database refused or failed. Its message names SQL and belongs in the server's log, never in
 * an answer.
 */
public sealed class StoreException extends RuntimeException
        permits UniqueViolation,
                ForeignKeyViolation,
                StatementTimeout,
                WriteConflict,
                DatabaseUnavailable,
                OutOfSpace,
                OutcomeUnknown,
                DatabaseTooNew,
                DatabaseDiffers {

    private static final long serialVersionUID = 1L;

    StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
