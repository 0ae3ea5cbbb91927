package dev.ostiary.server.signin.factors;

import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.problem.ApiException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How enrolments begin and end, as steps of the {@linkplain FactorEngine engine}. Thread-safe.
 *
 * @param known what users have and may have
 */
record Enrolments(
        Ids ids,
        FactorStore store,
        FactorMethods methods,
        FactorEvents events,
        FactorSettings settings,
        KnownFactors known) {

    /**
     * Enrols the address in the profile without being asked, where there is one that is not. The
     * caller holds the user's row.
     */
    void mail(FactorContext at) {
        boolean there =
                known.enrolments(at.tx(), at.org(), at.user().id()).stream()
                        .anyMatch(each -> each.kind() == FactorKind.EMAIL && each.active());
        boolean reachable = !at.user().profile().document().path("email").asString("").isEmpty();
        if (!there && reachable && known.forSignIn(at.tx(), at.org()).contains(FactorKind.EMAIL)) {
            begin(at, NewFactor.MAIL, EnrolOptions.AT_ONCE);
        }
    }

    /**
     * Enrols. The caller holds the user's row.
     *
     * @throws ApiException the documented error, for what cannot be enrolled so
     */
    Enrolment begin(FactorContext at, NewFactor wanted, EnrolOptions options) {
        FactorKind kind = wanted.kind();
        if (!settings.available(at.tx(), at.org()).contains(kind)) {
            throw ApiException.validation(
                    "factorEnrollRequest", "This factor is not available for the user.");
        }
        List<Factor> same =
                store.lockAll(at.tx(), at.user().id()).stream()
                        .filter(each -> each.enrolment().kind() == kind)
                        .toList();
        boolean many = kind == FactorKind.WEBAUTHN;
        if (!many && same.stream().anyMatch(each -> each.enrolment().active())) {
            throw ApiException.validation(
                    "factorEnrollRequest", "A factor of this type is already set up.");
        }
        Optional<Factor> before =
                same.stream().filter(each -> !each.enrolment().active()).findFirst();
        Factor begun = methods.of(kind).begin(at, fresh(at, kind, before), before, wanted, options);
        store.save(at.tx(), begun);
        if (begun.enrolment().active()) {
            at.tx().emit(events.activated(at.user(), begun.enrolment()));
        }
        return begun.enrolment();
    }

    /**
     * What is still waiting gives its row to who begins anew; wrong proofs of before still count,
     * or a new beginning would be a way around the limit.
     */
    private Factor fresh(FactorContext at, FactorKind kind, Optional<Factor> before) {
        Enrolment enrolment =
                new Enrolment(
                        before.map(Factor::id)
                                .orElseGet(
                                        () -> ids.next(kind.prefix(), at.org().tail(), at.now())),
                        at.user().id(),
                        kind,
                        kind.provider(),
                        FactorStatus.PENDING_ACTIVATION,
                        before.map(old -> old.enrolment().created()).orElse(at.now()),
                        at.now(),
                        Map.of());
        Factor fresh = Factor.of(enrolment);
        return before.map(old -> fresh.with(old.tries()).with(old.code())).orElse(fresh);
    }

    /**
     * Ends an enrolment. A phone stays for recovery unless that ends too; with one of the two
     * methods of the mobile app the other goes (Factors, "Unenroll a factor").
     */
    void end(FactorContext at, String factorId, boolean removeRecovery) {
        List<Factor> all = store.lockAll(at.tx(), at.user().id());
        Factor factor =
                all.stream()
                        .filter(each -> each.id().equals(factorId))
                        .filter(each -> each.enrolment().status() != FactorStatus.RECOVERY)
                        .findFirst()
                        .orElseThrow(() -> KnownFactors.unknown(factorId));
        end(at, factor, removeRecovery);
        if (factor.enrolment().kind() == FactorKind.PUSH) {
            all.stream()
                    .filter(each -> each.enrolment().kind() == FactorKind.TOTP)
                    .forEach(each -> end(at, each, true));
        }
    }

    private void end(FactorContext at, Factor factor, boolean removeRecovery) {
        Enrolment enrolment = factor.enrolment();
        boolean phone = enrolment.kind() == FactorKind.SMS || enrolment.kind() == FactorKind.CALL;
        if (phone && enrolment.active() && !removeRecovery) {
            store.save(at.tx(), factor.with(enrolment.in(FactorStatus.RECOVERY, at.now())));
        } else {
            store.delete(at.tx(), factor.id());
        }
        at.tx().emit(events.deactivated(at.user(), enrolment));
    }
}
