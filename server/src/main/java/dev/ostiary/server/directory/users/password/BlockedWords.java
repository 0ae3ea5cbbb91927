package dev.ostiary.server.directory.users.password;

import dev.ostiary.server.expression.Expression;
import dev.ostiary.server.expression.Facts;
import dev.ostiary.server.expression.Group;
import dev.ostiary.server.expression.InvalidExpression;
import dev.ostiary.server.expression.Scope;
import dev.ostiary.server.expression.Value;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Words that an org does not want in passwords (schema {@code
 * PasswordPolicyPasswordSettingsComplexity}, {@code oelStatement}): a condition such as {@code
 * password.value.contains('acme')}. Immutable and thread-safe.
 */
final class BlockedWords {

    private BlockedWords() {}

    /** Whether a password is refused; one that nobody can judge any more refuses none. */
    static boolean areIn(String password, String condition) {
        try {
            return Expression.condition(condition, Scope.ofPasswords()).holds(new Chosen(password));
        } catch (InvalidExpression e) {
            return false;
        }
    }

    /** A password, of nobody and at no time. */
    private record Chosen(String password) implements Facts {

        @Override
        public Value variable(String name) {
            return Value.of(Map.of("value", new Value.Text(password)));
        }

        @Override
        public List<Group> groups() {
            return List.of();
        }

        @Override
        public Value internalProperty(String name) {
            return Value.NOTHING;
        }

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        /** Says nothing: it is a secret. */
        @Override
        public String toString() {
            return "Chosen[…]";
        }
    }
}
