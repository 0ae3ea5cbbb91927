package dev.ostiary.platform.context;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import org.jspecify.annotations.Nullable;

/** Picks the language of messages and mails from {@code Accept-Language} (P15). */
public final class AcceptLanguage {

    private static final int MAX_HEADER = 500;
    private static final int MAX_RANGES = 20;

    private AcceptLanguage() {}

    /**
     * The best of the available languages.
     *
     * <p>The header's ranges count by their weight. Each is looked up as RFC 4647 (3.4) says, from
     * the most to the least specific ({@code de-CH} finds {@code de}); what finds nothing so may
     * still find a variant of the same language ({@code pt} finds {@code pt-BR}). A header that is
     * missing, malformed, too long or without a match gives the fallback.
     *
     * @param header the value of the header, or null
     * @param available BCP 47 tags, in the order in which variants are preferred
     * @param fallback what is always there
     */
    public static String pick(@Nullable String header, List<String> available, String fallback) {
        if (header == null || header.isBlank() || header.length() > MAX_HEADER) {
            return fallback;
        }
        List<LanguageRange> ranges;
        try {
            ranges = LanguageRange.parse(header);
        } catch (IllegalArgumentException malformed) {
            return fallback;
        }
        List<LanguageRange> wanted = new ArrayList<>();
        for (LanguageRange range : ranges) {
            if (wanted.size() < MAX_RANGES && range.getWeight() > 0) {
                wanted.add(range);
            }
        }
        for (LanguageRange range : wanted) {
            String found = find(range, available);
            if (found != null) {
                return found;
            }
        }
        return fallback;
    }

    private static @Nullable String find(LanguageRange range, List<String> available) {
        String exact = Locale.lookupTag(List.of(range), available);
        if (exact != null) {
            return available.stream().filter(exact::equalsIgnoreCase).findFirst().orElse(exact);
        }
        String language = Locale.forLanguageTag(range.getRange()).getLanguage();
        if (language.isEmpty()) {
            return null;
        }
        return available.stream()
                .filter(tag -> Locale.forLanguageTag(tag).getLanguage().equals(language))
                .findFirst()
                .orElse(null);
    }
}
