package dev.ostiary.server.signin.registration;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What becomes of a registration. */
public sealed interface Judgment {

    /** The user may be made, with this profile. */
    record Admitted(ObjectNode profile) implements Judgment {}

    /**
     * The user is not made.
     *
     * @param causes for people; none where nobody has said why
     */
    record Refused(List<Cause> causes) implements Judgment {
        public Refused {
            causes = List.copyOf(causes);
        }
    }

    /**
     * Why not.
     *
     * @param attribute of which something is wrong; empty for all of it
     * @param words of the org's service
     */
    record Cause(String attribute, String words) {}
}
