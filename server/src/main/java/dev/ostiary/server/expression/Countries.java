package dev.ostiary.server.expression;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The countries of ISO 3166-1 and what the functions about them give. Immutable. */
final class Countries {

    private static final Countries ALL = load();

    private final Map<String, Codes> byAnyName;

    private record Codes(String alpha2, String alpha3, String numeric, String name) {}

    private Countries(Map<String, Codes> byAnyName) {
        this.byAnyName = Map.copyOf(byAnyName);
    }

    private static Countries load() {
        Map<String, Codes> byAnyName = new HashMap<>();
        try (InputStream in = Countries.class.getResourceAsStream("countries.txt")) {
            if (in == null) {
                throw new IllegalStateException("the list of countries is missing");
            }
            for (String line :
                    new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList()) {
                String[] codes = line.split(" ");
                String name = Locale.of("", codes[0]).getDisplayCountry(Locale.ENGLISH);
                Codes country = new Codes(codes[0], codes[1], codes[2], name);
                for (String any : List.of(codes[0], codes[1], codes[2], name)) {
                    byAnyName.put(any.toUpperCase(Locale.ROOT), country);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Countries(byAnyName);
    }

    static Value value(CountryFunction function, List<Value> given) {
        Value first = given.getFirst();
        if (Values.isBlank(first)) {
            return Value.NOTHING;
        }
        Codes country = ALL.find(Values.text(first));
        return switch (function) {
            case TO_ALPHA2, ALPHA2_OF -> new Value.Text(country.alpha2());
            case TO_ALPHA3, ALPHA3_OF -> new Value.Text(country.alpha3());
            case TO_NUMERIC, NUMERIC_OF -> new Value.Text(country.numeric());
            case TO_NAME, NAME_OF -> new Value.Text(country.name());
            case PARSE -> new Value.Country(country.alpha2());
        };
    }

    private Codes find(String text) {
        return Optional.ofNullable(byAnyName.get(text.strip().toUpperCase(Locale.ROOT)))
                .orElseThrow(() -> new Failure("A text is no country"));
    }
}
