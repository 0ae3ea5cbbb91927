package dev.ostiary.platform.json;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;

/** Escapes the characters that begin markup, beside those that JSON itself escapes. */
final class MarkupEscapes extends CharacterEscapes {

    private static final long serialVersionUID = 1L;

    private static final Map<Integer, SerializableString> ESCAPES =
            Map.of(
                    (int) '<', new SerializedString("\\u003c"),
                    (int) '>', new SerializedString("\\u003e"),
                    (int) '&', new SerializedString("\\u0026"));

    private final int[] ascii;

    MarkupEscapes() {
        ascii = standardAsciiEscapesForJSON();
        ascii['<'] = ESCAPE_CUSTOM;
        ascii['>'] = ESCAPE_CUSTOM;
        ascii['&'] = ESCAPE_CUSTOM;
    }

    @Override
    public int[] getEscapeCodesForAscii() {
        return ascii.clone();
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int character) {
        return ESCAPES.get(character);
    }
}
