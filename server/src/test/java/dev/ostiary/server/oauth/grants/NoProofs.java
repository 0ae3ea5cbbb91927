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
        return new Means(false, List.of());
    }

    @Override
    public Asked ask(Request request, String userId, Channel channel, Optional<String> message) {
        return new Asked.NotEnrolled();
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
