package dev.ostiary.server.signin.yubikeys;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.secret.Sealed;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.signin.yubikeys.YubikeyToken.Status;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The org's list of YubiKeys (tag UserFactor, "YubiKey OTP tokens"). Thread-safe. */
public final class YubikeyTokens implements Family {

    private static final String TYPE = "YubikeyToken";
    private final Database database;
    private final Ids ids;
    private final OrgClock clock;
    private final EventCatalogue events;
    private final YubikeyStore store;
    private final YubikeyList list;

    public YubikeyTokens(
            Database database, Ids ids, InstantSource time, EventCatalogue events, Sealed sealed) {
        this.database = database;
        this.ids = ids;
        this.clock = new OrgClock(time);
        this.events = events;
        this.store = new YubikeyStore(sealed);
        this.list = new YubikeyList(database, store);
    }

    /**
     * A seed, as whoever programs keys has it.
     *
     * @param serialNumber as it stands on the key, one to twelve digits
     * @param publicId twelve characters
     * @param seed what is shared with it
     */
    private record Seed(String serialNumber, String publicId, YubikeySeed seed) {

        private static final Shape<Seed> SHAPE = shape();

        private static Shape<Seed> shape() {
            Shape.Builder<Seed> shape = Shape.of("yubikeyToken");
            Field<Seed, String> serial =
                    shape.field("serialNumber", Type.TEXT, Seed::serialNumber)
                            .required()
                            .must(text -> text.matches("\\d{1,12}"), "must be 1 to 12 digits");
            Field<Seed, String> publicId =
                    shape.field("publicId", Type.TEXT, Seed::publicId)
                            .required()
                            .must(
                                    text -> YubikeyOtp.isPublicId(text.toLowerCase(Locale.ROOT)),
                                    "must be 12 characters of the modified hexadecimal alphabet");
            Field<Seed, String> privateId =
                    shape.field("privateId", Type.TEXT, seed -> "")
                            .required()
                            .writeOnly()
                            .must(
                                    text -> text.matches("[0-9a-fA-F]{12}"),
                                    "must be 12 hexadecimal digits");
            Field<Seed, String> key =
                    shape.field("aesKey", Type.TEXT, seed -> "")
                            .required()
                            .writeOnly()
                            .must(
                                    text -> text.matches("[0-9a-fA-F]{32}"),
                                    "must be 32 hexadecimal digits");
            return shape.build(
                    in ->
                            new Seed(
                                    in.get(serial),
                                    in.get(publicId).toLowerCase(Locale.ROOT),
                                    new YubikeySeed(in.get(privateId), in.get(key))));
        }

        /** Twelve digits, as the wire shows it. */
        private String serial() {
            return "0".repeat(12 - serialNumber.length()) + serialNumber;
        }
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listYubikeyOtpTokens", list::list).answersMany(YubikeyToken.SCHEMA),
                Binding.of("uploadYubikeyOtpTokenSeed", this::upload)
                        .takes(Seed.SHAPE)
                        .answers(YubikeyToken.SCHEMA),
                Binding.of("getYubikeyOtpTokenById", this::get).answers(YubikeyToken.SCHEMA));
    }

    private Reply get(Request request) {
        String id = request.variable("tokenId");
        YubikeyToken token =
                database.read(request.org().number(), reader -> store.find(reader, id))
                        .orElseThrow(() -> ApiException.notFound(id, TYPE));
        return Reply.ok(out -> token.write(out, request.baseUrl()));
    }

    private Reply upload(Request request) {
        Seed seed = request.body(Seed.SHAPE);
        Instant now = clock.now(request.org());
        YubikeyToken token =
                database.write(request.org().number(), tx -> uploaded(tx, request, seed, now));
        return Reply.ok(out -> token.write(out, request.baseUrl()));
    }

    private YubikeyToken uploaded(Tx tx, Request request, Seed seed, Instant now) {
        YubikeyToken fresh =
                new YubikeyToken(
                        ids.next("ykk", request.org().tail(), now),
                        seed.publicId(),
                        seed.serial(),
                        Status.UNASSIGNED,
                        Optional.empty(),
                        Optional.empty(),
                        now,
                        now,
                        now);
        YubikeyToken kept = fresh;
        if (!store.insert(tx, fresh, seed.seed())) {
            YubikeyToken before =
                    store.lock(tx, seed.publicId())
                            .map(YubikeyStore.Kept::token)
                            .filter(token -> token.status() == Status.REVOKED)
                            .orElseThrow(
                                    () ->
                                            ApiException.validation(
                                                    "publicId",
                                                    "publicId: There is a YubiKey with this"
                                                            + " public ID already."));
            kept = before.renewed(seed.serial(), now);
            store.renew(tx, kept, seed.seed());
        }
        tx.emit(
                events.event("security.authenticator.lifecycle.update")
                        .target(
                                new Target(
                                        kept.id(), "YubikeyOtpToken", kept.serial(), "YubiKey")));
        return kept;
    }
}
