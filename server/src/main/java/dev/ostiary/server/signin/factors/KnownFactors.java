package dev.ostiary.server.signin.factors;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.directory.users.User;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What factors users have and may have, and of what use they are. Changes nothing. Thread-safe.
 *
 * <p>Every method that takes an id throws {@code E0000007} for what is none of the user's factors.
 */
public final class KnownFactors {

    private final FactorStore store;
    private final FactorMethods methods;
    private final FactorSettings settings;

    KnownFactors(FactorStore store, FactorMethods methods, FactorSettings settings) {
        this.store = store;
        this.methods = methods;
        this.settings = settings;
    }

    /** A user's factors, active ones and those that wait for it, the oldest first. */
    public List<Enrolment> enrolments(Reader reader, Org org, String userId) {
        Set<FactorKind> available = settings.available(reader, org);
        return store.of(reader, userId).stream()
                .map(Factor::enrolment)
                .filter(each -> each.status() != FactorStatus.RECOVERY)
                .filter(each -> available.contains(each.kind()))
                .toList();
    }

    /** Those of them that a user can prove at sign-in. */
    public List<Enrolment> provable(Reader reader, Org org, String userId) {
        Set<FactorKind> allowed = settings.forSignIn(reader, org);
        return enrolments(reader, org, userId).stream()
                .filter(Enrolment::active)
                .filter(each -> allowed.contains(each.kind()))
                .toList();
    }

    /** The kinds that are of use at sign-in. */
    public Set<FactorKind> forSignIn(Reader reader, Org org) {
        return settings.forSignIn(reader, org);
    }

    /** Whether a kind is of use to who forgot a password or is locked out. */
    public boolean forRecovery(Reader reader, Org org, FactorKind kind) {
        return settings.forRecovery(reader, org, kind);
    }

    /** When devices have to choose the number that a client shows. */
    public NumberChallenge numberChallenge(Reader reader, Org org) {
        return settings.numberChallenge(reader, org);
    }

    /** One of them. */
    public Enrolment require(Reader reader, String userId, String factorId) {
        return store.find(reader, userId, factorId)
                .map(Factor::enrolment)
                .filter(each -> each.status() != FactorStatus.RECOVERY)
                .orElseThrow(() -> unknown(factorId));
    }

    /** What a user has and may have, in the documented order. */
    public List<FactorOffer> offers(Reader reader, Org org, String userId) {
        List<Enrolment> all = store.of(reader, userId).stream().map(Factor::enrolment).toList();
        Set<FactorKind> available = settings.available(reader, org);
        return Arrays.stream(FactorKind.values())
                .filter(available::contains)
                .map(
                        kind ->
                                new FactorOffer(
                                        kind,
                                        all.stream()
                                                .filter(each -> each.kind() == kind)
                                                .filter(
                                                        each ->
                                                                each.status()
                                                                        != FactorStatus.RECOVERY)
                                                .findFirst(),
                                        all.stream()
                                                .filter(each -> each.kind() == kind)
                                                .filter(
                                                        each ->
                                                                each.status()
                                                                        != FactorStatus
                                                                                .PENDING_ACTIVATION)
                                                .filter(
                                                        each ->
                                                                each.fact("phoneNumber")
                                                                        .isPresent())
                                                .toList()))
                .toList();
    }

    /** The phone that helps who forgot the password: a factor's or one that was one. */
    public Optional<Enrolment> recoveryPhone(Reader reader, String userId, FactorKind kind) {
        return store.of(reader, userId).stream()
                .map(Factor::enrolment)
                .filter(each -> each.kind() == kind && kind != FactorKind.EMAIL)
                .filter(each -> each.status() != FactorStatus.PENDING_ACTIVATION)
                .filter(each -> each.fact("phoneNumber").isPresent())
                .findFirst();
    }

    /** What an activation needs while an enrolment waits for it ({@code _embedded.activation}). */
    public Optional<ObjectNode> activation(
            Reader reader, Org org, User user, String baseUrl, Enrolment enrolment) {
        if (enrolment.status() != FactorStatus.PENDING_ACTIVATION) {
            return Optional.empty();
        }
        List<Factor> all = store.of(reader, user.id());
        return all.stream()
                .filter(each -> each.id().equals(enrolment.id()))
                .findFirst()
                .flatMap(
                        factor ->
                                methods.of(enrolment.kind())
                                        .activation(
                                                new FactorMethod.Activation(
                                                        reader, org, user, baseUrl, factor, all)));
    }

    /** What an active factor was asked with, while it can be answered; empty for most kinds. */
    public Optional<ObjectNode> asked(FactorContext at, String factorId) {
        return store.find(at.tx(), at.user().id(), factorId)
                .filter(factor -> factor.enrolment().active())
                .filter(factor -> isOpen(factor, at.now()))
                .flatMap(
                        factor -> methods.of(factor.enrolment().kind()).shownChallenge(at, factor));
    }

    private static boolean isOpen(Factor factor, Instant now) {
        Factor.@Nullable Code code = factor.code();
        return code != null && now.isBefore(code.expires());
    }

    static ApiException unknown(String factorId) {
        return ApiException.notFound(factorId, FactorEngine.TYPE);
    }
}
