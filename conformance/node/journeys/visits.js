// Visits of a page with the official browser SDK: a site of its own, somebody who signs in, apps
// that everyone may sign in to, and a browser with nothing in it for each visit.
import { startProfile, startSite } from './browser.js';
import { PASSWORD, all, client, createUserWithPassword, unique } from './org.js';
import { DEFAULT_SERVER } from './relying-party.js';

export const SCOPES = ['openid', 'profile', 'email'];

export async function startVisits() {
  const site = await startSite();
  const user = await createUserWithPassword();
  await client.trustedOriginApi.createTrustedOrigin({
    trustedOrigin: {
      name: unique('Page'),
      origin: site.origin,
      scopes: [{ type: 'CORS' }, { type: 'REDIRECT' }],
    },
  });
  return new Visits(site, user);
}

class Visits {
  #site;
  #profile;

  constructor(site, user) {
    this.#site = site;
    this.user = user;
  }

  /** Where the page is. */
  get origin() {
    return this.#site.origin;
  }

  /** An app of the page's, which nobody may sign in to yet. */
  async registered(settings = {}) {
    const app = await client.applicationApi.createApplication({
      application: {
        name: 'oidc_client',
        label: unique('Page'),
        signOnMode: 'OPENID_CONNECT',
        credentials: { oauthClient: { token_endpoint_auth_method: 'none' } },
        settings: {
          oauthClient: {
            application_type: 'browser',
            redirect_uris: [`${this.origin}/callback`],
            post_logout_redirect_uris: [`${this.origin}/bye`],
            response_types: ['code'],
            grant_types: ['authorization_code', 'refresh_token'],
            ...settings,
          },
        },
      },
    });
    return app.id;
  }

  /** A visitor with nothing yet, and the SDK as `window.auth` on every page of the site. */
  async visitor({ settings, issuer = DEFAULT_SERVER, ...options } = {}) {
    const clientId = await this.registered(settings);
    const [everyone] = await all(client.groupApi.listGroups({ q: 'Everyone' }));
    await client.applicationApi.assignGroupToApplication({ appId: clientId, groupId: everyone.id });
    this.#profile = await startProfile();
    const { context } = this.#profile;
    await context.addInitScript(
      (terms) => {
        document.addEventListener('DOMContentLoaded', () => {
          if (window.OktaAuth) {
            window.terms = terms;
            window.auth = new window.OktaAuth(terms);
          }
        });
      },
      {
        issuer,
        clientId,
        redirectUri: `${this.origin}/callback`,
        postLogoutRedirectUri: `${this.origin}/bye`,
        scopes: SCOPES,
        ...options,
      },
    );
    const page = await context.newPage();
    await page.goto(this.origin);
    return page;
  }

  /** Fills in the sign-in page that the browser was sent to. */
  async fillIn(page) {
    await page.waitForURL('**/signin?**');
    await page.locator('#username').fill(this.user.profile.login);
    await page.locator('#password').fill(PASSWORD);
    await page.locator('button[type=submit]').first().click();
  }

  /** Somebody is sent to the pages of the server, signs in there, and is back with a code. */
  async signInByRedirect(page) {
    await page.evaluate(() => {
      window.auth.signInWithRedirect({ originalUri: '/wanted' });
    });
    await this.fillIn(page);
    await page.waitForURL(`${this.origin}/callback?**`);
  }

  async signIn(page) {
    await this.signInByRedirect(page);
    return page.evaluate(async () => {
      await window.auth.storeTokensFromRedirect();
      return window.auth.tokenManager.getTokens();
    });
  }

  /** The end of one visit. */
  async leave() {
    await this.#profile?.close();
    this.#profile = undefined;
  }

  close() {
    this.#site.close();
  }
}
