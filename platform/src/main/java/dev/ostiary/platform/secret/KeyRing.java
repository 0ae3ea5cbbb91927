package dev.ostiary.platform.secret;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The master keys of an installation: the first one, the current, encrypts whatever is written from
 * now on; the others still read what they once encrypted. A rotation puts a new key in front,
 * re-encrypts all that is stored, and then the old keys can go.
 *
 * <p>Immutable and thread-safe.
 */
public final class KeyRing {

    private final Map<String, MasterKey> byId;
    private final MasterKey current;

    private KeyRing(List<MasterKey> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("no master key was given");
        }
        Map<String, MasterKey> map = new LinkedHashMap<>();
        for (MasterKey key : keys) {
            MasterKey before = map.putIfAbsent(key.id(), key);
            if (before != null) {
                throw new IllegalArgumentException("master key " + key.id() + " is given twice");
            }
        }
        this.byId = map;
        this.current = keys.getFirst();
    }

    /** A ring of these keys; the first is the current one. */
    public static KeyRing of(MasterKey current, MasterKey... older) {
        List<MasterKey> keys = new ArrayList<>();
        keys.add(current);
        keys.addAll(List.of(older));
        return new KeyRing(keys);
    }

    /**
     * Reads keys from text, as an environment variable or a key file gives them: separated by white
     * space or commas, the current one first; a line that starts with {@code #} is a comment.
     *
     * @throws IllegalArgumentException in one clear line that repeats nothing of the text
     */
    public static KeyRing parse(String text) {
        List<MasterKey> keys = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (line.strip().startsWith("#")) {
                continue;
            }
            for (String word : line.strip().split("[\\s,]+")) {
                if (!word.isEmpty()) {
                    keys.add(MasterKey.parse(word));
                }
            }
        }
        return new KeyRing(keys);
    }

    /** The text form for the key file. Secret. */
    String text() {
        StringBuilder text =
                new StringBuilder(
                        "# Ostiary master keys; the first encrypts, all decrypt. Secret.\n");
        byId.values().forEach(key -> text.append(key.text()).append('\n'));
        return text.toString();
    }

    /** The key that encrypts. */
    public MasterKey current() {
        return current;
    }

    /** All keys, the current one first. */
    public List<MasterKey> keys() {
        return List.copyOf(byId.values());
    }

    /** The key of this id, or null if the ring lacks it. */
    public @Nullable MasterKey find(String id) {
        return byId.get(id);
    }

    /** A ring with a new current key; all keys of this one still decrypt. */
    public KeyRing rotatedTo(MasterKey next) {
        List<MasterKey> keys = new ArrayList<>();
        keys.add(next);
        keys.addAll(byId.values());
        return new KeyRing(keys);
    }

    /** A ring of the current key alone, for when nothing stored needs the others any more. */
    public KeyRing withoutOlder() {
        return of(current);
    }

    @Override
    public String toString() {
        return "KeyRing" + byId.keySet();
    }
}
