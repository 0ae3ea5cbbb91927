// A page with the official browser SDK, as its users have it: in a real browser, on an origin of
// its own, with the server's pages, cookies, frames and answers to other origins.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { program } from './browser.js';
import { PASSWORD } from './org.js';
import { DEFAULT_SERVER, ORG_SERVER } from './relying-party.js';
import { SCOPES, startVisits } from './visits.js';

const skip = program ? false : 'no Chromium is installed, and $OSTIARY_CHROMIUM names none';

describe('okta-auth-js in Chromium', { skip }, () => {
  let visits;

  before(async () => {
    visits = await startVisits();
  });

  afterEach(async () => {
    await visits?.leave();
  });

  after(() => {
    visits?.close();
  });

  for (const [where, issuer] of [
    ['the default server', DEFAULT_SERVER],
    ["the org's own server", ORG_SERVER],
  ]) {
    it(`signs in by redirect at ${where}, and goes on where somebody wanted to go`, async () => {
      const page = await visits.visitor({ issuer });
      await visits.signInByRedirect(page);
      assert.equal(await page.evaluate(() => window.auth.isLoginRedirect()), true);

      await page.evaluate(() => {
        window.auth.handleRedirect();
      });
      await page.waitForURL(`${visits.origin}/wanted`);

      const told = await page.evaluate(async () => ({
        authenticated: await window.auth.isAuthenticated(),
        user: await window.auth.getUser(),
        tokens: await window.auth.tokenManager.getTokens(),
      }));
      assert.equal(told.authenticated, true);
      assert.equal(told.user.sub, visits.user.id);
      assert.equal(told.user.email, visits.user.profile.email);
      assert.equal(told.tokens.idToken.claims.sub, visits.user.id);
    });
  }

  it('renews by a refresh token', async () => {
    const page = await visits.visitor({ scopes: [...SCOPES, 'offline_access'] });
    const first = await visits.signIn(page);
    assert.ok(first.refreshToken.refreshToken);

    const next = await page.evaluate(async () => {
      await window.auth.tokenManager.renew('accessToken');
      return window.auth.tokenManager.getTokens();
    });

    assert.notEqual(next.accessToken.accessToken, first.accessToken.accessToken);
    assert.equal(next.idToken.claims.sub, visits.user.id);
    assert.ok(next.refreshToken.refreshToken);
  });

  it('renews without one in a hidden frame, by the session', async () => {
    const page = await visits.visitor();
    const first = await visits.signIn(page);
    assert.equal(first.refreshToken, undefined);

    const next = await page.evaluate(async () => {
      await window.auth.tokenManager.renew('accessToken');
      return window.auth.tokenManager.getTokens();
    });

    assert.notEqual(next.accessToken.accessToken, first.accessToken.accessToken);
    assert.notEqual(next.idToken.idToken, first.idToken.idToken);
  });

  it('renews by itself before tokens expire', async () => {
    const page = await visits.visitor({ tokenManager: { expireEarlySeconds: 3597 } });
    const first = await visits.signIn(page);

    const renewed = await page.evaluate(
      () =>
        new Promise((resolve, reject) => {
          window.auth.tokenManager.on('renewed', (key, token) => {
            if (key === 'accessToken') {
              resolve(token.accessToken);
            }
          });
          window.auth.tokenManager.on('error', reject);
          window.auth.start();
        }),
    );

    assert.notEqual(renewed, first.accessToken.accessToken);
  });

  it('knows silently (prompt=none) whether somebody is signed in, and who', async () => {
    const page = await visits.visitor();
    const silently = () =>
      page.evaluate(() =>
        window.auth.token.getWithoutPrompt().then(
          ({ tokens }) => tokens.idToken.claims.sub,
          (error) => error.errorCode,
        ),
      );
    assert.equal(await silently(), 'login_required');

    await visits.signIn(page);

    assert.equal(await silently(), visits.user.id);
    const session = await page.evaluate(() => window.auth.session.get());
    assert.equal(session.status, 'ACTIVE');
    assert.equal(session.login, visits.user.profile.login);
  });

  it('signs out: its tokens are revoked, the session ends, and the browser comes back', async () => {
    const page = await visits.visitor();
    const { accessToken } = await visits.signIn(page);

    await page.evaluate(() => {
      window.auth.signOut();
    });
    await page.waitForURL(`${visits.origin}/bye*`);

    const answer = await fetch(`${DEFAULT_SERVER}/v1/userinfo`, {
      headers: { authorization: `Bearer ${accessToken.accessToken}` },
    });
    assert.equal(answer.status, 401);
    await page.evaluate(() => window.auth.start());
    const left = await page.evaluate(async () => ({
      authenticated: await window.auth.isAuthenticated(),
      session: await window.auth.session.exists(),
    }));
    assert.deepEqual(left, { authenticated: false, session: false });
  });

  it('closes the session without leaving the page', async () => {
    const page = await visits.visitor();
    await visits.signIn(page);

    const exists = await page.evaluate(async () => {
      await window.auth.closeSession();
      return window.auth.session.exists();
    });

    assert.equal(exists, false);
  });

  it('signs in with a form of its own (Authentication API), and takes tokens for the session token', async () => {
    const page = await visits.visitor();

    const told = await page.evaluate(
      async ({ username, password }) => {
        const refused = await window.auth
          .signInWithCredentials({ username, password: 'wrong' })
          .catch((error) => error.errorCode);
        const transaction = await window.auth.signInWithCredentials({ username, password });
        const { tokens } = await window.auth.token.getWithoutPrompt({
          sessionToken: transaction.sessionToken,
        });
        return { refused, status: transaction.status, sub: tokens.idToken.claims.sub };
      },
      { username: visits.user.profile.login, password: PASSWORD },
    );

    assert.deepEqual(told, { refused: 'E0000004', status: 'SUCCESS', sub: visits.user.id });
  });

  it('signs in in a window of its own', async () => {
    const page = await visits.visitor();
    const opened = page.waitForEvent('popup');
    const signedIn = page.evaluate(async () => {
      const { tokens } = await window.auth.token.getWithPopup({});
      return tokens.idToken.claims.sub;
    });
    const popup = await opened;
    await popup.locator('#username').fill(visits.user.profile.login);
    await popup.locator('#password').fill(PASSWORD);
    await popup.locator('button[type=submit]').first().click();

    assert.equal(await signedIn, visits.user.id);
  });

  it('binds its tokens to a key that never leaves the browser (DPoP)', async () => {
    const page = await visits.visitor({ settings: { dpop_bound_access_tokens: true }, dpop: true });
    const tokens = await visits.signIn(page);
    assert.equal(tokens.accessToken.tokenType, 'DPoP');

    const told = await page.evaluate(async () => ({
      user: await window.auth.token.getUserInfo(),
      renewed: (await window.auth.tokenManager.renew('accessToken')).tokenType,
    }));

    assert.equal(told.user.sub, visits.user.id);
    assert.equal(told.renewed, 'DPoP');
  });
});
