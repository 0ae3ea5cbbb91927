package dev.ostiary.server.expression;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Every function by its names. Immutable. */
final class Library {

    /** The only one there is. */
    static final Library ALL = new Library();

    private final Map<String, Function> byName = new HashMap<>();
    private final Map<String, List<Candidate>> byMethod = new HashMap<>();

    /** A function that is a method of what a type says. */
    private record Candidate(Signature.Want of, Function function) {}

    private Library() {
        functions()
                .forEach(
                        function -> {
                            for (String name : function.spelling().names()) {
                                byName.put(name, function);
                            }
                            for (Function.Method method : function.spelling().methods()) {
                                byMethod.computeIfAbsent(method.name(), _ -> new ArrayList<>())
                                        .add(new Candidate(method.of(), function));
                            }
                        });
    }

    static Stream<Function> functions() {
        return Stream.of(
                        TextFunction.values(),
                        ArrayFunction.values(),
                        ConversionFunction.values(),
                        CountryFunction.values(),
                        TimeFunction.values(),
                        MomentFunction.values(),
                        GroupFunction.values(),
                        PersonFunction.values())
                .flatMap(Stream::of);
    }

    /** By the whole of a name, such as {@code String.len}. */
    Optional<Function> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /**
     * By the name of a method. A text is a list too, with commas between, and may say a time: but
     * first of all it is a text, whose functions are declared first.
     */
    Optional<Function> method(Type of, String name) {
        return byMethod.getOrDefault(name, List.of()).stream()
                .filter(candidate -> candidate.of().takes(of))
                .map(Candidate::function)
                .findFirst();
    }
}
