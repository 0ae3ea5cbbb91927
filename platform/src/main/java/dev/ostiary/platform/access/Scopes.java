package dev.ostiary.platform.access;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * The scopes that an access token carries, and what they let it do (P21). {@code manage} includes
 * {@code read}; {@code .self} reaches no further than the user for whom the token is (guide
 * "Implement OAuth for Okta", "Scope naming"). Immutable.
 *
 * @param granted as the token names them
 */
public record Scopes(Set<String> granted) {

    private static final String READ = ".read";
    private static final String REGISTER = ".register";
    private static final String MANAGE = ".manage";
    private static final String SELF = ".self";

    /** How far scopes reach. */
    public enum Reach {
        /** Not as far as the operation. */
        NOWHERE,
        /** To the token's own user. */
        SELF,
        /** To whatever the caller's roles reach. */
        EVERYWHERE
    }

    public Scopes {
        granted = Set.copyOf(granted);
    }

    /** These scopes. */
    public static Scopes of(Collection<String> granted) {
        return new Scopes(Set.copyOf(granted));
    }

    /**
     * How far they reach into an operation.
     *
     * @param needed what the operation asks for, all of it; an operation that asks for nothing is
     *     none for access tokens
     */
    public Reach reach(Set<String> needed) {
        if (needed.isEmpty()) {
            return Reach.NOWHERE;
        }
        if (needed.stream().allMatch(this::covers)) {
            return Reach.EVERYWHERE;
        }
        return needed.stream().allMatch(scope -> covers(scope) || coversOwn(scope))
                ? Reach.SELF
                : Reach.NOWHERE;
    }

    private boolean covers(String scope) {
        return granted.contains(scope) || wider(scope).filter(granted::contains).isPresent();
    }

    private boolean coversOwn(String scope) {
        return granted.contains(scope + SELF)
                || wider(scope).map(wide -> wide + SELF).filter(granted::contains).isPresent();
    }

    /** The scope that includes this one, if there is one. */
    private static Optional<String> wider(String scope) {
        for (String narrow : new String[] {READ, REGISTER}) {
            if (scope.endsWith(narrow)) {
                return Optional.of(scope.substring(0, scope.length() - narrow.length()) + MANAGE);
            }
        }
        return Optional.empty();
    }
}
