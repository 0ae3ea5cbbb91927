package dev.ostiary.server.signin.factors;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.secret.Purpose;
import dev.ostiary.platform.secret.Sealed;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a token or a device shares with the server. Immutable.
 *
 * @param seed of a software or hardware token, in base 32; empty for a device
 * @param code shows the seed as a picture, or lets a device in; empty once that is over
 * @param make which make of hardware tokens it is of; empty for what is none
 */
record FactorSecret(String seed, String code, String make) {

    private static final String FIELD = "user_factor.secret";

    /** Of something that is no hardware token. */
    FactorSecret(String seed, String code) {
        this(seed, code, "");
    }

    /** Of a hardware token of a make. */
    static FactorSecret token(String seed, String make) {
        return new FactorSecret(seed, "", make);
    }

    byte[] sealed(Sealed sealed, long org, String factorId) {
        ObjectNode json = Json.object().put("seed", seed).put("code", code).put("make", make);
        return sealed.seal(
                new Purpose(org, FIELD, factorId),
                Json.text(json).getBytes(StandardCharsets.UTF_8));
    }

    /** The secret of a factor that has one. */
    static FactorSecret of(Sealed sealed, long org, Factor factor) {
        byte[] content =
                sealed.open(
                        new Purpose(org, FIELD, factor.id()),
                        Objects.requireNonNull(factor.secret()));
        ObjectNode json = Json.object(new String(content, StandardCharsets.UTF_8));
        return new FactorSecret(
                json.path("seed").asString(""),
                json.path("code").asString(""),
                json.path("make").asString(""));
    }

    /** Says nothing. */
    @Override
    public String toString() {
        return "FactorSecret[…]";
    }
}
