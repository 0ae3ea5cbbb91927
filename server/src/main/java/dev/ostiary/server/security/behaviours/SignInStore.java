package dev.ostiary.server.security.behaviours;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ostiary.platform.context.IpAddress;
import dev.ostiary.platform.context.Place;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.secret.TokenHash;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * The rows of {@code sign_in_context}: from where each user has signed in with success, each
 * combination of device, address and place once, with the time of the last sign-in from there. The
 * documentation counts sign-ins with unique context ("Behavior Detection System Log events"), and
 * so a user who always comes from the same place has one row. The last {@value History#LONGEST} are
 * kept: no behaviour looks back farther.
 */
final class SignInStore {

    /** The newest first. */
    List<SignIn> past(Reader reader, String userId) {
        return reader.list(
                Sql.of(
                        """
                        SELECT last_seen, device, address, place FROM sign_in_context
                        WHERE org_id = ? AND user_id = ?
                        ORDER BY last_seen DESC, context LIMIT ?""",
                        reader.org(),
                        userId,
                        History.LONGEST),
                SignInStore::signIn);
    }

    /** Whether a user has signed in from a device, as far as is remembered. */
    boolean knows(Reader reader, String userId, TokenHash device) {
        return reader.one(
                        Sql.of(
                                """
                                SELECT EXISTS (SELECT FROM sign_in_context
                                WHERE org_id = ? AND user_id = ? AND device = ?) AS known""",
                                reader.org(),
                                userId,
                                device.bytes()),
                        row -> row.flag("known"))
                .orElse(false);
    }

    /** Deferred. The two statements see the same rows and leave each other's alone. */
    void remember(Tx tx, String userId, SignIn signIn) {
        byte[] place = Json.bytes(out -> writePlace(out, signIn.place()));
        byte[] context = context(signIn, place);
        @Nullable TokenHash device = signIn.device();
        @Nullable IpAddress address = signIn.address();
        tx.write(
                Sql.of(
                        """
                        INSERT INTO sign_in_context
                            (org_id, user_id, context, last_seen, device, address, place)
                        VALUES (?, ?, ?, ?, ?, ?, ?)
                        ON CONFLICT (org_id, user_id, context) DO UPDATE
                        SET last_seen = greatest(sign_in_context.last_seen, excluded.last_seen)""",
                        tx.org(),
                        userId,
                        context,
                        signIn.at(),
                        device == null ? null : device.bytes(),
                        address == null ? null : address.toString(),
                        dev.ostiary.platform.store.Json.ofUtf8(place)));
        tx.write(
                Sql.of(
                        """
                        DELETE FROM sign_in_context WHERE org_id = ? AND user_id = ?
                        AND context IN (
                            SELECT context FROM sign_in_context
                            WHERE org_id = ? AND user_id = ? AND context <> ?
                            ORDER BY last_seen DESC, context OFFSET ?)""",
                        tx.org(),
                        userId,
                        tx.org(),
                        userId,
                        context,
                        History.LONGEST - 1));
    }

    void forget(Tx tx, String userId) {
        tx.write(
                Sql.of(
                        "DELETE FROM sign_in_context WHERE org_id = ? AND user_id = ?",
                        tx.org(),
                        userId));
    }

    private static byte[] context(SignIn signIn, byte[] place) {
        MessageDigest digest = sha256();
        @Nullable TokenHash device = signIn.device();
        digest.update(device == null ? new byte[32] : device.bytes());
        digest.update(String.valueOf(signIn.address()).getBytes(UTF_8));
        digest.update((byte) 0);
        return digest.digest(place);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void writePlace(JsonGenerator out, Place place) {
        out.writeStartObject();
        text(out, "country", place.country());
        text(out, "region", place.region());
        text(out, "city", place.city());
        number(out, "latitude", place.latitude());
        number(out, "longitude", place.longitude());
        Long asn = place.asn();
        if (asn != null) {
            out.writeNumberProperty("asn", asn);
        }
        out.writeEndObject();
    }

    private static void text(JsonGenerator out, String name, @Nullable String value) {
        if (value != null) {
            out.writeStringProperty(name, value);
        }
    }

    private static void number(JsonGenerator out, String name, @Nullable Double value) {
        if (value != null) {
            out.writeNumberProperty(name, value);
        }
    }

    private static SignIn signIn(Row row) {
        byte[] device = row.bytesOrNull("device");
        String address = row.textOrNull("address");
        return new SignIn(
                row.instant("last_seen"),
                device == null ? null : TokenHash.stored(device),
                address == null ? null : IpAddress.parse(address),
                place(Json.parse(row.json("place"))));
    }

    private static Place place(JsonNode place) {
        JsonNode asn = place.get("asn");
        return new Place(
                textOf(place, "country"),
                textOf(place, "region"),
                null,
                null,
                textOf(place, "city"),
                null,
                numberOf(place, "latitude"),
                numberOf(place, "longitude"),
                asn == null ? null : asn.longValue(),
                null,
                Optional.empty());
    }

    private static @Nullable String textOf(JsonNode place, String name) {
        JsonNode value = place.get(name);
        return value == null ? null : value.stringValue();
    }

    private static @Nullable Double numberOf(JsonNode place, String name) {
        JsonNode value = place.get(name);
        return value == null ? null : value.doubleValue();
    }
}
