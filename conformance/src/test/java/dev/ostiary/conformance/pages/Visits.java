package dev.ostiary.conformance.pages;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import dev.ostiary.conformance.harness.Chromium;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SignInForm;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The browser of a suite, in which one visitor after the other comes to an org's pages. */
final class Visits implements AutoCloseable {

    private final Server server;
    private final Org org;
    private @Nullable Chromium chromium;

    Visits(Server server, Org org) {
        this.server = server;
        this.org = org;
    }

    /** Starts it, or skips the suite ({@link Chromium#startOrSkip}). */
    void startOrSkip(String... sites) {
        chromium = Chromium.startOrSkip(server, sites);
    }

    /** A page of a visitor's, with nothing opened yet. */
    Page page(Visitor visitor) {
        return page(visitor.profile());
    }

    /** The same of somebody with another profile. */
    Page page(Browser.NewContextOptions profile) {
        return browser().page(profile);
    }

    /** A page of the org's, as a visitor comes to it. */
    Page open(Visitor visitor, String path) {
        Page page = page(visitor);
        page.navigate(org.url() + path);
        return page;
    }

    /** What follows the sign-in form. */
    Page signIn(Visitor visitor, String login) {
        return signIn(visitor.profile(), login);
    }

    /** The same of somebody with another profile. */
    Page signIn(Browser.NewContextOptions profile, String login) {
        Page page = page(profile);
        page.navigate(org.url() + "/signin");
        new SignInForm(page).send(login);
        return page;
    }

    /** What the last page's console said. */
    String said() {
        return browser().said();
    }

    private Chromium browser() {
        return Objects.requireNonNull(chromium, "not started");
    }

    @Override
    public void close() {
        if (chromium != null) {
            chromium.close();
        }
    }
}
