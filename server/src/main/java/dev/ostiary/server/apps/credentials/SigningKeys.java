package dev.ostiary.server.apps.credentials;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.secret.Sealed;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.AppChanges;
import dev.ostiary.server.apps.AppStore;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The keys that sign for apps; the front door for rooms that sign. An app's first key is made when
 * somebody first asks for it: of several who ask at once, the key of one is kept, and all get that.
 * Thread-safe.
 */
public final class SigningKeys implements AppChanges.Watch {

    private static final Pattern KID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** How long a key lasts that nobody chose. */
    private static final int YEARS = 10;

    private final Database database;
    private final InstantSource time;
    private final KeyMaker maker;
    private final AppStore apps;
    private final SigningKeyStore store;

    public SigningKeys(
            Database database, InstantSource time, KeyMaker maker, AppStore apps, Sealed sealed) {
        this.database = database;
        this.time = time;
        this.maker = maker;
        this.apps = apps;
        this.store = new SigningKeyStore(sealed);
    }

    SigningKeyStore store() {
        return store;
    }

    KeyMaker maker() {
        return maker;
    }

    /** The key that signs for an app now; none where its mode signs nothing. */
    public Optional<SigningKey> current(Org org, App app) {
        @Nullable String kid = app.kid();
        if (kid == null) {
            return Optional.empty();
        }
        Optional<SigningKey> made =
                database.read(org.number(), reader -> store.find(reader, app.id(), kid));
        return made.isPresent() ? made : first(org, app, kid);
    }

    /** The private half of a key, PKCS#8. */
    public Optional<byte[]> privateKey(Reader reader, App app, String kid) {
        return store.privateKey(reader, app.id(), kid);
    }

    private Optional<SigningKey> first(Org org, App app, String kid) {
        Instant now = now();
        KeyMaker.Made made = maker.selfSigned(org.name(), YEARS, now);
        SigningKey key = new SigningKey(kid, made.certificate(), now, now, made.expires());
        byte[] sealedKey = store.seal(org.number(), kid, made.privateKey());
        return database.write(
                org.number(),
                tx -> {
                    apps.held(tx, org, app.id(), AppStore.Lock.STAYS);
                    store.insert(tx, app.id(), key, sealedKey);
                    return store.find(tx, app.id(), kid);
                });
    }

    /** Every key of an app, the first one too. */
    List<SigningKey> all(Org org, App app) {
        current(org, app);
        return database.read(org.number(), reader -> store.all(reader, app.id()));
    }

    /**
     * A key of an app.
     *
     * @throws ApiException {@code E0000007} if it has none of that name
     */
    SigningKey require(Org org, App app, String kid) {
        if (!isKid(kid)) {
            throw unknown(kid);
        }
        if (kid.equals(app.kid())) {
            return current(org, app).orElseThrow(() -> unknown(kid));
        }
        return database.read(org.number(), reader -> store.find(reader, app.id(), kid))
                .orElseThrow(() -> unknown(kid));
    }

    /** Whether a text can be the name of a key: what cannot is in no table. */
    static boolean isKid(String text) {
        return KID.matcher(text).matches();
    }

    static ApiException unknown(String kid) {
        return ApiException.notFound(kid, "JsonWebKey");
    }

    /** An app signs with one of its own keys only. */
    @Override
    public void updated(Tx tx, Org org, App before, App after) {
        @Nullable String kid = after.kid();
        if (kid != null
                && before.kid() != null
                && !Objects.equals(kid, before.kid())
                && (!isKid(kid) || store.find(tx, after.id(), kid).isEmpty())) {
            throw ApiException.validation(
                    "credentials.signing.kid",
                    "credentials.signing.kid: The key is not one of the app's key credentials");
        }
    }

    Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
