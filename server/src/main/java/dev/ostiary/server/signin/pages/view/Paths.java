package dev.ostiary.server.signin.pages.view;

/** Addresses of pages, as the original has them where it has them. */
public final class Paths {

    public static final String SIGN_IN = "/signin";
    public static final String STEP = "/signin/step";
    public static final String PROFILE = "/signin/profile";
    public static final String REGISTER = "/signin/register";
    public static final String FORGOT_PASSWORD = "/signin/forgot-password";
    public static final String UNLOCK = "/signin/unlock";
    public static final String WELCOME = "/welcome/";
    public static final String RESET_PASSWORD = "/reset_password/";
    public static final String FORGOTTEN_PASSWORD = "/signin/reset-password/";
    public static final String HOME = "/app/UserHome";
    public static final String SIGN_OUT = "/login/signout";
    public static final String DEFAULT = "/login/default";

    private Paths() {}
}
