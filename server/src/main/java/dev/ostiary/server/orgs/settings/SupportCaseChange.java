package dev.ostiary.server.orgs.settings;

import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.server.orgs.settings.SupportCase.Access;
import dev.ostiary.server.orgs.settings.SupportCase.SelfAssigned;
import java.time.Instant;
import java.util.Optional;

/**
 * What an administrator decides about a case ({@code updateOktaSupportCase}): to let support in,
 * for eight hours or until a moment, to put it off, to shut it out, or that a case which support
 * has opened for itself may go on.
 */
record SupportCaseChange(
        Optional<Access> access, Optional<Instant> expiration, Optional<SelfAssigned> approval) {

    static final Shape<SupportCaseChange> SHAPE = shape();

    private record Impersonation(Optional<String> status, Optional<Instant> expiration) {}

    private static Shape<SupportCaseChange> shape() {
        Shape.Builder<Impersonation> inner = Shape.of("impersonation");
        Field<Impersonation, String> status =
                inner.field(
                                "status",
                                Type.TEXT,
                                (Impersonation change) -> change.status().orElse(null))
                        .must(
                                text -> text.equals("ENABLED") || text.equals("DISABLED"),
                                "must be one of [ENABLED, DISABLED]");
        Field<Impersonation, Instant> expiration =
                inner.field(
                        "expiration",
                        Type.INSTANT,
                        (Impersonation change) -> change.expiration().orElse(null));
        Shape<Impersonation> impersonation =
                inner.build(in -> new Impersonation(in.find(status), in.find(expiration)));
        Shape.Builder<String> approving = Shape.of("selfAssigned");
        Field<String, String> approved =
                approving
                        .field("status", Type.TEXT, (String text) -> text)
                        .must("APPROVED"::equals, "must be APPROVED")
                        .required();
        Shape<String> selfAssigned = approving.build(in -> in.get(approved));
        Shape.Builder<SupportCaseChange> shape = Shape.of("supportCase");
        Field<SupportCaseChange, Impersonation> access =
                shape.field("impersonation", Type.nested(impersonation), change -> null);
        Field<SupportCaseChange, String> approval =
                shape.field("selfAssigned", Type.nested(selfAssigned), change -> null);
        return shape.build(
                in ->
                        new SupportCaseChange(
                                in.find(access).flatMap(Impersonation::status).map(Access::valueOf),
                                in.find(access).flatMap(Impersonation::expiration),
                                in.find(approval).map(SelfAssigned::valueOf)));
    }

    /**
     * The case after it.
     *
     * @throws ApiException {@code E0000001} for what the case does not allow
     */
    SupportCase of(SupportCase old, Instant now) {
        SupportCase decided =
                access.map(wanted -> decided(old, wanted, now)).orElseGet(() -> putOff(old, now));
        if (approval.isEmpty()) {
            return decided;
        }
        if (old.selfAssigned() == SelfAssigned.NOT_REQUIRED) {
            throw refused("selfAssigned.status", "The case is not self-assigned");
        }
        return decided.approved();
    }

    private SupportCase decided(SupportCase old, Access wanted, Instant now) {
        if (wanted == Access.DISABLED) {
            return old.with(Access.DISABLED, null);
        }
        Instant usual =
                old.isOpen(now) && old.expiration() != null
                        ? old.expiration()
                        : now.plus(SupportAccess.GRANTED);
        return old.with(Access.ENABLED, later(expiration.orElse(usual), now));
    }

    private SupportCase putOff(SupportCase old, Instant now) {
        if (expiration.isEmpty()) {
            return old;
        }
        if (!old.isOpen(now)) {
            throw refused("impersonation.expiration", "Support has no access that could end");
        }
        return old.with(Access.ENABLED, later(expiration.get(), now));
    }

    private static Instant later(Instant end, Instant now) {
        if (!end.isAfter(now)) {
            throw refused("impersonation.expiration", "must be in the future");
        }
        return end;
    }

    private static ApiException refused(String field, String why) {
        return ApiException.validation(field, field + ": " + why);
    }
}
