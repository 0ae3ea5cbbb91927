package dev.ostiary.server.signin.flow;

import dev.ostiary.server.signin.factors.Enrolment;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What a state shows of factors. */
public sealed interface Showing {

    /** Nothing. */
    record Nothing() implements Showing {}

    /** What can be verified. */
    record Choices(List<Enrolment> factors) implements Showing {
        public Choices {
            factors = List.copyOf(factors);
        }
    }

    /**
     * What was asked for.
     *
     * @param factor the factor
     * @param challenge what is to be answered, where something is; empty otherwise
     */
    record Challenge(Enrolment factor, Optional<ObjectNode> challenge) implements Showing {}

    /**
     * Security keys that were asked for together, any of which may answer.
     *
     * @param challenge what is to be signed; empty once that is over
     */
    record AnyKey(List<Enrolment> keys, Optional<ObjectNode> challenge) implements Showing {
        public AnyKey {
            keys = List.copyOf(keys);
        }
    }

    /** What can be enrolled. */
    record Offers(List<Offer> offers) implements Showing {
        public Offers {
            offers = List.copyOf(offers);
        }
    }

    /**
     * What was enrolled and waits.
     *
     * @param factor the factor
     * @param activation what is needed for it
     */
    record Activation(Enrolment factor, Optional<ObjectNode> activation) implements Showing {}
}
