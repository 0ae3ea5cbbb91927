package dev.ostiary.server.identitysources;

import dev.ostiary.platform.problem.ApiException;
import java.util.List;

/** What became of one entity. */
sealed interface Verdict {

    /** How it counts. */
    Counts counts();

    /** It is as the source says. */
    record Done(Counts counts) implements Verdict {}

    /** It was passed over; nothing of it was written. */
    record Refused(List<String> causes) implements Verdict {
        @Override
        public Counts counts() {
            return Counts.FAILED;
        }
    }

    /**
     * For whoever asked for this one.
     *
     * @throws ApiException {@code E0000001} with the causes, if it was refused
     */
    default void require(String subject) {
        switch (this) {
            case Done done -> {}
            case Refused(List<String> causes) -> throw ApiException.validation(subject, causes);
        }
    }
}
