package dev.ostiary.server.federation.saml;

import dev.ostiary.server.expression.Expression;
import dev.ostiary.server.expression.Facts;
import dev.ostiary.server.expression.Group;
import dev.ostiary.server.expression.InvalidExpression;
import dev.ostiary.server.expression.Scope;
import dev.ostiary.server.expression.Value;
import dev.ostiary.server.federation.saml.ServiceProvider.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an assertion says of the user: the name and the attributes. An expression that means nothing
 * or has no value says nothing; a statement without values is left out. Pure.
 */
final class Statements {

    private static final Pattern PLACE = Pattern.compile("\\$\\{([^{}]{1,1024})}");

    private final Scope scope;
    private final Facts facts;

    Statements(Scope scope, Facts facts) {
        this.scope = scope;
        this.facts = facts;
    }

    /** An attribute with its values. */
    record Attribute(String name, String format, List<String> values) {}

    /** The attributes, in the order of their statements. */
    List<Attribute> attributes(List<Statement> statements) {
        return statements.stream()
                .map(each -> new Attribute(each.name(), each.format(), values(each)))
                .filter(each -> !each.values().isEmpty())
                .toList();
    }

    /** The name that a template of texts and {@code ${expressions}} makes. */
    String name(String template) {
        Matcher places = PLACE.matcher(template);
        StringBuilder name = new StringBuilder();
        while (places.find()) {
            places.appendReplacement(
                    name, Matcher.quoteReplacement(String.join("", values(places.group(1)))));
        }
        places.appendTail(name);
        return name.toString();
    }

    private List<String> values(Statement statement) {
        return switch (statement) {
            case Statement.Expressions expressions ->
                    expressions.values().stream()
                            .flatMap(text -> values(bare(text)).stream())
                            .toList();
            case Statement.Groups groups ->
                    facts.groups().stream()
                            .map(Group::name)
                            .filter(
                                    name ->
                                            groups.filter()
                                                    .filter(it -> it.takes(groups.value(), name))
                                                    .isPresent())
                            .toList();
        };
    }

    /** An expression may stand in a place of its own. */
    private static String bare(String text) {
        Matcher place = PLACE.matcher(text.strip());
        return place.matches() ? place.group(1) : text;
    }

    private List<String> values(String expression) {
        try {
            List<String> texts = new ArrayList<>();
            Expression.compile(expression, scope)
                    .value(facts)
                    .ifPresent(value -> collect(value, texts));
            return texts;
        } catch (InvalidExpression e) {
            return List.of();
        }
    }

    private static void collect(Value value, List<String> texts) {
        switch (value) {
            case Value.Text(String text) -> texts.add(text);
            case Value.Whole(int number) -> texts.add(Integer.toString(number));
            case Value.Number(double number) -> texts.add(Value.written(number));
            case Value.Flag(boolean set) -> texts.add(Boolean.toString(set));
            case Value.Moment moment -> texts.add(moment.time().toString());
            case Value.Country(String alpha2) -> texts.add(alpha2);
            case Value.Items(List<Value> items) -> items.forEach(item -> collect(item, texts));
            case Value.Nothing nothing -> {}
            case Value.Criteria criteria -> {}
            case Value.Thing thing -> {}
        }
    }
}
