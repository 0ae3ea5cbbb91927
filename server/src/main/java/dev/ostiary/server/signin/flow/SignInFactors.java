package dev.ostiary.server.signin.flow;

import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.users.HeldAccount;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.policy.assurance.Method;
import dev.ostiary.server.signin.factors.Enrolment;
import dev.ostiary.server.signin.factors.FactorContext;
import dev.ostiary.server.signin.factors.FactorEngine;
import dev.ostiary.server.signin.factors.FactorKind;
import dev.ostiary.server.signin.factors.FactorOffer;
import dev.ostiary.server.signin.flow.Offer.Need;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
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

    private static final SkipStore SKIPS = new SkipStore();

    /** What a step with a factor is made in. */
    public FactorContext context(Tx tx, Request request, HeldAccount account) {
        return new FactorContext(
                tx, request.org(), account.user(), request.baseUrl(), account.now());
    }

    /** The same for a step by which something is enrolled. */
    public FactorContext context(Tx tx, Request request, HeldAccount account, Enrolling enrolling) {
        return new FactorContext(
                tx,
                request.org(),
                account.user(),
                request.baseUrl(),
                account.now(),
                enrolling.decision().keyGroups());
    }

    /** What a user can prove; of who recovers, what is no way in which one is reached. */
    List<Enrolment> active(Tx tx, Request request, User user, Transaction transaction) {
        List<Enrolment> all = engine.known().provable(tx, request.org(), user.id());
        return transaction.recovery().isPresent() && transaction.proofs().password().isEmpty()
                ? all.stream().filter(SignInFactors::stepsUp).toList()
                : all;
    }

    /** What a user can choose from: whatever is wanted, or all where nothing is that is there. */
    private List<Enrolment> choices(Tx tx, Request request, User user, Transaction transaction) {
        List<Enrolment> active = active(tx, request, user, transaction);
        List<Enrolment> suitable =
                active.stream().filter(each -> isWanted(each.kind(), transaction)).toList();
        return suitable.isEmpty() ? active : suitable;
    }

    /** Whether a kind is what is asked for beside a session; all are where nothing is. */
    private static boolean isWanted(FactorKind kind, Transaction transaction) {
        return !transaction.lacks()
                || wanted(transaction).contains(method(kind, false))
                || wanted(transaction).contains(method(kind, true));
    }

    private static Set<Method> wanted(Transaction transaction) {
        return transaction.stepUp().orElseThrow().methods();
    }

    /** Whether a factor proves more than that somebody was reached, as a code that is sent does. */
    public static boolean stepsUp(Enrolment factor) {
        return !factor.kind().sendsCode();
    }

    /**
     * One of what a user can prove.
     *
     * @throws ApiException {@code E0000007} for what cannot be proven at sign-in, or is nobody's
     */
    public Enrolment require(
            Tx tx, Request request, User user, Transaction transaction, String factorId) {
        return active(tx, request, user, transaction).stream()
                .filter(each -> each.id().equals(factorId))
                .findFirst()
                .orElseThrow(() -> ApiException.notFound(factorId, "UserFactor"));
    }

    /** Enrols what the policy wants enrolled without anybody being asked. */
    void enrolMail(Tx tx, Request request, HeldAccount account, Enrolling enrolling) {
        if (enrolling.enrolsMail()) {
            engine.enrolMail(context(tx, request, account));
        }
    }

    /**
     * What a user may still enrol, in the documented order.
     *
     * @param counted how many of the times that something was put off are this sign-in's own, which
     *     it has a right to
     */
    private List<Offer> open(
            Tx tx,
            Request request,
            HeldAccount account,
            Enrolling enrolling,
            Transaction transaction,
            int counted) {
        User user = account.user();
        Instant now = account.now();
        List<FactorOffer> all = engine.known().offers(tx, request.org(), user.id());
        Map<String, Integer> skips = enrolling.countsSkips() ? SKIPS.of(tx, user.id()) : Map.of();
        Set<FactorKind> allowed = engine.known().forSignIn(tx, request.org());
        Set<FactorKind> active = EnumSet.noneOf(FactorKind.class);
        all.stream().filter(SignInFactors::isActive).map(FactorOffer::kind).forEach(active::add);
        List<Offer> open = new ArrayList<>();
        for (FactorOffer offer : all) {
            if (!isActive(offer)
                    && offer.kind().isSelfEnrolled()
                    && allowed.contains(offer.kind())
                    && isWanted(offer.kind(), transaction)) {
                switch (enrolling.of(offer.kind(), active)) {
                    case REQUIRED -> {
                        int skipped = skips.getOrDefault(enrolling.name(offer.kind()), 0) - counted;
                        boolean waits =
                                enrolling
                                        .grace(offer.kind())
                                        .filter(grace -> grace.lasts(skipped, now))
                                        .isPresent();
                        open.add(new Offer(offer, waits ? Need.LATER : Need.REQUIRED));
                    }
                    case OPTIONAL -> open.add(new Offer(offer, Need.OPTIONAL));
                    case NOT_ALLOWED -> {}
                }
            }
        }
        return open;
    }

    /** Counts that a user puts off what may still be put off, each authenticator once. */
    public void putOff(
            Tx tx,
            Request request,
            HeldAccount account,
            Enrolling enrolling,
            Transaction transaction) {
        if (enrolling.countsSkips()) {
            open(tx, request, account, enrolling, transaction, 0).stream()
                    .filter(offer -> offer.need() == Need.LATER)
                    .map(offer -> enrolling.name(offer.factor().kind()))
                    .distinct()
                    .forEach(name -> SKIPS.add(tx, account.user().id(), name));
        }
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
            Tx tx,
            Request request,
            HeldAccount account,
            Enrolling enrolling,
            Transaction transaction,
            FactorKind kind) {
        if (open(tx, request, account, enrolling, transaction, 0).stream()
                .noneMatch(offer -> offer.factor().kind() == kind)) {
            throw ApiException.validation(
                    "factorEnrollRequest", "This factor is not available for the user.");
        }
    }

    /** What there is of a user's factors. */
    Progress.Have have(
            Tx tx,
            Request request,
            HeldAccount account,
            Enrolling enrolling,
            Transaction transaction) {
        User user = account.user();
        int counted = transaction.skipped().contains(Status.MFA_ENROLL) ? 1 : 0;
        List<Offer> open = open(tx, request, account, enrolling, transaction, counted);
        List<Enrolment> active = active(tx, request, user, transaction);
        return new Progress.Have(
                !active.isEmpty(),
                active.stream().anyMatch(each -> isWanted(each.kind(), transaction)),
                open.stream().anyMatch(Offer::required),
                open.stream().anyMatch(offer -> offer.need() == Need.LATER),
                !open.isEmpty());
    }

    /** What the state of a transaction shows. */
    Showing showing(
            Tx tx,
            Request request,
            HeldAccount account,
            Enrolling enrolling,
            Transaction transaction,
            Optional<ObjectNode> challenge) {
        User user = account.user();
        return switch (transaction.state()) {
            case State.MfaRequired required ->
                    new Showing.Choices(choices(tx, request, user, transaction));
            case State.MfaChallenge asked ->
                    asked.asksAnyKey()
                            ? new AskedFactors(engine)
                                    .anyKey(
                                            context(tx, request, account),
                                            keys(tx, request, user, transaction),
                                            transaction)
                            : new AskedFactors(engine)
                                    .one(
                                            context(tx, request, account),
                                            asked,
                                            transaction,
                                            challenge);
            case State.MfaEnroll enroll ->
                    new Showing.Offers(open(tx, request, account, enrolling, transaction, 0));
            case State.MfaEnrollActivate begun -> {
                Enrolment factor = engine.known().require(tx, user.id(), begun.factorId());
                yield new Showing.Activation(
                        factor,
                        engine.known()
                                .activation(tx, request.org(), user, request.baseUrl(), factor));
            }
            case State.PasswordWarn none -> new Showing.Nothing();
            case State.PasswordExpired none -> new Showing.Nothing();
            case State.PasswordReset none -> new Showing.Nothing();
            case State.Recovery none -> new Showing.Nothing();
            case State.Success none -> new Showing.Nothing();
        };
    }

    /** The security keys that a user can prove. */
    public List<Enrolment> keys(Tx tx, Request request, User user, Transaction transaction) {
        return active(tx, request, user, transaction).stream()
                .filter(each -> each.kind() == FactorKind.WEBAUTHN)
                .toList();
    }

    /**
     * How a kind of factor proves, as policies know it.
     *
     * @param verified whether the device has verified its user
     */
    public static Method method(FactorKind kind, boolean verified) {
        return switch (kind) {
            case QUESTION -> Method.QUESTION;
            case SMS -> Method.SMS;
            case CALL -> Method.CALL;
            case EMAIL -> Method.EMAIL;
            case TOTP -> Method.TOTP;
            case PUSH -> Method.PUSH;
            case GOOGLE -> Method.GOOGLE;
            case HOTP -> Method.HOTP;
            case WEBAUTHN -> verified ? Method.WEBAUTHN_VERIFIED : Method.WEBAUTHN;
            case YUBIKEY -> Method.YUBIKEY;
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
