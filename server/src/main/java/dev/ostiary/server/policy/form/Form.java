package dev.ostiary.server.policy.form;

import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Way;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What one JSON value has to be like. Immutable and thread-safe. */
public sealed interface Form permits Plain, Listed, Fields, Choice {

    /** {@code true} or {@code false}. */
    Form FLAG = new Plain.Flag();

    /** A text of at most 1024 characters. */
    Form TEXT = new Plain.Text(0, 1024);

    /** A date and time (P7). */
    Form MOMENT = new Plain.Moment();

    /** A length of time in the form of ISO 8601, such as {@code PT2H} or {@code P30D}. */
    Form DURATION = new Plain.Length();

    /**
     * The value as it is kept: a copy with what the client left out, and without what the form does
     * not know (P3). What is wrong is told to the reading, and the result is empty.
     */
    Optional<JsonNode> read(JsonNode node, Path at, Reading reading);

    /** What such a value looks like in bodies, or in answers. */
    Schema schema(Way way);

    /** One of these texts. */
    static Form words(String... words) {
        return new Plain.Words(List.of(words), false, false);
    }

    /**
     * One of these texts.
     *
     * @param older what some were called before; kept under the name of now
     */
    static Form wordsOnceCalled(Map<String, String> older, String... words) {
        return new Plain.OnceCalled(Map.copyOf(older), List.of(words));
    }

    /** One of these texts, in any case; it is kept in the case that stands here. */
    static Form anyCase(String... words) {
        return new Plain.Words(List.of(words), true, false);
    }

    /** One of these texts, in any case; it is kept as it was written. */
    static Form caseless(String... words) {
        return new Plain.Words(List.of(words), true, true);
    }

    /** A whole number within these bounds. */
    static Form whole(int least, int most) {
        return new Plain.Whole(least, most);
    }

    /** A text with a number of characters within these bounds. */
    static Form text(int least, int most) {
        return new Plain.Text(least, most);
    }

    /** An array of at most so many such values. */
    static Form list(Form item, int most) {
        return new Listed(item, most, false);
    }

    /** The same; a single value that stands there instead of an array means an array of it. */
    static Form listOrOne(Form item, int most) {
        return new Listed(item, most, true);
    }

    /** An object; its properties follow. */
    static Fields object() {
        return new Fields(List.of());
    }
}
