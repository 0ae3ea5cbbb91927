package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.ClientApp;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Policies;
import dev.ostiary.conformance.oauth.Holder;
import java.util.Map;

/** Clients that have their users asked: for a factor, and on the backchannel. */
final class DirectExamples implements Examples.Family {

    private static final String SERVER = "authorizationServerId";
    private static final String MFA_OTP = "http://auth0.com/oauth/grant-type/mfa-otp";
    private static final String MFA_OOB = "http://auth0.com/oauth/grant-type/mfa-oob";
    private static final String OOB = "urn:okta:params:oauth:grant-type:oob";
    private static final String BACKCHANNEL = "urn:openid:params:grant-type:ciba";

    @Override
    public void say(Examples examples) {
        for (String operation : new String[] {"primary-authenticate", "oob-authenticate"}) {
            examples.of(operation, stock -> Call.plain().sending(primary(stock)));
            examples.of(
                    operation + "-custom-as",
                    stock ->
                            Call.on(SERVER, AuthorizationServerExamples.made(stock))
                                    .sending(primary(stock)));
        }
        for (String type : new String[] {MFA_OTP, MFA_OOB}) {
            examples.of("challenge", stock -> Call.plain().sending(challenge(stock, "", type)));
            examples.of(
                    "challenge-custom-as",
                    stock -> {
                        String server = AuthorizationServerExamples.open(stock);
                        return Call.on(SERVER, server).sending(challenge(stock, server, type));
                    });
        }
        examples.of("bcAuthorize", stock -> Call.plain().sending(backchannel(stock)));
        examples.of(
                "bcAuthorizeCustomAS",
                stock ->
                        Call.on(SERVER, AuthorizationServerExamples.made(stock))
                                .sending(backchannel(stock)));
    }

    private static Call.Form primary(Stock stock) {
        Holder holder = Holder.of(stock.org());
        holder.phone();
        return form(
                app(stock, OOB),
                Map.of(
                        "login_hint",
                        holder.login(),
                        "channel_hint",
                        "push",
                        "challenge_hint",
                        OOB));
    }

    /** Somebody who has proven the password, and has to prove more. */
    private static Call.Form challenge(Stock stock, String server, String type) {
        String group = stock.group();
        new Policies(stock.http())
                .signOn(
                        group,
                        stock.name(),
                        "{\"access\":\"ALLOW\",\"requireFactor\":true,"
                                + "\"factorPromptMode\":\"ALWAYS\"}");
        Holder holder = Holder.of(stock.org()).in(group);
        holder.phone();
        holder.totp();
        ClientApp app = app(stock, MFA_OTP, MFA_OOB);
        ClientApp there = server.isEmpty() ? app.atOrg() : app.at("/oauth2/" + server);
        String token =
                there.token(
                                Map.of(
                                        "grant_type",
                                        "password",
                                        "username",
                                        holder.login(),
                                        "password",
                                        Directory.PASSWORD,
                                        "scope",
                                        "openid"))
                        .expect(403, "mfa_required")
                        .text("mfa_token");
        return form(
                app,
                Map.of(
                        "mfa_token",
                        token,
                        "challenge_types_supported",
                        type,
                        "channel_hint",
                        "push"));
    }

    private static Call.Form backchannel(Stock stock) {
        Holder holder = Holder.of(stock.org());
        holder.phone();
        ClientApp app =
                ClientApp.of(
                        stock.org(),
                        stock.name(),
                        "web",
                        "client_secret_post",
                        settings ->
                                settings.putArray("grant_types")
                                        .add("authorization_code")
                                        .add("implicit")
                                        .add(BACKCHANNEL));
        return new Call.Form(
                ClientApp.form(
                        Map.of(
                                "client_id",
                                app.id(),
                                "client_secret",
                                app.secret(),
                                "scope",
                                "openid",
                                "login_hint",
                                holder.login(),
                                "binding_message",
                                "An example")),
                "");
    }

    private static ClientApp app(Stock stock, String... grants) {
        return ClientApp.of(
                stock.org(),
                stock.name(),
                "native",
                "none",
                settings -> {
                    settings.remove("response_types");
                    var types = settings.putArray("grant_types").add("password");
                    for (String grant : grants) {
                        types.add(grant);
                    }
                });
    }

    private static Call.Form form(ClientApp app, Map<String, String> said) {
        return new Call.Form(ClientApp.form(said) + "&client_id=" + app.id(), "");
    }
}
