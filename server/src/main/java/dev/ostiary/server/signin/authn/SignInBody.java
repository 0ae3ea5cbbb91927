package dev.ostiary.server.signin.authn;

import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.server.signin.flow.Options;
import org.jspecify.annotations.Nullable;

/**
 * What a sign-in begins with, or what asks where one stands ("Request parameters for primary
 * authentication"). Any of it may be missing.
 *
 * @param username who wants to sign in
 * @param password that one's password
 * @param token an activation token instead of both
 * @param stateToken of a sign-in that has begun
 * @param audience an application to sign in to
 * @param options what the client opts in to
 * @param context what a trusted application says of the client
 */
record SignInBody(
        @Nullable String username,
        @Nullable String password,
        @Nullable String token,
        @Nullable String stateToken,
        @Nullable String audience,
        @Nullable Options options,
        @Nullable Context context) {

    /** What a trusted application says of the client. */
    record Context(@Nullable String deviceToken) {

        private static final Shape<Context> SHAPE = shape();

        private static Shape<Context> shape() {
            Shape.Builder<Context> shape = Shape.of("context");
            Field<Context, String> device =
                    shape.field("deviceToken", Type.TEXT, Context::deviceToken);
            return shape.build(in -> new Context(in.orNull(device)));
        }
    }

    static final Shape<SignInBody> SHAPE = shape();

    private static Shape<SignInBody> shape() {
        Shape.Builder<SignInBody> shape = Shape.of("authRequest");
        Field<SignInBody, String> username =
                shape.field("username", Type.TEXT, SignInBody::username);
        Field<SignInBody, String> password =
                shape.field("password", Type.TEXT, SignInBody::password).writeOnly();
        Field<SignInBody, String> token =
                shape.field("token", Type.TEXT, SignInBody::token).writeOnly();
        Field<SignInBody, String> stateToken =
                shape.field("stateToken", Type.TEXT, SignInBody::stateToken).writeOnly();
        Field<SignInBody, String> audience =
                shape.field("audience", Type.TEXT, SignInBody::audience);
        Field<SignInBody, Options> options =
                shape.field("options", Type.nested(optIns()), SignInBody::options);
        Field<SignInBody, Context> context =
                shape.field("context", Type.nested(Context.SHAPE), SignInBody::context);
        return shape.build(
                in ->
                        new SignInBody(
                                in.orNull(username),
                                in.orNull(password),
                                in.orNull(token),
                                in.orNull(stateToken),
                                in.orNull(audience),
                                in.orNull(options),
                                in.orNull(context)));
    }

    private static Shape<Options> optIns() {
        Shape.Builder<Options> shape = Shape.of("options");
        Field<Options, Boolean> more =
                shape.field("multiOptionalFactorEnroll", Type.BOOLEAN, Options::moreFactors);
        Field<Options, Boolean> warn =
                shape.field("warnBeforePasswordExpired", Type.BOOLEAN, Options::warnOfExpiry);
        return shape.build(
                in -> new Options(in.find(more).orElse(false), in.find(warn).orElse(false)));
    }

    /** Says nothing: it holds secrets. */
    @Override
    public String toString() {
        return "SignInBody[…]";
    }
}
