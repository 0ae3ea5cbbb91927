package dev.ostiary.server.signin.authn;

import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a recovery begins with ("Request parameters for forgot password").
 *
 * @param username who recovers
 * @param factorType how that one is reached; a trusted application may reach the user itself
 * @param relayState where the user is sent when all is done
 */
record RecoveryBody(String username, @Nullable String factorType, @Nullable String relayState) {

    private static final Set<String> TYPES = Set.of("EMAIL", "SMS", "CALL");

    static final Shape<RecoveryBody> SHAPE = shape();

    private static Shape<RecoveryBody> shape() {
        Shape.Builder<RecoveryBody> shape = Shape.of("recoveryRequest");
        Field<RecoveryBody, String> username =
                shape.field("username", Type.TEXT, RecoveryBody::username).required();
        Field<RecoveryBody, String> type =
                shape.field("factorType", Type.TEXT, RecoveryBody::factorType)
                        .must(
                                text -> TYPES.contains(text.toUpperCase(Locale.ROOT)),
                                "must be EMAIL, SMS or CALL");
        Field<RecoveryBody, String> relayState =
                shape.field("relayState", Type.TEXT, RecoveryBody::relayState);
        return shape.build(
                in ->
                        new RecoveryBody(
                                in.get(username),
                                in.find(type)
                                        .map(text -> text.toUpperCase(Locale.ROOT))
                                        .orElse(null),
                                in.orNull(relayState)));
    }
}
