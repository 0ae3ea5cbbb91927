package dev.ostiary.server.expression;

import dev.ostiary.platform.text.TextPattern;
import java.util.List;
import java.util.Locale;

/** What the functions of texts give. */
final class Texts {

    private final Budget budget;

    Texts(Budget budget) {
        this.budget = budget;
    }

    Value value(TextFunction function, List<Value> given) {
        return switch (function) {
            case APPEND -> join("", given);
            case JOIN -> join(Values.text(given.getFirst()), given.subList(1, given.size()));
            case LENGTH -> new Value.Whole(first(given).length());
            case REMOVE_SPACES -> replaced(first(given), " ", "");
            case REPLACE -> replaced(first(given), text(given, 1), text(given, 2));
            case REPLACE_FIRST -> replacedOnce(first(given), text(given, 1), text(given, 2));
            case STARTS_WITH -> new Value.Flag(first(given).startsWith(text(given, 1)));
            case CONTAINS -> new Value.Flag(contains(first(given), text(given, 1)));
            case SWITCH -> chosen(given);
            case SUBSTRING -> substring(given);
            case SUBSTRING_AFTER -> after(first(given), text(given, 1));
            case SUBSTRING_BEFORE -> before(first(given), text(given, 1));
            case TO_UPPER_CASE -> made(first(given).toUpperCase(Locale.ROOT));
            case TO_LOWER_CASE -> made(first(given).toLowerCase(Locale.ROOT));
        };
    }

    boolean matches(TextPattern pattern, Value text) {
        return matches(pattern, Values.text(text));
    }

    boolean matches(TextPattern pattern, String text) {
        TextPattern.Attempt attempt = pattern.attempt(text, budget.looks());
        budget.looked(attempt.steps());
        if (!attempt.complete()) {
            throw new Failure("A regular expression takes too long");
        }
        return attempt.matches();
    }

    Value join(String separator, List<Value> terms) {
        StringBuilder joined = new StringBuilder();
        for (int place = 0; place < terms.size(); place++) {
            String term = Values.text(terms.get(place));
            budget.text((long) joined.length() + separator.length() + term.length());
            joined.append(place == 0 ? "" : separator).append(term);
        }
        return new Value.Text(joined.toString());
    }

    private static String first(List<Value> given) {
        return Values.text(given.getFirst());
    }

    private static String text(List<Value> given, int place) {
        return Values.text(given.get(place));
    }

    private Value made(String text) {
        budget.text(text.length());
        return new Value.Text(text);
    }

    private boolean contains(String text, String wanted) {
        budget.search(text, wanted);
        return text.contains(wanted);
    }

    private Value replaced(String text, String wanted, String replacement) {
        budget.search(text, wanted);
        if (wanted.isEmpty()) {
            return new Value.Text(text);
        }
        StringBuilder made = new StringBuilder();
        int from = 0;
        for (int at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, from)) {
            made.append(text, from, at).append(replacement);
            from = at + wanted.length();
            budget.text(made.length());
        }
        return made(made.append(text, from, text.length()).toString());
    }

    private Value replacedOnce(String text, String wanted, String replacement) {
        budget.search(text, wanted);
        int at = text.indexOf(wanted);
        return at < 0 || wanted.isEmpty()
                ? new Value.Text(text)
                : made(text.substring(0, at) + replacement + text.substring(at + wanted.length()));
    }

    /** The value behind the first key that is in the text. */
    private Value chosen(List<Value> given) {
        String text = first(given);
        for (int key = 2; key + 1 < given.size(); key += 2) {
            if (contains(text, text(given, key))) {
                return new Value.Text(text(given, key + 1));
            }
        }
        return new Value.Text(text(given, 1));
    }

    /** From one place to before another; places beyond the ends mean the ends. */
    private static Value substring(List<Value> given) {
        String text = first(given);
        int start = Math.clamp(Values.whole(given.get(1)), 0, text.length());
        int end =
                given.size() < 3
                        ? text.length()
                        : Math.clamp(
                                Values.whole(given.get(2)), start, Math.max(start, text.length()));
        return new Value.Text(text.substring(start, end));
    }

    private Value after(String text, String wanted) {
        budget.search(text, wanted);
        int at = text.indexOf(wanted);
        return new Value.Text(at < 0 ? "" : text.substring(at + wanted.length()));
    }

    private Value before(String text, String wanted) {
        budget.search(text, wanted);
        int at = text.indexOf(wanted);
        return new Value.Text(at < 0 ? text : text.substring(0, at));
    }
}
