package dev.ostiary.server.federation.saml;

import dev.ostiary.server.policy.assurance.Lack;
import dev.ostiary.server.policy.assurance.Proven;
import dev.ostiary.server.policy.assurance.Requirement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * How surely a service wants to know who somebody is (SAML 2.0 Core, 3.3.2.2.1): by one of some
 * classes, which the assertion names then. Immutable.
 *
 * <p>A class that is known asks for what it means; that which the app is set to tell is told of
 * whoever is signed in, as without a request; any other cannot be met. Proofs only ever add up, so
 * at least a class ({@code minimum}), exactly it and at most it ask for the same; better than all
 * that are named is the next stronger of the own ones.
 *
 * @param classes in the order in which they are wanted
 */
record RequestedContext(List<String> classes) {

    private static final int MOST = 50;
    private static final String PASSWORD = "urn:oasis:names:tc:SAML:2.0:ac:classes:Password";
    private static final String ANY = "urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified";
    private static final Requirement NOTHING = new Requirement(List.of());

    /** From the weakest, what a service is told that wants better than something. */
    private static final List<String> LADDER =
            List.of(ANY, Names.PASSWORD_OVER_TLS, "urn:okta:loa:2fa:any", "phr");

    RequestedContext {
        classes = List.copyOf(classes);
    }

    /** What a request for an assertion wants; nothing where it does not say. */
    static Optional<RequestedContext> of(Element request) {
        return XmlDocuments.child(request, Names.PROTOCOL, "RequestedAuthnContext")
                .map(
                        wanted -> {
                            List<String> named = named(wanted);
                            return new RequestedContext(
                                    wanted.getAttribute("Comparison").equals("better")
                                            ? better(named)
                                            : named);
                        });
    }

    private static List<String> named(Element wanted) {
        List<String> named = new ArrayList<>();
        for (Node node = wanted.getFirstChild();
                node != null && named.size() < MOST;
                node = node.getNextSibling()) {
            if (node instanceof Element element
                    && Names.ASSERTION.equals(element.getNamespaceURI())
                    && "AuthnContextClassRef".equals(element.getLocalName())) {
                named.add(element.getTextContent().strip());
            }
        }
        return named;
    }

    private static List<String> better(List<String> named) {
        int strongest =
                named.stream()
                        .mapToInt(each -> requirement(each).map(RequestedContext::rank).orElse(99))
                        .max()
                        .orElse(0);
        return LADDER.stream().skip(strongest + 1L).toList();
    }

    private static int rank(Requirement requirement) {
        for (int rank = LADDER.size() - 1; rank > 0; rank--) {
            if (requirement(LADDER.get(rank)).filter(requirement::equals).isPresent()) {
                return rank;
            }
        }
        return requirement.equals(NOTHING) ? 0 : 1;
    }

    /** What a class asks for; nothing for one that is not known. */
    private static Optional<Requirement> requirement(String name) {
        return switch (name) {
            case ANY -> Optional.of(NOTHING);
            case "urn:okta:loa:1fa:any" -> Optional.of(Requirement.one(Optional.empty()));
            case PASSWORD, Names.PASSWORD_OVER_TLS, "urn:okta:loa:1fa:pwd" ->
                    Optional.of(Requirement.password());
            case "urn:okta:loa:2fa:any",
                    "https://refeds.org/profile/mfa",
                    "http://schemas.microsoft.com/claims/multipleauthn",
                    "urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract",
                    "urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorUnregistered" ->
                    Optional.of(Requirement.two(Optional.empty()));
            case "phr" -> Optional.of(Requirement.phishingResistant());
            default -> Optional.empty();
        };
    }

    private static Stream<Requirement> requirement(String name, String told) {
        return requirement(name)
                .or(() -> Optional.of(NOTHING).filter(it -> name.equals(told)))
                .stream();
    }

    /**
     * What is to be proven next; nothing where a class is met.
     *
     * @param told the class that the app is set to tell
     */
    Optional<Lack> lacking(String told, Proven proven, Instant now) {
        List<Requirement> known =
                classes.stream().flatMap(name -> requirement(name, told)).toList();
        return known.isEmpty()
                ? Optional.of(new Lack.Impossible())
                : known.stream().anyMatch(NOTHING::equals)
                        ? Optional.empty()
                        : known.stream()
                                .reduce(Requirement::or)
                                .flatMap(all -> all.lacking(proven, now, Instant.MAX));
    }

    /** The first class that is met. */
    Optional<String> met(String told, Proven proven, Instant now) {
        return classes.stream()
                .filter(
                        name ->
                                requirement(name, told)
                                        .anyMatch(
                                                it ->
                                                        it.lacking(proven, now, Instant.MAX)
                                                                .isEmpty()))
                .findFirst();
    }
}
