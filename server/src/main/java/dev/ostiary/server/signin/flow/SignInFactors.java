package dev.ostiary.server.signin.flow;

import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.users.HeldAccount;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.signin.factors.Enrolment;
import dev.ostiary.server.signin.factors.FactorContext;
import dev.ostiary.server.signin.factors.FactorEngine;
import dev.ostiary.server.signin.factors.FactorKind;
import dev.ostiary.server.signin.factors.FactorOffer;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where sign-in meets factors. Everything is one step within the transaction of a move.
 * Thread-safe.
 *
 * @param engine enrols and proves factors
 */
public record SignInFactors(FactorEngine engine) {

    /** What a step with a factor is made in. */
    public FactorContext context(Tx tx, Request request, HeldAccount account) {
        return new FactorContext(
                tx, request.org(), account.user(), request.baseUrl(), account.now());
    }

    /** What a user can prove. */
    List<Enrolment> active(Tx tx, Request request, User user) {
        return engine.enrolments(tx, request.org(), user.id()).stream()
                .filter(Enrolment::active)
                .toList();
    }

    /** What a user could still enrol. */
    List<FactorOffer> open(Tx tx, Request request, User user) {
        return engine.offers(tx, request.org(), user.id()).stream()
                .filter(offer -> offer.enrolled().filter(Enrolment::active).isEmpty())
                .filter(offer -> offer.kind() != FactorKind.HOTP)
                .toList();
    }

    /** What a state shows. */
    Showing showing(
            Tx tx, Request request, User user, State state, Optional<ObjectNode> challenge) {
        return switch (state) {
            case State.MfaRequired required -> new Showing.Choices(active(tx, request, user));
            case State.MfaChallenge asked ->
                    new Showing.Challenge(
                            engine.require(tx, user.id(), asked.factorId()), challenge);
            case State.MfaEnroll enroll -> new Showing.Offers(open(tx, request, user));
            case State.MfaEnrollActivate begun -> {
                Enrolment factor = engine.require(tx, user.id(), begun.factorId());
                yield new Showing.Activation(
                        factor,
                        engine.activation(tx, request.org(), user, request.baseUrl(), factor));
            }
            case State.PasswordWarn none -> new Showing.Nothing();
            case State.PasswordExpired none -> new Showing.Nothing();
            case State.PasswordReset none -> new Showing.Nothing();
            case State.Recovery none -> new Showing.Nothing();
        };
    }

    /** How a kind of factor proves, as RFC 8176 and the Sessions API ("AMR object") name it. */
    public static List<String> amr(FactorKind kind) {
        return switch (kind) {
            case QUESTION -> List.of("kba");
            case SMS -> List.of("sms");
            case CALL -> List.of("tel");
            case EMAIL, TOTP, GOOGLE, HOTP -> List.of("otp");
            case PUSH -> List.of("swk");
            case WEBAUTHN, YUBIKEY -> List.of("hwk");
        };
    }
}
