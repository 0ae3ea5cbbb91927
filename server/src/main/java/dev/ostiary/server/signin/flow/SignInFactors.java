package dev.ostiary.server.signin.flow;

import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.users.HeldAccount;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.signin.factors.Enrolment;
import dev.ostiary.server.signin.factors.FactorContext;
import dev.ostiary.server.signin.factors.FactorEngine;
import dev.ostiary.server.signin.factors.FactorKind;
import dev.ostiary.server.signin.factors.FactorOffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    /** What a user may still enrol, in the documented order. */
    List<Offer> open(Tx tx, Request request, User user, Enrolling enrolling) {
        List<FactorOffer> all = engine.offers(tx, request.org(), user.id());
        Set<FactorKind> active = EnumSet.noneOf(FactorKind.class);
        all.stream().filter(SignInFactors::isActive).map(FactorOffer::kind).forEach(active::add);
        List<Offer> open = new ArrayList<>();
        for (FactorOffer offer : all) {
            if (!isActive(offer) && offer.kind().isSelfEnrolled()) {
                switch (enrolling.of(offer.kind(), active)) {
                    case REQUIRED -> open.add(new Offer(offer, true));
                    case OPTIONAL -> open.add(new Offer(offer, false));
                    case NOT_ALLOWED -> {}
                }
            }
        }
        return open;
    }

    private static boolean isActive(FactorOffer offer) {
        return offer.enrolled().filter(Enrolment::active).isPresent();
    }

    /**
     * Holds an enrolment to what the state offers.
     *
     * @throws ApiException {@code E0000001} for a kind that the policy does not let enrol
     */
    public void requireOffered(
            Tx tx, Request request, User user, Enrolling enrolling, FactorKind kind) {
        if (open(tx, request, user, enrolling).stream()
                .noneMatch(offer -> offer.factor().kind() == kind)) {
            throw ApiException.validation(
                    "factorEnrollRequest", "This factor is not available for the user.");
        }
    }

    /** What there is of a user's factors. */
    Progress.Have have(Tx tx, Request request, User user, Enrolling enrolling) {
        List<Offer> open = open(tx, request, user, enrolling);
        return new Progress.Have(
                !active(tx, request, user).isEmpty(),
                open.stream().anyMatch(Offer::required),
                !open.isEmpty());
    }

    /** What a state shows. */
    Showing showing(
            Tx tx,
            Request request,
            User user,
            Enrolling enrolling,
            State state,
            Optional<ObjectNode> challenge) {
        return switch (state) {
            case State.MfaRequired required -> new Showing.Choices(active(tx, request, user));
            case State.MfaChallenge asked ->
                    new Showing.Challenge(
                            engine.require(tx, user.id(), asked.factorId()), challenge);
            case State.MfaEnroll enroll -> new Showing.Offers(open(tx, request, user, enrolling));
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
