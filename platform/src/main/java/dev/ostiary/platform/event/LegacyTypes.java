package dev.ostiary.platform.event;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the Events API called the events of one type (Event Types, "Catalog"). Some types have no
 * name there: that API has stopped growing. Some have one, some one for each way to end, and some
 * many, of which the emitter has to name the right one. Immutable.
 *
 * @param names all of them
 * @param named the one that the emitter has named
 */
record LegacyTypes(List<Name> names, @Nullable String named) {

    static final LegacyTypes NONE = new LegacyTypes(List.of(), null);

    LegacyTypes {
        names = List.copyOf(names);
    }

    /** When an event has a name unless its emitter says otherwise. */
    enum When {
        ANY,
        SUCCESS,
        FAILURE,
        NAMED
    }

    record Name(String text, When when) {}

    /**
     * With the name that the emitter gives it.
     *
     * @throws IllegalArgumentException if the catalogue does not have it for this type
     */
    LegacyTypes naming(String text) {
        if (names.stream().noneMatch(name -> name.text().equals(text))) {
            throw new IllegalArgumentException("no such legacy type here: " + text);
        }
        return new LegacyTypes(names, text);
    }

    /** The name of an event that ended so. */
    Optional<String> of(Outcome outcome) {
        return named != null
                ? Optional.of(named)
                : names.stream()
                        .filter(name -> fits(name.when(), outcome.result()))
                        .map(Name::text)
                        .findFirst();
    }

    private static boolean fits(When when, Outcome.Result result) {
        return switch (when) {
            case ANY -> true;
            case SUCCESS -> result == Outcome.Result.SUCCESS || result == Outcome.Result.ALLOW;
            case FAILURE -> result == Outcome.Result.FAILURE || result == Outcome.Result.DENY;
            case NAMED -> false;
        };
    }
}
