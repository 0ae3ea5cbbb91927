package dev.ostiary.server.hooks.channel;

import dev.ostiary.platform.secret.Purpose;
import dev.ostiary.platform.secret.Sealed;
import java.nio.charset.StandardCharsets;

/** The secrets of hooks at rest. Thread-safe. */
public final class HookSecrets {

    private final Sealed sealed;
    private final String field;

    /**
     * @param field where they lie, a constant such as {@code eventHook.secret}
     */
    public HookSecrets(Sealed sealed, String field) {
        this.sealed = sealed;
        this.field = field;
    }

    /** The ciphertext of a hook's secret. */
    public byte[] seal(long org, String hookId, String secret) {
        return sealed.seal(
                new Purpose(org, field, hookId), secret.getBytes(StandardCharsets.UTF_8));
    }

    /** The secret itself. */
    public String open(long org, String hookId, byte[] ciphertext) {
        return new String(
                sealed.open(new Purpose(org, field, hookId), ciphertext), StandardCharsets.UTF_8);
    }
}
