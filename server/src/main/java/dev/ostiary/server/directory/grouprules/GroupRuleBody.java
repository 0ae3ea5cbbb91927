package dev.ostiary.server.directory.grouprules;

import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client says of a rule.
 *
 * @param actions null where they are left out, which a replacement may do: they cannot change
 */
record GroupRuleBody(String type, String name, Conditions conditions, @Nullable Actions actions) {

    private static final int LONGEST_NAME = 50;

    private static final int MOST_GROUPS = 100;
    private static final int MOST_EXCLUDED = 10_000;

    static final Shape<GroupRuleBody> SHAPE = shape();

    record Conditions(Expression expression, @Nullable People people) {
        private static Shape<Conditions> shape() {
            Shape.Builder<Conditions> shape = Shape.of("conditions");
            Field<Conditions, Expression> expression =
                    shape.field(
                                    "expression",
                                    Type.nested(Expression.shape()),
                                    Conditions::expression)
                            .required();
            Field<Conditions, People> people =
                    shape.field("people", Type.nested(People.shape()), Conditions::people);
            return shape.build(in -> new Conditions(in.get(expression), in.orNull(people)));
        }
    }

    record Expression(String value, String type) {
        private static Shape<Expression> shape() {
            Shape.Builder<Expression> shape = Shape.of("expression");
            Field<Expression, String> value =
                    shape.field("value", Type.TEXT, Expression::value).required();
            Field<Expression, String> type =
                    shape.field("type", Type.TEXT, Expression::type)
                            .required()
                            .must(
                                    GroupRule.EXPRESSION_TYPE::equals,
                                    "must be " + GroupRule.EXPRESSION_TYPE);
            return shape.build(in -> new Expression(in.get(value), in.get(type)));
        }
    }

    record People(@Nullable Exclusions users, @Nullable Exclusions groups) {
        private static Shape<People> shape() {
            Shape.Builder<People> shape = Shape.of("people");
            Field<People, Exclusions> users =
                    shape.field("users", Type.nested(Exclusions.shape()), People::users);
            Field<People, Exclusions> groups =
                    shape.field("groups", Type.nested(Exclusions.shape()), People::groups)
                            .must(given -> given.ids().isEmpty(), "is not supported");
            return shape.build(in -> new People(in.orNull(users), in.orNull(groups)));
        }
    }

    record Exclusions(@Nullable List<String> exclude) {
        private static Shape<Exclusions> shape() {
            Shape.Builder<Exclusions> shape = Shape.of("exclusions");
            Field<Exclusions, List<String>> exclude =
                    shape.field("exclude", Type.list(Type.TEXT), Exclusions::exclude)
                            .must(
                                    ids -> ids.size() <= MOST_EXCLUDED,
                                    "must be at most " + MOST_EXCLUDED + " ids");
            return shape.build(in -> new Exclusions(in.orNull(exclude)));
        }

        List<String> ids() {
            return exclude == null ? List.of() : exclude.stream().distinct().sorted().toList();
        }
    }

    record Actions(Assignment assignUserToGroups) {
        private static Shape<Actions> shape() {
            Shape.Builder<Actions> shape = Shape.of("actions");
            Field<Actions, Assignment> assignment =
                    shape.field(
                                    "assignUserToGroups",
                                    Type.nested(Assignment.shape()),
                                    Actions::assignUserToGroups)
                            .required();
            return shape.build(in -> new Actions(in.get(assignment)));
        }
    }

    record Assignment(List<String> groupIds) {
        private static Shape<Assignment> shape() {
            Shape.Builder<Assignment> shape = Shape.of("assignUserToGroups");
            Field<Assignment, List<String>> groupIds =
                    shape.field("groupIds", Type.list(Type.TEXT), Assignment::groupIds)
                            .required()
                            .must(
                                    ids -> !ids.isEmpty() && ids.size() <= MOST_GROUPS,
                                    "must be 1 to " + MOST_GROUPS + " ids of groups");
            return shape.build(in -> new Assignment(in.get(groupIds)));
        }
    }

    private static Shape<GroupRuleBody> shape() {
        Shape.Builder<GroupRuleBody> shape = Shape.of("groupRule");
        Field<GroupRuleBody, String> type =
                shape.field("type", Type.TEXT, GroupRuleBody::type)
                        .required()
                        .must(GroupRule.KIND::equals, "must be " + GroupRule.KIND);
        Field<GroupRuleBody, String> name =
                shape.name("name", LONGEST_NAME, GroupRuleBody::name).required();
        Field<GroupRuleBody, Conditions> conditions =
                shape.field(
                                "conditions",
                                Type.nested(Conditions.shape()),
                                GroupRuleBody::conditions)
                        .required();
        Field<GroupRuleBody, Actions> actions =
                shape.field("actions", Type.nested(Actions.shape()), GroupRuleBody::actions);
        return shape.build(
                in ->
                        new GroupRuleBody(
                                in.get(type),
                                in.get(name),
                                in.get(conditions),
                                in.orNull(actions)));
    }

    /** The users to whom the rule does not apply. */
    List<String> excluded() {
        People people = conditions.people();
        Exclusions users = people == null ? null : people.users();
        return users == null ? List.of() : users.ids();
    }

    /** The groups, each once; none where nothing was said of them. */
    List<String> groupIds() {
        return actions == null
                ? List.of()
                : actions.assignUserToGroups().groupIds().stream().distinct().toList();
    }

    /** The condition as it was written. */
    String expression() {
        return conditions.expression().value();
    }
}
