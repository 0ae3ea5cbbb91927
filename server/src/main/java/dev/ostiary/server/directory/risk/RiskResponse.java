package dev.ostiary.server.directory.risk;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.org.Org;
import dev.ostiary.server.directory.users.User;
import java.util.List;

/** What an org does about users who are found to be at risk. Implementations are thread-safe. */
@FunctionalInterface
public interface RiskResponse {

    /** Nothing. */
    RiskResponse NONE = (org, user, risk) -> new Answer(List.of(), false);

    /** How a risk was found (schema {@code DetectedRiskEvents}). */
    enum Detection {
        ADMIN_REPORTED_USER_RISK("Admin Reported User Risk");

        private final String title;

        Detection(String title) {
            this.title = title;
        }

        /** As the log calls it. */
        String title() {
            return title;
        }
    }

    /**
     * What was found.
     *
     * @param level {@code LOW}, {@code MEDIUM} or {@code HIGH}
     */
    record Found(String level, Detection detection) {}

    /**
     * What is done.
     *
     * @param events what the log says of it
     * @param signsOut whether the user is signed out everywhere
     */
    record Answer(List<Event> events, boolean signsOut) {
        public Answer {
            events = List.copyOf(events);
        }
    }

    /**
     * What is to be done about a user. May ask the database: not to be called in a transaction.
     *
     * @param user as it is
     */
    Answer to(Org org, User user, Found risk);
}
