package dev.ostiary.server.orgs.settings;

import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What support may do in an org: as a whole, and for each case.
 *
 * @param until how long it may act, whatever the case; null where it was not let in
 * @param cases in the order in which they were opened
 */
record SupportAccess(@Nullable Instant until, List<SupportCase> cases) {

    /** Documented of {@code grantOktaSupport}. */
    static final Duration GRANTED = Duration.ofHours(8);

    /** Documented of {@code extendOktaSupport}. */
    static final Duration EXTENDED = Duration.ofHours(24);

    static final SupportAccess NONE = new SupportAccess(null, List.of());
    static final Shape<SupportAccess> SHAPE = shape();

    private static Shape<SupportAccess> shape() {
        Shape.Builder<SupportAccess> shape = Shape.of("support");
        Field<SupportAccess, Instant> until =
                shape.field("until", Type.INSTANT, SupportAccess::until);
        Field<SupportAccess, List<SupportCase>> cases =
                shape.field("cases", Type.list(Type.nested(SupportCase.KEPT)), SupportAccess::cases)
                        .required();
        return shape.build(in -> new SupportAccess(in.orNull(until), in.get(cases)));
    }

    /** Until when support may act, and for which case. */
    record Open(Instant until, Optional<String> caseNumber) {}

    /** The access that lasts longest. */
    Optional<Open> open(Instant now) {
        return Stream.concat(
                        general(now).map(end -> new Open(end, Optional.empty())).stream(),
                        cases.stream()
                                .filter(one -> one.isOpen(now))
                                .flatMap(
                                        one ->
                                                Optional.ofNullable(one.expiration()).stream()
                                                        .map(
                                                                end ->
                                                                        new Open(
                                                                                end,
                                                                                Optional.of(
                                                                                        one
                                                                                                .number())))))
                .max(Comparator.comparing(Open::until));
    }

    /** The end of the access that is no case's. */
    Optional<Instant> general(Instant now) {
        return Optional.ofNullable(until).filter(end -> end.isAfter(now));
    }

    Optional<SupportCase> find(String number) {
        return cases.stream().filter(one -> one.number().equals(number)).findFirst();
    }

    SupportAccess until(@Nullable Instant end) {
        return new SupportAccess(end, cases);
    }

    SupportAccess opened(SupportCase one) {
        return new SupportAccess(until, Stream.concat(cases.stream(), Stream.of(one)).toList());
    }

    SupportAccess replaced(SupportCase other) {
        return new SupportAccess(
                until,
                cases.stream()
                        .map(one -> one.number().equals(other.number()) ? other : one)
                        .toList());
    }

    SupportAccess closed(String number) {
        return new SupportAccess(
                until, cases.stream().filter(one -> !one.number().equals(number)).toList());
    }
}
