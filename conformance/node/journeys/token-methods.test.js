// The methods of the official browser SDK by which a page gets tokens and renews them itself, one
// by one, in a real browser: `token.getWithRedirect`, `token.getWithoutPrompt`, `token.renewTokens`.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { program } from './browser.js';
import { sessionToken } from './relying-party.js';
import { SCOPES, startVisits } from './visits.js';

const skip = program ? false : 'no Chromium is installed, and $OSTIARY_CHROMIUM names none';
const IMPLICIT = {
  settings: { grant_types: ['implicit'], response_types: ['token', 'id_token'] },
  pkce: false,
  responseType: ['token', 'id_token'],
};

describe('token methods of okta-auth-js in Chromium', { skip }, () => {
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

  /** Leaves the page by `getWithRedirect`. */
  function leave(page, options = {}) {
    return page.evaluate((given) => {
      window.auth.token.getWithRedirect(given);
    }, options);
  }

  /** What the page that the browser is back at makes of its address. */
  function parsed(page) {
    return page.evaluate(() =>
      window.auth.token.parseFromUrl().catch(({ errorCode }) => ({ refused: errorCode })),
    );
  }

  /** What comes of a method of `token`: tokens, or the code of an error. */
  function got(page, method, options) {
    return page.evaluate(
      ([name, given]) =>
        window.auth.token[name](given).then(
          (answer) => answer.tokens ?? answer,
          (error) => error.errorCode,
        ),
      [method, options],
    );
  }

  /** Somebody is signed in, with the tokens that the page keeps. */
  async function signedIn(page) {
    await leave(page);
    await visits.fillIn(page);
    await page.waitForURL(`${visits.origin}/callback**`);
    return page.evaluate(async () => {
      const { tokens } = await window.auth.token.parseFromUrl();
      window.auth.tokenManager.setTokens(tokens);
      return tokens;
    });
  }

  it('gets by redirect what one call asks for, and its state comes back', async () => {
    const page = await visits.visitor();
    await leave(page, { scopes: ['openid', 'email'], state: 'on-we-go' });
    await visits.fillIn(page);
    await page.waitForURL(`${visits.origin}/callback?**`);

    const { tokens, state } = await parsed(page);

    assert.equal(state, 'on-we-go');
    assert.deepEqual(tokens.accessToken.scopes.toSorted(), ['email', 'openid']);
    assert.equal(tokens.idToken.claims.email, visits.user.profile.email);
    assert.equal(tokens.idToken.claims.name, undefined);
  });

  it('gets by redirect a code in the fragment', async () => {
    const page = await visits.visitor({ responseMode: 'fragment' });
    await leave(page);
    await visits.fillIn(page);
    await page.waitForURL(`${visits.origin}/callback#**`);

    const { tokens } = await parsed(page);

    assert.equal(tokens.idToken.claims.sub, visits.user.id);
  });

  it('gets tokens by redirect without a code, and renews them so (implicit flow)', async () => {
    const page = await visits.visitor(IMPLICIT);

    const first = await signedIn(page);
    const silent = await got(page, 'getWithoutPrompt');
    const next = await got(page, 'renewTokens');

    assert.equal(first.idToken.claims.sub, visits.user.id);
    assert.equal(first.refreshToken, undefined);
    for (const tokens of [silent, next]) {
      assert.notEqual(tokens.accessToken.accessToken, first.accessToken.accessToken);
      assert.equal(tokens.idToken.claims.sub, visits.user.id);
    }
  });

  it('passes by the sign-in page with a session token, or with the session that is there', async () => {
    const page = await visits.visitor();
    await leave(page, { sessionToken: await sessionToken(visits.user) });
    await page.waitForURL(`${visits.origin}/callback?**`);
    assert.equal((await parsed(page)).tokens.idToken.claims.sub, visits.user.id);

    await leave(page, { state: 'again' });
    await page.waitForURL(`${visits.origin}/callback?**state=again**`);

    assert.equal((await parsed(page)).tokens.idToken.claims.sub, visits.user.id);
  });

  it('asks nobody, or asks again, as the call wants it (prompt)', async () => {
    const page = await visits.visitor();
    await leave(page, { prompt: 'none' });
    await page.waitForURL(`${visits.origin}/callback?**error=login_required**`);
    assert.deepEqual(await parsed(page), { refused: 'login_required' });

    await signedIn(page);
    await leave(page, { prompt: 'login', state: 'asked' });
    await visits.fillIn(page);
    await page.waitForURL(`${visits.origin}/callback?**state=asked**`);

    assert.equal((await parsed(page)).tokens.idToken.claims.sub, visits.user.id);
  });

  it('gets silently other scopes than the page usually has', async () => {
    const page = await visits.visitor();
    await signedIn(page);

    const tokens = await got(page, 'getWithoutPrompt', { scopes: ['openid', 'phone'] });

    assert.deepEqual(tokens.accessToken.scopes.toSorted(), ['openid', 'phone']);
    assert.equal(tokens.idToken.claims.email, undefined);
  });

  it('is told silently that somebody is signed in, but not let in', async () => {
    const page = await visits.visitor();
    await signedIn(page);
    const clientId = await visits.registered();

    const refused = await page.evaluate(
      (other) =>
        new window.OktaAuth({ ...window.terms, clientId: other }).token.getWithoutPrompt().then(
          () => 'let in',
          (error) => error.errorCode,
        ),
      clientId,
    );

    assert.equal(refused, 'access_denied');
  });

  it('renews by the session, until that has ended', async () => {
    const page = await visits.visitor();
    assert.equal(await got(page, 'renewTokens'), 'INTERNAL');
    const first = await signedIn(page);

    const next = await got(page, 'renewTokens');

    assert.notEqual(next.accessToken.accessToken, first.accessToken.accessToken);
    assert.notEqual(next.idToken.idToken, first.idToken.idToken);
    assert.deepEqual(next.accessToken.scopes, first.accessToken.scopes);
    await page.evaluate(() => window.auth.session.close());
    assert.equal(await got(page, 'renewTokens'), 'login_required');
  });

  it('renews by a refresh token, also when the session has ended', async () => {
    const page = await visits.visitor({ scopes: [...SCOPES, 'offline_access'] });
    const first = await signedIn(page);
    await page.evaluate(() => window.auth.session.close());

    const next = await got(page, 'renewTokens');

    assert.notEqual(next.accessToken.accessToken, first.accessToken.accessToken);
    assert.equal(next.idToken.claims.sub, visits.user.id);
    const again = await got(page, 'renewTokens');
    assert.notEqual(again.accessToken.accessToken, next.accessToken.accessToken);
  });

  it('forgets a refresh token that was revoked, and renews by the session', async () => {
    const page = await visits.visitor({ scopes: [...SCOPES, 'offline_access'] });
    const { refreshToken } = await signedIn(page);
    await page.evaluate((token) => window.auth.token.revoke(token), refreshToken);

    assert.equal(await got(page, 'renewTokens'), 'invalid_grant');

    const kept = await page.evaluate(() => window.auth.tokenManager.getTokens());
    assert.equal(kept.refreshToken, undefined);
    const next = await got(page, 'renewTokens');
    assert.equal(next.idToken.claims.sub, visits.user.id);
  });

  it('renews one token of two', async () => {
    const page = await visits.visitor();
    const first = await signedIn(page);

    const idToken = await got(page, 'renew', first.idToken);

    assert.notEqual(idToken.idToken, first.idToken.idToken);
    assert.equal(idToken.claims.sub, visits.user.id);
    const kept = await page.evaluate(() => window.auth.tokenManager.getTokens());
    assert.equal(kept.accessToken.accessToken, first.accessToken.accessToken);
  });
});
