package dev.ostiary.platform.event;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies of immutable collections with one more element; maps keep their order and nulls. */
final class Additions {

    private Additions() {}

    static Map<String, @Nullable Object> with(
            Map<String, @Nullable Object> map, String name, @Nullable Object value) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>(map);
        copy.put(name, value);
        return Collections.unmodifiableMap(copy);
    }

    static <T> List<T> with(List<T> list, T element) {
        List<T> copy = new ArrayList<>(list);
        copy.add(element);
        return Collections.unmodifiableList(copy);
    }
}
