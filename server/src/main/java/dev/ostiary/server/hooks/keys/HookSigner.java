package dev.ostiary.server.hooks.keys;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.secret.Purpose;
import dev.ostiary.platform.secret.Sealed;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Signs in the name of an org's hook keys, for those who only know their ids. Thread-safe. */
public final class HookSigner {

    static final String FIELD = "hookKey.private";

    private final Database database;
    private final Sealed sealed;
    private final HookKeyStore store = new HookKeyStore();

    public HookSigner(Database database, Sealed sealed) {
        this.database = database;
        this.sealed = sealed;
    }

    /** Whether an org has a key. */
    public boolean has(Reader reader, String id) {
        return store.find(reader, id).isPresent();
    }

    /**
     * A signed JWT with these claims, {@code RS256} and the key's {@code kid} in its header; empty
     * if the key is gone.
     */
    public Optional<String> jwt(Org org, String id, ObjectNode claims) {
        return database.read(org.number(), reader -> store.find(reader, id))
                .map(key -> jwt(org, key, claims));
    }

    private String jwt(Org org, HookKey key, ObjectNode claims) {
        ObjectNode header =
                Json.object().put("alg", "RS256").put("kid", key.keyId()).put("typ", "JWT");
        String signed = base64(Json.text(header)) + "." + base64(Json.text(claims));
        byte[] half = sealed.open(new Purpose(org.number(), FIELD, key.id()), key.sealed());
        byte[] signature = RsaKeys.sign(half, signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
