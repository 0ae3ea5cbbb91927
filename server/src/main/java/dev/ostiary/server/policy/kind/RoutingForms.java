package dev.ostiary.server.policy.kind;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.text.TextPattern;
import dev.ostiary.server.policy.form.Fields;
import dev.ostiary.server.policy.form.Form;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The policy of the type IDP_DISCOVERY: which identity provider users are sent to. */
final class RoutingForms {

    private static final Set<String> WITHOUT_ID = Set.of("OKTA", "AgentlessDSSO", "IWA");
    private static final Set<String> ONLY_ONE = Set.of("AgentlessDSSO", "IWA", "X509");

    /** What its rules ask. */
    static final Fields RULE_CONDITIONS =
            Form.object()
                    .filled("network", ConditionForms.network())
                    .filled("platform", ConditionForms.platform("OSX"))
                    .filled("userIdentifier", ConditionForms.userIdentifier())
                    .filled("app", ConditionForms.apps());

    private static final Fields PROVIDER =
            Form.object()
                    .may("id", Form.text(1, 64))
                    .may("name", Form.text(0, 255))
                    .must(
                            "type",
                            Form.words(
                                    "OKTA",
                                    "AgentlessDSSO",
                                    "IWA",
                                    "AMAZON",
                                    "APPLE",
                                    "DISCORD",
                                    "FACEBOOK",
                                    "GITHUB",
                                    "GITLAB",
                                    "GOOGLE",
                                    "IDV_CLEAR",
                                    "IDV_INCODE",
                                    "IDV_PERSONA",
                                    "IDV_STANDARD",
                                    "LINKEDIN",
                                    "LOGINGOV",
                                    "LOGINGOV_SANDBOX",
                                    "MICROSOFT",
                                    "OIDC",
                                    "OKTA_INTEGRATION",
                                    "PAYPAL",
                                    "PAYPAL_SANDBOX",
                                    "SALESFORCE",
                                    "SAML2",
                                    "SPOTIFY",
                                    "X509",
                                    "XERO",
                                    "YAHOO",
                                    "YAHOOJP"));

    /** What its rules do. */
    static final Fields ACTIONS =
            Form.object()
                    .must(
                            "idp",
                            Form.object()
                                    .listed("providers", Form.list(PROVIDER, 10))
                                    .with(
                                            "idpSelectionType",
                                            Form.words("DYNAMIC", "SPECIFIC"),
                                            "SPECIFIC")
                                    .may(
                                            "matchCriteria",
                                            Form.list(
                                                    Form.object()
                                                            .must(
                                                                    "providerExpression",
                                                                    Form.text(1, 1024))
                                                            .must(
                                                                    "propertyName",
                                                                    Form.text(1, 255)),
                                                    1))
                                    .with("shouldFallBackToOkta", Form.FLAG, false));

    private RoutingForms() {}

    /** The actions of the default rule: the org's own sign-in page. */
    static ObjectNode ofDefault() {
        ObjectNode actions = Json.object();
        ObjectNode idp = actions.putObject("idp");
        idp.putArray("providers").addObject().put("type", "OKTA");
        idp.put("idpSelectionType", "SPECIFIC").put("shouldFallBackToOkta", false);
        return actions;
    }

    /** What holds between the parts of a rule. */
    static void judge(Optional<ObjectNode> conditions, ObjectNode actions, Reading reading) {
        judgeAction(actions.path("idp"), reading);
        conditions.ifPresent(node -> judgeIdentifier(node.path("userIdentifier"), reading));
    }

    private static void judgeAction(JsonNode idp, Reading reading) {
        Path at = Path.root("policyRule").field("actions").field("idp");
        boolean dynamic = idp.path("idpSelectionType").asString("").equals("DYNAMIC");
        List<String> types =
                idp.path("providers")
                        .valueStream()
                        .map(provider -> provider.path("type").asString(""))
                        .toList();
        if (dynamic && idp.path("matchCriteria").isEmpty()) {
            reading.wrong(at.field("matchCriteria"), "The field cannot be left blank");
        }
        if (!dynamic && types.isEmpty()) {
            reading.wrong(at.field("providers"), "The field cannot be left blank");
        }
        for (String single : ONLY_ONE) {
            if (types.stream().filter(single::equals).count() > 1) {
                reading.wrong(at.field("providers"), "can name one provider of the type " + single);
            }
        }
        for (int i = 0; i < types.size(); i++) {
            if (!WITHOUT_ID.contains(types.get(i)) && !idp.path("providers").get(i).has("id")) {
                reading.wrong(
                        at.field("providers").item(i).field("id"),
                        "The field cannot be left blank");
            }
        }
    }

    private static void judgeIdentifier(JsonNode identifier, Reading reading) {
        Path at = Path.root("policyRule").field("conditions").field("userIdentifier");
        JsonNode patterns = identifier.path("patterns");
        boolean attribute = identifier.path("type").asString("").equals("ATTRIBUTE");
        boolean expression = false;
        for (int i = 0; i < patterns.size(); i++) {
            if (patterns.get(i).path("matchType").asString("").equals("EXPRESSION")) {
                expression = true;
                requirePattern(patterns.get(i), at.field("patterns").item(i), reading);
            }
        }
        if (!patterns.isEmpty() && !identifier.has("type")) {
            reading.wrong(at.field("type"), "The field cannot be left blank");
        }
        if ((attribute || expression) && patterns.size() > 1) {
            reading.wrong(at.field("patterns"), "must be one pattern");
        }
        if (attribute && identifier.path("attribute").asString("").isBlank()) {
            reading.wrong(at.field("attribute"), "The field cannot be left blank");
        }
    }

    private static void requirePattern(JsonNode pattern, Path at, Reading reading) {
        if (TextPattern.of(pattern.path("value").asString("")).isEmpty()) {
            reading.wrong(at.field("value"), "must be a regular expression");
        }
    }
}
