package dev.ostiary.server.customization.brands;

import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.json.Way;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** Values of themes, refused in the words of the reference (Brands, "Update Theme"). */
final class ThemeTypes {

    static final String BLACK = "#000000";
    static final String WHITE = "#ffffff";

    /** A colour in six hexadecimal digits. */
    static final Type<String> COLOUR = new Colour();

    /** Black or white. */
    static final Type<String> CONTRAST = oneOf(BLACK, WHITE);

    private ThemeTypes() {}

    /** One of these words. */
    static Type<String> oneOf(String... words) {
        return new Word(List.of(words));
    }

    /**
     * Black or white, whichever can be read better on a colour (WCAG 2.1, "contrast ratio": the two
     * are equally good at a relative luminance of 0.179).
     */
    static String contrastOf(String colour) {
        int rgb = Integer.parseInt(colour.substring(1), 16);
        double luminance =
                0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
        return luminance > 0.179 ? BLACK : WHITE;
    }

    private static double linear(int channel) {
        double value = (channel & 0xff) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    private record Colour() implements Type<String> {
        private static final Pattern FORM = Pattern.compile("#[0-9A-Fa-f]{6}");

        @Override
        public Schema schema(Way way) {
            return Schema.TEXT;
        }

        @Override
        public Optional<String> read(JsonNode node, Path at, Reading reading) {
            Optional<String> text = Type.TEXT.read(node, at, reading);
            return text.isEmpty() || FORM.matcher(text.get()).matches()
                    ? text
                    : reading.wrong(at, "Invalid color hex: " + shown(text.get()) + ".");
        }

        @Override
        public void write(JsonGenerator out, String value) {
            out.writeString(value);
        }
    }

    private record Word(List<String> words) implements Type<String> {
        @Override
        public Schema schema(Way way) {
            return Schema.words(words.toArray(String[]::new));
        }

        @Override
        public Optional<String> read(JsonNode node, Path at, Reading reading) {
            Optional<String> text = Type.TEXT.read(node, at, reading);
            return text.isEmpty() || words.contains(text.get())
                    ? text
                    : reading.wrong(
                            at,
                            "'" + shown(text.get()) + "' is invalid. Valid values: " + words + ".");
        }

        @Override
        public void write(JsonGenerator out, String value) {
            out.writeString(value);
        }
    }

    /** As much of a wrong value as an error may repeat. */
    private static String shown(String text) {
        return text.length() <= 64 ? text : text.substring(0, 64);
    }
}
