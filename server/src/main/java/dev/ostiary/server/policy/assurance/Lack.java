package dev.ostiary.server.policy.assurance;

import java.util.Set;

/** What is to be proven next by somebody who has not proven enough. */
public sealed interface Lack {

    /** The password, by signing in again. */
    record Password() implements Lack {}

    /** A factor: one of these. */
    record Factor(Set<Method> methods) implements Lack {
        public Factor {
            methods = Set.copyOf(methods);
        }
    }

    /** Something that nobody here can prove. */
    record Impossible() implements Lack {}
}
