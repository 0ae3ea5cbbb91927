package dev.ostiary.conformance.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator.FilterOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import java.nio.file.Path;
import java.util.List;

/**
 * What holds of a page as the browser has drawn it: nothing is wider than the screen, what is
 * written can be read, what can be pressed is large enough, every field says what it is for, and
 * the keyboard gets everywhere and is seen there (WCAG 2.2 AA: 1.4.3, 1.4.10, 2.4.7, 2.5.8, 3.3.2).
 */
final class Usable {

    /** Runs in the page; what is wrong with it, each in a line. */
    private static final String CHECK =
            """
            () => {
              const wrong = [];
              const name = (e) => e.tagName.toLowerCase() + (e.id ? '#' + e.id : '')
                  + (e.className ? '.' + e.className : '') + ' "'
                  + e.textContent.trim().slice(0, 30) + '"';
              const shown = (e) => e.checkVisibility({visibilityProperty: true})
                  && e.getBoundingClientRect().width > 0 && !e.closest('.skip');
              const rgb = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
              const lum = ([r, g, b]) => {
                const [x, y, z] = [r, g, b].map((c) => c / 255)
                    .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
                return 0.2126 * x + 0.7152 * y + 0.0722 * z;
              };
              const contrast = (a, b) => {
                const [x, y] = [lum(a), lum(b)].sort((m, n) => n - m);
                return (x + 0.05) / (y + 0.05);
              };
              const ground = (e) => {
                for (let n = e; n; n = n.parentElement) {
                  const c = rgb(getComputedStyle(n).backgroundColor);
                  if (c.length === 3 || c[3] === 1) return c;
                }
                return [255, 255, 255];
              };
              if (document.documentElement.scrollWidth > window.innerWidth) {
                wrong.push('wider than the screen: ' + document.documentElement.scrollWidth);
              }
              for (const e of document.querySelectorAll('body *')) {
                const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
                if (own && shown(e) && e.tagName !== 'NOSCRIPT') {
                  const c = contrast(rgb(getComputedStyle(e).color), ground(e));
                  if (c < 4.5) wrong.push('contrast ' + c.toFixed(2) + ': ' + name(e));
                }
              }
              for (const e of document.querySelectorAll('a, button, input:not([type=hidden])')) {
                if (!shown(e)) continue;
                const box = e.getBoundingClientRect();
                const target = e.type === 'checkbox' && e.labels.length
                    ? Math.max(box.height, e.labels[0].getBoundingClientRect().height)
                    : box.height;
                if (target < 18) wrong.push('only ' + target + ' high: ' + name(e));
                if (e.tagName === 'INPUT') {
                  if (!e.labels.length || !e.labels[0].textContent.trim()) {
                    wrong.push('no label: ' + name(e));
                  }
                } else if (!e.textContent.trim()) {
                  wrong.push('no words: ' + name(e));
                }
              }
              for (const e of document.querySelectorAll('input[type=text], input[type=password]')) {
                const style = getComputedStyle(e);
                const c = contrast(rgb(style.borderTopColor), ground(e.parentElement));
                if (shown(e) && c < 3) wrong.push('edge ' + c.toFixed(2) + ': ' + name(e));
              }
              if (document.querySelectorAll('h1').length !== 1) wrong.push('headings');
              if (document.querySelectorAll('[style]').length) wrong.push('style in the page');
              return wrong;
            }""";

    /** Where the keyboard is, and whether that is seen; the browser's own bar is between rounds. */
    private static final String FOCUS =
            """
            () => {
              const e = document.activeElement;
              if (e === document.body) return 'the browser';
              const style = getComputedStyle(e);
              e.dataset.reached = 'true';
              return style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2
                  ? 'unseen: ' + e.outerHTML.slice(0, 80) : 'seen';
            }""";

    private static final String USED = "a, button, input:not([type=hidden])";

    private final Page page;
    private final Visitor visitor;

    Usable(Page page, Visitor visitor) {
        this.page = page;
        this.visitor = visitor;
    }

    /**
     * Fails unless the page is usable; keeps a picture of it where {@code $OSTIARY_SCREENSHOTS} is
     * a folder.
     *
     * @param name what the picture is called
     */
    void check(String name) {
        List<?> wrong = (List<?>) page.evaluate(CHECK);
        assertThat(wrong).as("%s for %s: %s", name, visitor, page.url()).isEmpty();
        assertThat(page.locator("html").getAttribute("lang"))
                .as("the language of %s", name)
                .isEqualTo(visitor.language());
        String folder = System.getenv("OSTIARY_SCREENSHOTS");
        if (folder != null) {
            page.waitForFunction("() => [...document.images].every((image) => image.complete)");
            page.screenshot(
                    new ScreenshotOptions()
                            .setPath(Path.of(folder, name + "-" + visitor.name() + ".png")));
        }
    }

    /** Fails unless the keyboard gets to everything that can be used, and is seen there. */
    void keyboard() {
        int stops = page.locator(USED).filter(new FilterOptions().setVisible(true)).count();
        for (int i = 0; i <= stops; i++) {
            page.keyboard().press("Tab");
            assertThat(page.evaluate(FOCUS)).as(page.url()).isIn("seen", "the browser");
        }
        assertThat(page.locator("[data-reached]").count()).as(page.url()).isEqualTo(stops);
    }
}
