package dev.ostiary.conformance.contract;

/** The endpoints at which clients get tokens and ask about them. */
final class OAuthExamples implements Examples.Family {

    private static final String SERVER = "authorizationServerId";
    private static final String UNTIL = "an example with a client of its own";
    private static final String CLIENT = "client_id=nobody&client_secret=nothing";

    @Override
    public void say(Examples examples) {
        refused(examples, "token", "grant_type=client_credentials&scope=okta.users.read&");
        refused(examples, "tokenCustomAS", "grant_type=client_credentials&");
        for (String operation : new String[] {"introspect", "revoke"}) {
            refused(examples, operation, "token=nonsense&");
            refused(examples, operation + "CustomAS", "token=nonsense&");
        }
    }

    private static void refused(Examples examples, String operation, String form) {
        examples.refused(
                operation,
                401,
                "invalid_client",
                UNTIL,
                stock -> {
                    Call call = Call.plain().sending(new Call.Form(form + CLIENT, ""));
                    return operation.endsWith("CustomAS")
                            ? call.and(SERVER, AuthorizationServerExamples.made(stock))
                            : call;
                });
    }
}
