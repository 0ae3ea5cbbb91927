package dev.ostiary.server.apps.assignments;

import dev.ostiary.server.apps.App;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The name of a user in an app, as the app's template makes it of the profile (Apps API, "Username
 * Template object", "Built-in expressions"). Pure.
 *
 * <p>The built-in expressions are texts with places: {@code ${source.login}}, {@code
 * ${fn:toLowerCase(source.email)}}, {@code ${fn:substringBefore(source.login, "@")}} and {@code
 * ${instance.userSuffix}}. What a place does not understand makes nothing.
 */
final class UserNames {

    private static final Pattern PLACE = Pattern.compile("\\$\\{([^{}]{1,512})}");
    private static final Pattern ATTRIBUTE =
            Pattern.compile("\\s*(?:source|user)\\.([A-Za-z][A-Za-z0-9_]*)\\s*");
    private static final Pattern CALL =
            Pattern.compile("\\s*(?:fn|String):?\\.?([A-Za-z]+)\\(([^()]*)\\)\\s*");
    private static final Pattern BEFORE =
            Pattern.compile(
                    "\\s*(?:source|user)\\.([A-Za-z][A-Za-z0-9_]*)\\s*,\\s*[\"'](.{1,16})[\"']\\s*");

    private UserNames() {}

    /** The name; none where the app wants none or the profile has nothing for it. */
    static Optional<String> of(App app, ObjectNode profile) {
        return UserNaming.of(app).of(profile);
    }

    static Optional<String> of(String template, String suffix, ObjectNode profile) {
        String text = template.contains("${") ? template : "${" + template + "}";
        StringBuilder name = new StringBuilder();
        Matcher places = PLACE.matcher(text);
        int end = 0;
        while (places.find()) {
            name.append(text, end, places.start());
            name.append(place(places.group(1), suffix, profile).orElse(""));
            end = places.end();
        }
        name.append(text, end, text.length());
        String made = name.toString();
        return made.isBlank() ? Optional.empty() : Optional.of(made);
    }

    private static Optional<String> place(String expression, String suffix, ObjectNode profile) {
        if (expression.strip().equals("instance.userSuffix")) {
            return Optional.of(suffix);
        }
        Matcher attribute = ATTRIBUTE.matcher(expression);
        if (attribute.matches()) {
            return value(attribute.group(1), profile);
        }
        Matcher call = CALL.matcher(expression);
        return call.matches() ? called(call.group(1), call.group(2), profile) : Optional.empty();
    }

    private static Optional<String> called(String function, String argument, ObjectNode profile) {
        Matcher attribute = ATTRIBUTE.matcher(argument);
        Matcher before = BEFORE.matcher(argument);
        if (attribute.matches()) {
            Optional<String> value = value(attribute.group(1), profile);
            return switch (function) {
                case "toLowerCase" -> value.map(text -> text.toLowerCase(Locale.ROOT));
                case "toUpperCase" -> value.map(text -> text.toUpperCase(Locale.ROOT));
                default -> Optional.empty();
            };
        }
        if (!before.matches()) {
            return Optional.empty();
        }
        Optional<String> value = value(before.group(1), profile);
        return switch (function) {
            case "substringBefore" -> value.map(text -> part(text, before.group(2), true));
            case "substringAfter" -> value.map(text -> part(text, before.group(2), false));
            default -> Optional.empty();
        };
    }

    private static String part(String text, String mark, boolean before) {
        int at = text.indexOf(mark);
        if (at < 0) {
            return before ? text : "";
        }
        return before ? text.substring(0, at) : text.substring(at + mark.length());
    }

    /** What directories call {@code userName} is the login here. */
    private static Optional<String> value(String attribute, ObjectNode profile) {
        JsonNode value =
                profile.path(
                        attribute.equals("userName") || attribute.equals("samAccountName")
                                ? "login"
                                : attribute);
        return value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
    }
}
