package dev.ostiary.conformance.harness;

import com.microsoft.playwright.Page;

/** The form at {@code /signin}, on a page that is there already. */
public record SignInForm(Page page) {

    /** Sends it as somebody with {@link Directory#PASSWORD}. */
    public void send(String login) {
        send(login, Directory.PASSWORD);
    }

    /** Sends it. */
    public void send(String login, String password) {
        page.locator("#username").fill(login);
        page.locator("#password").fill(password);
        page.locator("button[type=submit]").click();
    }
}
