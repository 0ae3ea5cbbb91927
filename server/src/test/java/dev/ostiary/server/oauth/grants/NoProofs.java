package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.http.Request;
import dev.ostiary.server.signin.direct.DirectProofs;
import java.util.List;
import java.util.Optional;

/** Users without factors. */
final class NoProofs implements DirectProofs {

    @Override
    public Optional<String> find(Request request, String name) {
        return Optional.empty();
    }

    @Override
    public Means means(Request request, String userId) {
        return new Means(false, false, List.of());
    }

    @Override
    public Asked ask(
            Request request,
            String userId,
            Channel channel,
            Optional<String> message,
            boolean shows) {
        return new Asked.NotEnrolled();
    }

    @Override
    public KeysAsked askKeys(Request request, String userId) {
        return new KeysAsked.NotEnrolled();
    }

    @Override
    public Proof key(Request request, String userId, Assertion assertion, Alone alone) {
        return new Proof.NotEnrolled();
    }

    @Override
    public Proof otp(Request request, String userId, String otp, Alone alone) {
        return new Proof.NotEnrolled();
    }

    @Override
    public Proof code(Request request, String userId, String factorId, String code, Alone alone) {
        return new Proof.NotEnrolled();
    }

    @Override
    public Proof answer(
            Request request, String userId, String factorId, String question, Alone alone) {
        return new Proof.NotEnrolled();
    }
}
