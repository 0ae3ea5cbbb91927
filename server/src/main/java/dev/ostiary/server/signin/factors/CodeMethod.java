package dev.ostiary.server.signin.factors;

import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.secret.CodeHash;
import dev.ostiary.platform.secret.Purpose;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.server.delivery.Channel;
import dev.ostiary.server.delivery.Mail;
import dev.ostiary.server.delivery.MessageOutbox;
import dev.ostiary.server.delivery.PhoneMessage;
import dev.ostiary.server.delivery.Recipient;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Codes by SMS, call and mail (Factors, "Issue an SMS Factor challenge" and its like). A code has
 * six digits, lives five minutes unless a mail's is asked or set to live otherwise, works once, and
 * is stored as a keyed hash. A number gets the next one after 30 seconds, an address after five.
 * Thread-safe.
 */
final class CodeMethod implements FactorMethod {

    private static final int DIGITS = 6;
    private static final int LONGEST_CODE = 64;
    private static final String FIELD = "user_factor.code_hash";

    private final FactorKind kind;
    private final Destinations destinations;
    private final FactorStore store;
    private final CodeHash hashes;
    private final Tokens tokens;
    private final MessageOutbox outbox;
    private final FactorEvents events;
    private final FactorSettings settings;

    CodeMethod(
            FactorKind kind,
            FactorStore store,
            CodeHash hashes,
            Tokens tokens,
            MessageOutbox outbox,
            FactorEvents events,
            FactorSettings settings) {
        this.kind = kind;
        this.destinations = new Destinations(store);
        this.store = store;
        this.hashes = hashes;
        this.tokens = tokens;
        this.outbox = outbox;
        this.events = events;
        this.settings = settings;
    }

    @Override
    public Factor begin(
            FactorContext at,
            Factor fresh,
            Optional<Factor> before,
            NewFactor wanted,
            EnrolOptions options) {
        Factor factor =
                kind == FactorKind.EMAIL
                        ? toAddress(at, fresh, wanted.profile().email())
                        : toNumber(at, fresh, before, wanted.profile(), options.updatePhone());
        if (options.activate()) {
            return factor.with((Factor.Code) null).activated(at.now());
        }
        return send(at, factor, options.lifetime(), true);
    }

    private Factor toAddress(FactorContext at, Factor fresh, @Nullable String email) {
        String address = destinations.address(at.user(), email);
        return fresh.with(fresh.enrolment().with(Map.of("email", address), at.now()))
                .to(Destinations.folded(address));
    }

    private Factor toNumber(
            FactorContext at,
            Factor fresh,
            Optional<Factor> before,
            NewFactor.Profile profile,
            boolean update) {
        PhoneNumber number = destinations.number(at, kind, before, profile, update);
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("phoneNumber", number.number());
        if (number.extension() != null) {
            facts.put("phoneExtension", number.extension());
        }
        if (before.filter(known -> !known.enrolment().profile().equals(facts)).isPresent()) {
            at.tx().emit(events.updated(at.user(), fresh.enrolment()));
        }
        return fresh.with(fresh.enrolment().with(facts, at.now())).to(number.text());
    }

    @Override
    public Factor challenge(FactorContext at, Factor factor, Optional<Duration> lifetime) {
        return send(at, factor, lifetime, false);
    }

    /**
     * Sends a code.
     *
     * @param first whether it is to prove that the number or address is the user's
     */
    Factor send(FactorContext at, Factor factor, Optional<Duration> lifetime, boolean first) {
        String destination = String.valueOf(factor.destination());
        boolean tooSoon =
                store.lastSent(at.tx(), kind, destination)
                        .filter(sent -> at.now().isBefore(sent.plus(pause())))
                        .isPresent();
        if (tooSoon) {
            throw ApiException.of(tooSoonCode());
        }
        String code = tokens.digits(DIGITS);
        Duration valid =
                kind == FactorKind.EMAIL
                        ? lifetime.orElseGet(() -> settings.mailLifetime(at.tx(), at.org()))
                        : EnrolOptions.STANDARD_LIFETIME;
        put(at, factor, code, valid);
        at.tx().emit(events.sent(at.user(), factor.enrolment(), first, valid));
        Instant now = at.now();
        return factor.with(
                new Factor.Code(hashes.of(purpose(at, factor), code), null, now, now.plus(valid)));
    }

    private void put(FactorContext at, Factor factor, String code, Duration valid) {
        switch (kind) {
            case EMAIL ->
                    outbox.put(
                            at.tx(),
                            at.org(),
                            Mail.factorCode(
                                    Destinations.recipient(
                                            at.user(),
                                            factor.enrolment().fact("email").orElseThrow()),
                                    code,
                                    valid));
            case SMS, CALL ->
                    outbox.put(
                            at.tx(),
                            at.org(),
                            PhoneMessage.code(
                                    kind == FactorKind.SMS ? Channel.SMS : Channel.CALL,
                                    String.valueOf(factor.destination()),
                                    Recipient.language(at.user().profile().document()),
                                    code));
            case QUESTION, TOTP, PUSH, GOOGLE, HOTP, WEBAUTHN, YUBIKEY ->
                    throw new IllegalStateException(kind + " sends no code");
        }
    }

    private Duration pause() {
        return Duration.ofSeconds(kind == FactorKind.EMAIL ? 5 : 30);
    }

    private String tooSoonCode() {
        if (kind == FactorKind.EMAIL) {
            return "E0000118";
        }
        return kind == FactorKind.SMS ? "E0000109" : "E0000133";
    }

    @Override
    public Verdict check(FactorContext at, Factor factor, Shown shown) {
        Factor.@Nullable Code code = factor.code();
        String given = shown.proof().passCode();
        boolean right =
                code != null
                        && code.hash() != null
                        && given != null
                        && given.length() <= LONGEST_CODE
                        && at.now().isBefore(code.expires())
                        && hashes.matches(purpose(at, factor), given, code.hash());
        return right
                ? new Verdict.Right(spent(factor))
                : new Verdict.Wrong(FactorMethod.wrongCode());
    }

    /** When it was sent still counts: a used code is no reason for the next one to come sooner. */
    private static Factor spent(Factor factor) {
        Factor.@Nullable Code code = factor.code();
        return code == null
                ? factor
                : factor.with(new Factor.Code(null, null, code.sent(), code.sent()));
    }

    private static Purpose purpose(FactorContext at, Factor factor) {
        return new Purpose(at.org().number(), FIELD, factor.id());
    }
}
