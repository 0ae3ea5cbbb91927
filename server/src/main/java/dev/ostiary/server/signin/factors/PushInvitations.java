package dev.ostiary.server.signin.factors;

import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.server.delivery.Mail;
import dev.ostiary.server.delivery.MessageOutbox;
import dev.ostiary.server.delivery.PhoneMessage;
import dev.ostiary.server.delivery.Recipient;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Sends devices the way here ("Send activation links"), while they are waited for. A phone is sent
 * one in half a minute, whatever its number: whoever signs in names it. Thread-safe.
 *
 * @param method knows the way
 * @param outbox takes messages
 */
record PushInvitations(FactorStore store, PushMethod method, MessageOutbox outbox) {

    /**
     * Sends one; gives the factor, which is held, as it is afterwards.
     *
     * @throws ApiException {@code E0000107} where no device is waited for, {@code E0000109} where
     *     it is too soon
     */
    Factor send(FactorContext at, Factor factor, Invitation invitation) {
        if (factor.enrolment().active() || PushMethod.expired(factor, at.now())) {
            throw ApiException.of("E0000107");
        }
        return switch (invitation) {
            case Invitation.ByMail mail -> mail(at, factor);
            case Invitation.BySms(Optional<String> number) -> sms(at, factor, number);
        };
    }

    private Factor mail(FactorContext at, Factor factor) {
        String address = new Destinations(store).address(at.user(), null);
        outbox.put(
                at.tx(),
                at.org(),
                Mail.pushActivation(
                        Destinations.recipient(at.user(), address),
                        link(at, factor),
                        PushMethod.ACTIVATION));
        return factor;
    }

    private Factor sms(FactorContext at, Factor factor, Optional<String> number) {
        if (PushMethod.pausing(factor, at.now()).isPresent()) {
            throw ApiException.of("E0000109");
        }
        NewFactor.Profile wanted =
                new NewFactor.Profile(null, null, number.orElse(null), null, null, null);
        Optional<Factor> known =
                store.of(at.tx(), at.user().id()).stream()
                        .filter(each -> each.enrolment().kind() == FactorKind.SMS)
                        .findFirst();
        PhoneNumber to = new Destinations(store).number(at, FactorKind.SMS, known, wanted, true);
        outbox.put(
                at.tx(),
                at.org(),
                PhoneMessage.activation(
                        to.number(),
                        Recipient.language(at.user().profile().document()),
                        link(at, factor)));
        Instant expires = Objects.requireNonNull(factor.code()).expires();
        Factor sent = factor.with(new Factor.Code(null, null, at.now(), expires));
        store.save(at.tx(), sent);
        return sent;
    }

    private String link(FactorContext at, Factor factor) {
        return link(at.baseUrl(), method.code(at, factor));
    }

    /** What the QR code says, too. */
    static String link(String baseUrl, String code) {
        return baseUrl + "/ostiary/v1/push/devices?code=" + code;
    }
}
