package dev.ostiary.server.orgs.settings;

import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Something that an org needs the help of its server's operator with (schema {@code
 * OktaSupportCase}), and whether the operator may act in the org for it.
 *
 * @param number eight digits, unique in the org
 * @param expiration when the access ends; null unless it was given
 */
record SupportCase(
        String number,
        String subject,
        Access access,
        @Nullable Instant expiration,
        SelfAssigned selfAssigned) {

    /** Schema {@code OktaSupportAccessStatus}. */
    enum Access {
        NOT_REQUESTED,
        REQUESTED,
        DISABLED,
        ENABLED
    }

    /** Schema {@code SelfAssignedStatus}. */
    enum SelfAssigned {
        NOT_REQUIRED,
        REQUESTED,
        APPROVED
    }

    /** How it is kept. */
    static final Shape<SupportCase> KEPT = kept();

    static final Schema SCHEMA =
            Schema.object("OktaSupportCase")
                    .always(
                            "impersonation",
                            Schema.object()
                                    .always("status", Schema.words(Access.values()))
                                    .always("expiration", Schema.MOMENT.orNull()))
                    .always(
                            "selfAssigned",
                            Schema.object().always("status", Schema.words(SelfAssigned.values())))
                    .always("subject", Schema.TEXT)
                    .always("caseNumber", Schema.TEXT);

    private static Shape<SupportCase> kept() {
        Shape.Builder<SupportCase> shape = Shape.of("case");
        Field<SupportCase, String> number =
                shape.field("number", Type.TEXT, SupportCase::number).required();
        Field<SupportCase, String> subject =
                shape.field("subject", Type.TEXT, SupportCase::subject).required();
        Field<SupportCase, String> access =
                shape.field("access", Type.TEXT, (SupportCase one) -> one.access().name())
                        .required();
        Field<SupportCase, Instant> expiration =
                shape.field("expiration", Type.INSTANT, SupportCase::expiration);
        Field<SupportCase, String> selfAssigned =
                shape.field(
                                "selfAssigned",
                                Type.TEXT,
                                (SupportCase one) -> one.selfAssigned().name())
                        .required();
        return shape.build(
                in ->
                        new SupportCase(
                                in.get(number),
                                in.get(subject),
                                Access.valueOf(in.get(access)),
                                in.orNull(expiration),
                                SelfAssigned.valueOf(in.get(selfAssigned))));
    }

    SupportCase with(Access now, @Nullable Instant until) {
        return new SupportCase(number, subject, now, until, selfAssigned);
    }

    SupportCase approved() {
        return new SupportCase(number, subject, access, expiration, SelfAssigned.APPROVED);
    }

    boolean isOpen(Instant now) {
        return access == Access.ENABLED && expiration != null && expiration.isAfter(now);
    }

    /** As it is at a moment: access that has ended is none. */
    SupportCase at(Instant now) {
        return access == Access.ENABLED && !isOpen(now) ? with(Access.DISABLED, null) : this;
    }

    void write(JsonGenerator out) {
        out.writeStartObject();
        out.writeObjectPropertyStart("impersonation");
        out.writeStringProperty("status", access.name());
        if (expiration == null) {
            out.writeNullProperty("expiration");
        } else {
            out.writeStringProperty("expiration", Dates.text(expiration));
        }
        out.writeEndObject();
        out.writeObjectPropertyStart("selfAssigned");
        out.writeStringProperty("status", selfAssigned.name());
        out.writeEndObject();
        out.writeStringProperty("subject", subject);
        out.writeStringProperty("caseNumber", number);
        out.writeEndObject();
    }
}
