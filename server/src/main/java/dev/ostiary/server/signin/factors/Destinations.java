package dev.ostiary.server.signin.factors;

import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.query.CaseFold;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.delivery.Recipient;
import dev.ostiary.server.directory.users.User;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where codes may go: to one of a user's own mail addresses, and to one phone number (Factors,
 * "Existing phone" and "Invalid email address response"). Thread-safe.
 */
final class Destinations {

    private static final String SUBJECT = "factorEnrollRequest";

    private final FactorStore store;

    Destinations(FactorStore store) {
        this.store = store;
    }

    /**
     * The address that is meant: the primary one where none is named.
     *
     * @throws ApiException {@code E0000001} for an address that is not the user's
     */
    String address(User user, @Nullable String wanted) {
        List<String> own =
                Stream.of("email", "secondEmail")
                        .map(name -> text(user, name))
                        .flatMap(Optional::stream)
                        .toList();
        return own.stream()
                .filter(each -> wanted == null || folded(each).equals(folded(wanted)))
                .findFirst()
                .orElseThrow(
                        () ->
                                ApiException.of("E0000001", "")
                                        .saying(
                                                "Api validation failed: Only verified primary or"
                                                        + " secondary email can be enrolled."));
    }

    static String folded(String address) {
        return CaseFold.fold(address);
    }

    /** Whom a mail to an address of the user is for. */
    static Recipient recipient(User user, String address) {
        return new Recipient(
                address,
                text(user, "firstName").orElse(""),
                user.login(),
                Recipient.language(user.profile().document()));
    }

    private static Optional<String> text(User user, String name) {
        ObjectNode profile = user.profile().document();
        return Optional.ofNullable(profile.get(name))
                .filter(value -> value.isString() && !value.stringValue().isBlank())
                .map(value -> value.stringValue());
    }

    /**
     * The number that is meant.
     *
     * @param before the row of the kind, if there is one that is not active
     * @param update whether another number than the known one may take its place
     * @throws ApiException {@code E0000001} if another one is known, or none is
     */
    PhoneNumber number(
            FactorContext at,
            FactorKind kind,
            Optional<Factor> before,
            NewFactor.Profile profile,
            boolean update) {
        Optional<PhoneNumber> known =
                before.or(() -> verified(at.tx(), at.user(), kind)).map(Destinations::number);
        String written = profile.phoneNumber();
        if (written == null || written.isBlank()) {
            return known.orElseThrow(
                    () ->
                            ApiException.validation(
                                    SUBJECT, "phoneNumber: The field cannot be left blank"));
        }
        PhoneNumber number = PhoneNumber.of(written, profile.phoneExtension());
        boolean another =
                before.map(Destinations::number)
                        .filter(old -> !old.number().equals(number.number()))
                        .isPresent();
        if (another && !update) {
            throw ApiException.validation(SUBJECT, "There is an existing verified phone number.");
        }
        return kind == FactorKind.CALL ? number : new PhoneNumber(number.number(), null);
    }

    private static PhoneNumber number(Factor factor) {
        return new PhoneNumber(
                factor.enrolment().fact("phoneNumber").orElseThrow(),
                factor.enrolment().fact("phoneExtension").orElse(null));
    }

    /** A phone that was proven for the other way of reaching it. */
    private Optional<Factor> verified(Reader reader, User user, FactorKind kind) {
        return store.of(reader, user.id()).stream()
                .filter(each -> each.enrolment().kind() != kind)
                .filter(
                        each ->
                                each.enrolment().kind() == FactorKind.SMS
                                        || each.enrolment().kind() == FactorKind.CALL)
                .filter(each -> each.enrolment().status() != FactorStatus.PENDING_ACTIVATION)
                .findFirst();
    }
}
