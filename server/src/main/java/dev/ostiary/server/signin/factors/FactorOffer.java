package dev.ostiary.server.signin.factors;

import java.util.List;
import java.util.Optional;

/**
 * A kind of factor that a user may enrol, or has enrolled (Factors, "List Factors to enroll").
 *
 * @param kind what
 * @param enrolled the user's own of the kind, if there is one
 * @param phones numbers of the user that are known, of kinds that have one
 */
public record FactorOffer(FactorKind kind, Optional<Enrolment> enrolled, List<Enrolment> phones) {

    public FactorOffer {
        phones = List.copyOf(phones);
    }
}
