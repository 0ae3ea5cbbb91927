package dev.ostiary.server.orgs.settings;

import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import java.time.Instant;
import java.util.Optional;

/**
 * An account that an org has consented to be managed by.
 *
 * @param by the user or client that has
 */
record AerialConsent(String accountId, String by, Instant granted) {

    private static final Shape<AerialConsent> SHAPE = shape();

    /** How it is kept: an org has one or none. */
    static final Shape<Optional<AerialConsent>> KEPT = kept();

    private static Shape<AerialConsent> shape() {
        Shape.Builder<AerialConsent> shape = Shape.of("consent");
        Field<AerialConsent, String> account =
                shape.field("accountId", Type.TEXT, AerialConsent::accountId).required();
        Field<AerialConsent, String> by =
                shape.field("grantedBy", Type.TEXT, AerialConsent::by).required();
        Field<AerialConsent, Instant> granted =
                shape.field("grantedDate", Type.INSTANT, AerialConsent::granted).required();
        return shape.build(in -> new AerialConsent(in.get(account), in.get(by), in.get(granted)));
    }

    private static Shape<Optional<AerialConsent>> kept() {
        Shape.Builder<Optional<AerialConsent>> shape = Shape.of("aerial");
        Field<Optional<AerialConsent>, AerialConsent> consent =
                shape.field(
                        "consent",
                        Type.nested(SHAPE),
                        (Optional<AerialConsent> one) -> one.orElse(null));
        return shape.build(in -> in.find(consent));
    }
}
