package dev.ostiary.server.oauth.authorize;

import dev.ostiary.server.policy.assurance.Lack;
import dev.ostiary.server.policy.assurance.Proven;
import dev.ostiary.server.policy.assurance.Requirement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How surely a client wants to know who somebody is (OpenID Connect API, {@code acr_values}; guide
 * "Step-up authentication"). One of the values has to be met, and stands in the tokens then; a
 * value that is not known counts as not said.
 *
 * @param values those that are known, in the order in which they were said
 */
record Assurance(List<String> values) {

    private static final String IF_POSSIBLE = "urn:okta:loa:2fa:any:ifpossible";
    private static final Optional<Lack> NONE = Optional.empty();

    Assurance {
        values = values.stream().filter(value -> requirement(value).isPresent()).toList();
    }

    private static Optional<Requirement> requirement(String value) {
        return switch (value) {
            case "urn:okta:loa:1fa:any" -> Optional.of(Requirement.one(Optional.empty()));
            case "urn:okta:loa:1fa:pwd" -> Optional.of(Requirement.password());
            case "urn:okta:loa:2fa:any" -> Optional.of(Requirement.two(Optional.empty()));
            case IF_POSSIBLE -> Optional.of(Requirement.one(Optional.empty()));
            case "phr" -> Optional.of(Requirement.phishingResistant());
            case "phrh" -> Optional.of(Requirement.phishingResistantHardware());
            default -> Optional.empty();
        };
    }

    /** What is to be proven next; nothing where one is met. */
    Optional<Lack> lacking(Proven proven, Instant now) {
        return values.stream()
                .flatMap(value -> requirement(value).stream())
                .reduce(Requirement::or)
                .map(all -> all.lacking(proven, now, Instant.MAX))
                .orElse(NONE);
    }

    /** A second factor that is asked for from whoever has one, and from nobody else. */
    Optional<Lack.Factor> wished(Proven proven, Instant now) {
        return values.equals(List.of(IF_POSSIBLE))
                ? Requirement.two(Optional.empty())
                        .lacking(proven, now, Instant.MAX)
                        .filter(Lack.Factor.class::isInstance)
                        .map(Lack.Factor.class::cast)
                : Optional.empty();
    }

    /** The first that is met: what tokens say. */
    Optional<String> met(Proven proven, Instant now) {
        return values.stream()
                .filter(
                        value ->
                                requirement(value)
                                        .filter(
                                                it ->
                                                        it.lacking(proven, now, Instant.MAX)
                                                                .isEmpty())
                                        .isPresent())
                .findFirst();
    }
}
