package dev.ostiary.server.oauth.keys;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.secret.Purpose;
import dev.ostiary.platform.secret.Sealed;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Optional;

/** The table {@code signing_key}; private parts are sealed under the master key. Thread-safe. */
final class SigningKeyStore {

    private static final int BITS = 2048;

    private final Sealed sealed;

    SigningKeyStore(Sealed sealed) {
        this.sealed = sealed;
    }

    Optional<SigningKey> find(Reader reader, Org org, KeyOwner owner, int generation) {
        return reader.one(
                Sql.of(
                        "SELECT public_key, private_key FROM signing_key"
                                + " WHERE org_id = ? AND owner = ? AND generation = ?",
                        reader.org(),
                        owner.name(),
                        generation),
                row -> key(row, org, owner, generation));
    }

    /** Makes a key; whoever was faster, on whichever node, has made it. */
    SigningKey make(Tx tx, Org org, KeyOwner owner, int generation, Instant now) {
        KeyPair pair = generate();
        Purpose purpose = purpose(org, owner, generation);
        tx.run(
                Sql.of(
                        """
                        INSERT INTO signing_key (org_id, owner, generation, public_key, private_key, created)
                        VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""",
                        tx.org(),
                        owner.name(),
                        generation,
                        pair.getPublic().getEncoded(),
                        sealed.seal(purpose, pair.getPrivate().getEncoded()),
                        now));
        return find(tx, org, owner, generation).orElseThrow();
    }

    /** Notes the first use of a key. False for one that has been used before. */
    boolean begin(Tx tx, KeyOwner owner, int generation, Instant now) {
        return tx.run(
                        Sql.of(
                                """
                                UPDATE signing_key SET signs_since = ?
                                WHERE org_id = ? AND owner = ? AND generation = ?
                                  AND signs_since IS NULL""",
                                now,
                                tx.org(),
                                owner.name(),
                                generation))
                == 1;
    }

    /** Ends all keys of an owner that is no more. */
    void deleteAll(Tx tx, KeyOwner owner) {
        tx.write(
                Sql.of(
                        "DELETE FROM signing_key WHERE org_id = ? AND owner = ?",
                        tx.org(),
                        owner.name()));
    }

    private SigningKey key(Row row, Org org, KeyOwner owner, int generation) {
        byte[] encoded = sealed.open(purpose(org, owner, generation), row.bytes("private_key"));
        try {
            KeyFactory rsa = KeyFactory.getInstance("RSA");
            return new SigningKey(
                    owner.kid(org, generation),
                    (RSAPublicKey)
                            rsa.generatePublic(new X509EncodedKeySpec(row.bytes("public_key"))),
                    (RSAPrivateKey) rsa.generatePrivate(new PKCS8EncodedKeySpec(encoded)));
        } catch (NoSuchAlgorithmException | InvalidKeySpecException e) {
            throw new IllegalStateException("a stored key that cannot be read", e);
        }
    }

    private static Purpose purpose(Org org, KeyOwner owner, int generation) {
        return new Purpose(
                org.number(), "signing_key.private_key", owner.name() + " " + generation);
    }

    private static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }
}
