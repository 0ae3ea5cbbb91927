package dev.ostiary.server.apps;

import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.secret.Purpose;
import dev.ostiary.platform.secret.Sealed;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rows of {@code app_secret}; seals what it writes and opens what it reads. Thread-safe. */
public final class ClientSecretStore {

    /** How many secrets a client has at most (ApplicationSSOPublicKeys). */
    public static final int MOST = 2;

    private static final String FIELD = "app_secret.sealed";
    private static final int LENGTH = 64;
    private static final int HASH_BYTES = 16;

    private final Sealed sealed;
    private final Tokens tokens;
    private final Ids ids;

    public ClientSecretStore(Sealed sealed, Tokens tokens, Ids ids) {
        this.sealed = sealed;
        this.tokens = tokens;
        this.ids = ids;
    }

    /** A secret that nobody can guess. */
    public String random() {
        return tokens.urlSafe(LENGTH);
    }

    /** A secret of this text, which is not written yet. */
    public ClientSecret of(Org org, String text, ClientSecret.Status status, Instant now) {
        String id = ids.next("ocs", org.tail(), now);
        return new ClientSecret(id, status, seal(org, id, text), hash(text), now, now);
    }

    /** The same secret with another text. */
    public ClientSecret changed(Org org, ClientSecret secret, String text, Instant now) {
        return new ClientSecret(
                secret.id(),
                secret.status(),
                seal(org, secret.id(), text),
                hash(text),
                secret.created(),
                now);
    }

    private byte[] seal(Org org, String id, String text) {
        return sealed.seal(
                new Purpose(org.number(), FIELD, id), text.getBytes(StandardCharsets.UTF_8));
    }

    /** What a secret is. */
    public String open(long org, ClientSecret secret) {
        return new String(
                sealed.open(new Purpose(org, FIELD, secret.id()), secret.sealed()),
                StandardCharsets.UTF_8);
    }

    /** The secrets of an app, the oldest first. */
    public List<ClientSecret> all(Reader reader, String appId) {
        return reader.list(
                Sql.of(
                        """
                        SELECT id, status, sealed, hash, created, last_updated FROM app_secret
                        WHERE org_id = ? AND app_id = ? ORDER BY id\
                        """,
                        reader.org(),
                        appId),
                ClientSecretStore::read);
    }

    /** The secrets of some apps by the apps' ids. */
    Map<String, List<ClientSecret>> ofApps(Reader reader, Collection<String> appIds) {
        Map<String, List<ClientSecret>> found = new HashMap<>();
        reader.list(
                Sql.of(
                        """
                        SELECT app_id, id, status, sealed, hash, created, last_updated
                        FROM app_secret WHERE org_id = ? AND app_id = ANY(?)\
                        """,
                        reader.org(),
                        appIds),
                row ->
                        found.computeIfAbsent(row.text("app_id"), none -> new ArrayList<>())
                                .add(read(row)));
        return found;
    }

    /** Adds a secret to an app that is held. */
    public void insert(Tx tx, String appId, ClientSecret secret) {
        tx.write(
                Sql.of(
                        """
                        INSERT INTO app_secret (org_id, app_id, id, status, sealed, hash, created,
                            last_updated)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?)\
                        """,
                        tx.org(),
                        appId,
                        secret.id(),
                        secret.status(),
                        secret.sealed(),
                        secret.hash(),
                        secret.created(),
                        secret.lastUpdated()));
    }

    /** Writes a secret of an app that is held. */
    public void update(Tx tx, String appId, ClientSecret secret) {
        tx.write(
                Sql.of(
                        """
                        UPDATE app_secret SET status = ?, sealed = ?, hash = ?, last_updated = ?
                        WHERE org_id = ? AND app_id = ? AND id = ?\
                        """,
                        secret.status(),
                        secret.sealed(),
                        secret.hash(),
                        secret.lastUpdated(),
                        tx.org(),
                        appId,
                        secret.id()));
    }

    /** Removes a secret of an app that is held. */
    public void delete(Tx tx, String appId, ClientSecret secret) {
        tx.write(
                Sql.of(
                        "DELETE FROM app_secret WHERE org_id = ? AND app_id = ? AND id = ?",
                        tx.org(),
                        appId,
                        secret.id()));
    }

    private static ClientSecret read(Row row) {
        return new ClientSecret(
                row.text("id"),
                ClientSecret.Status.valueOf(row.text("status")),
                row.bytes("sealed"),
                row.text("hash"),
                row.instant("created"),
                row.instant("last_updated"));
    }

    private static String hash(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(Arrays.copyOf(digest, HASH_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
