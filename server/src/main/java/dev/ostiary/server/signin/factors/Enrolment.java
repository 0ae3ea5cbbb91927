package dev.ostiary.server.signin.factors;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A factor of a user, without anything secret. Immutable.
 *
 * @param id public id, such as {@code ufs…}
 * @param userId whose it is
 * @param kind what it is
 * @param vendorName who the user is told provides it
 * @param status where it stands
 * @param created when it was begun
 * @param lastUpdated when it last changed
 * @param profile what the wire shows of it, in the wire's order
 */
public record Enrolment(
        String id,
        String userId,
        FactorKind kind,
        String vendorName,
        FactorStatus status,
        Instant created,
        Instant lastUpdated,
        Map<String, String> profile) {

    private static final List<String> ORDER =
            List.of(
                    "question",
                    "questionText",
                    "phoneNumber",
                    "phoneExtension",
                    "email",
                    "credentialId",
                    "deviceType",
                    "name",
                    "platform",
                    "version",
                    "authenticatorName");

    public Enrolment {
        Map<String, String> ordered = new LinkedHashMap<>();
        for (String name : ORDER) {
            if (profile.containsKey(name)) {
                ordered.put(name, profile.get(name));
            }
        }
        if (ordered.size() != profile.size()) {
            throw new IllegalArgumentException("unknown: " + profile.keySet());
        }
        profile = Collections.unmodifiableMap(ordered);
    }

    /** Whether it proves something. */
    public boolean active() {
        return status == FactorStatus.ACTIVE;
    }

    /** A value of the profile. */
    public Optional<String> fact(String name) {
        return Optional.ofNullable(profile.get(name));
    }

    Enrolment in(FactorStatus next, Instant moment) {
        return new Enrolment(id, userId, kind, vendorName, next, created, moment, profile);
    }

    Enrolment by(String vendor) {
        return new Enrolment(id, userId, kind, vendor, status, created, lastUpdated, profile);
    }

    Enrolment with(Map<String, String> facts, Instant moment) {
        return new Enrolment(id, userId, kind, vendorName, status, created, moment, facts);
    }
}
