package dev.ostiary.conformance.contract;

/** What authorization servers tell everybody: metadata and key sets. */
final class DiscoveryExamples implements Examples.Family {

    private static final String SERVER = "authorizationServerId";

    @Override
    public void say(Examples examples) {
        examples.of("getWellKnownOpenIDConfiguration", stock -> Call.plain());
        examples.of("getWellKnownOAuthConfiguration", stock -> Call.plain());
        examples.of("oauthKeys", stock -> Call.plain());
        examples.of(
                "getWellKnownOAuthConfigurationCustomAS",
                stock -> Call.on(SERVER, AuthorizationServerExamples.made(stock)));
        examples.of(
                "getWellKnownOpenIDConfigurationCustomAS",
                stock -> Call.on(SERVER, AuthorizationServerExamples.made(stock)));
        examples.of(
                "oauthKeysCustomAS",
                stock -> Call.on(SERVER, AuthorizationServerExamples.made(stock)));
    }
}
