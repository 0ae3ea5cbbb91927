package dev.ostiary.server.signin.factors;

import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.signin.yubikeys.YubikeyOtp;
import dev.ostiary.server.signin.yubikeys.YubikeyStore;
import dev.ostiary.server.signin.yubikeys.YubikeyStore.Kept;
import dev.ostiary.server.signin.yubikeys.YubikeyToken.Holder;
import dev.ostiary.server.signin.yubikeys.YubikeyToken.Status;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * YubiKeys that make one-time passwords (Factors, "Enroll YubiKey Factor"). A password enrols the
 * key that it is of, if the org has uploaded that one and nobody has it, and proves it at once; no
 * password works twice, nor one that is older. Thread-safe.
 *
 * @param tokens the org's keys
 */
record YubikeyMethod(YubikeyStore tokens) implements FactorMethod {

    /** A password that is right: of which key, and how many that has made. */
    private record Right(Kept kept, long count) {}

    @Override
    public Factor begin(
            FactorContext at,
            Factor fresh,
            Optional<Factor> before,
            NewFactor wanted,
            EnrolOptions options) {
        Right right =
                right(at.tx(), wanted.verify().passCode())
                        .filter(found -> found.kept().token().status() == Status.UNASSIGNED)
                        .orElseThrow(FactorMethod::wrongCode);
        tokens.assign(
                at.tx(),
                right.kept().token().id(),
                new Holder(at.user().id(), fresh.id()),
                at.now());
        Map<String, String> facts = Map.of("credentialId", right.kept().token().serial());
        return fresh.with(fresh.enrolment().with(facts, at.now()))
                .to(right.kept().token().publicId())
                .used(right.count())
                .activated(at.now());
    }

    @Override
    public Verdict check(FactorContext at, Factor factor, Shown shown) {
        Optional<Right> right =
                right(at.tx(), shown.proof().passCode())
                        .filter(
                                found ->
                                        found.kept()
                                                .token()
                                                .publicId()
                                                .equals(factor.destination()));
        if (right.isEmpty()) {
            return new Verdict.Wrong(FactorMethod.wrongCode());
        }
        if (right.get().count() <= factor.counter()) {
            return new Verdict.Wrong(ApiException.of("E0000082"));
        }
        tokens.verified(at.tx(), right.get().kept().token().id(), at.now());
        return new Verdict.Right(factor.used(right.get().count()));
    }

    private Optional<Right> right(Tx tx, @Nullable String passCode) {
        Optional<YubikeyOtp> otp = Optional.ofNullable(passCode).flatMap(YubikeyOtp::of);
        return otp.flatMap(
                given ->
                        tokens.lock(tx, given.publicId())
                                .flatMap(
                                        kept ->
                                                given.count(kept.seed())
                                                        .map(count -> new Right(kept, count))));
    }
}
