package dev.ostiary.server.directory.grouprules;

import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.server.directory.grouprules.SweepStore.Sweep;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * How far an org's rules have been applied to its users.
 *
 * @param running whether there are users who were not reached yet
 * @param evaluated how many were reached since the last beginning
 * @param started when it last began; null if it never did
 */
record SweepProgress(boolean running, long evaluated, @Nullable Instant started) {

    static final Schema SCHEMA =
            Schema.object("GroupRuleProgress")
                    .always("running", Schema.BOOLEAN)
                    .always("evaluated", Schema.INTEGER)
                    .maybe("started", Schema.MOMENT);

    static SweepProgress of(Optional<Sweep> sweep) {
        return sweep.map(
                        found ->
                                new SweepProgress(
                                        !found.aftermath(), found.evaluated(), found.started()))
                .orElse(new SweepProgress(false, 0, null));
    }

    void write(JsonGenerator out) {
        out.writeStartObject();
        out.writeBooleanProperty("running", running);
        out.writeNumberProperty("evaluated", evaluated);
        if (started != null) {
            out.writeStringProperty("started", Dates.text(started));
        }
        out.writeEndObject();
    }
}
