package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Json;
import tools.jackson.databind.node.ObjectNode;

/** The tag GroupRule, and how far its rules are applied. */
final class GroupRuleExamples implements Examples.Family {

    private static final String RULES = "/api/v1/groups/rules";
    private static final String VARIABLE = "groupRuleId";

    @Override
    public void say(Examples examples) {
        examples.of(
                "listGroupRules",
                stock -> {
                    made(stock);
                    return Call.plain().query("limit=1&expand=groupIdToGroupNameMap");
                });
        examples.of("listGroupRules", stock -> Call.plain().query("search=stock"));
        examples.of(
                "createGroupRule",
                stock -> Call.plain().body(rule(stock.name(), stock.group(), stock.staged())));
        examples.of(
                "getGroupRule",
                stock -> Call.on(VARIABLE, made(stock)).query("expand=groupIdToGroupNameMap"));
        examples.of(
                "replaceGroupRule",
                stock -> {
                    String group = stock.group();
                    String id = made(stock, group);
                    return Call.on(VARIABLE, id).body(rule(stock.name(), group, stock.staged()));
                });
        examples.of(
                "deleteGroupRule",
                stock -> Call.on(VARIABLE, made(stock)).query("removeUsers=true"));
        examples.of("activateGroupRule", stock -> Call.on(VARIABLE, made(stock)));
        examples.of(
                "deactivateGroupRule",
                stock -> {
                    String id = made(stock);
                    stock.http().post(RULES + "/" + id + "/lifecycle/activate").expect(204);
                    return Call.on(VARIABLE, id);
                });
        examples.of("getOstiaryGroupRuleProgress", stock -> Call.plain());
    }

    private static String made(Stock stock) {
        return made(stock, stock.group());
    }

    /** Makes a rule that nobody's title fits; its id. */
    static String made(Stock stock, String group) {
        return stock.http()
                .post(RULES, rule(stock.name(), group, stock.staged()))
                .expect(200)
                .text("id");
    }

    private static ObjectNode rule(String name, String group, String excluded) {
        ObjectNode body = body(name, "user.title == \"" + name + "\"", group);
        ((ObjectNode) body.at("/conditions"))
                .putObject("people")
                .putObject("users")
                .putArray("exclude")
                .add(excluded);
        return body;
    }

    /** A rule for a condition. */
    static ObjectNode body(String name, String expression, String group) {
        ObjectNode body = Json.object().put("type", "group_rule").put("name", name);
        body.putObject("conditions")
                .putObject("expression")
                .put("value", expression)
                .put("type", "urn:okta:expression:1.0");
        body.putObject("actions").putObject("assignUserToGroups").putArray("groupIds").add(group);
        return body;
    }
}
