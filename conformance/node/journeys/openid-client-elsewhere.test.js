// The certified client library where the user is somewhere else than the app: devices without a
// browser (RFC 8628), and authentication on the backchannel (CIBA). The library polls by itself, as
// often as the server says.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import * as oidc from 'openid-client';
import { apiToken, createUserWithPassword, orgUrl } from './org.js';
import { ORG_SERVER, party, sessionToken } from './relying-party.js';

const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code';
const BACKCHANNEL = 'urn:openid:params:grant-type:ciba';

async function json(path, body, headers = {}) {
  const answer = await fetch(orgUrl + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  assert.ok(answer.ok, `${answer.status} ${path}`);
  return answer.json();
}

/** A phone that is asked: what it holds. */
async function phone(user) {
  const factor = await json(
    `/api/v1/users/${user.id}/factors`,
    { factorType: 'push', provider: 'OKTA' },
    { Authorization: `SSWS ${apiToken}` },
  );
  const code = factor._embedded.activation._links.qrcode.href.split('/').pop();
  return (await json('/ostiary/v1/push/devices', { code })).deviceToken;
}

async function approve(deviceToken) {
  const [question] = await json('/ostiary/v1/push/transactions', { deviceToken });
  await json(`/ostiary/v1/push/transactions/${question.id}`, { deviceToken, approve: true });
  return question;
}

const cookie = (answer, name) =>
  answer.headers
    .getSetCookie()
    .find((line) => line.startsWith(`${name}=`))
    .split(';')[0];

/** Somebody who signs in, follows the link of a device and says yes. */
async function activate(user, userCode) {
  const signedIn = await fetch(
    `${orgUrl}/login/sessionCookieRedirect?redirectUrl=%2F&token=${await sessionToken(user)}`,
    { redirect: 'manual' },
  );
  const sid = cookie(signedIn, 'sid');
  const page = await fetch(`${orgUrl}/activate?user_code=${userCode}`, { headers: { Cookie: sid } });
  const [, token] = /name="formToken"[^>]*value="([^"]+)/.exec(await page.text());
  const done = await fetch(`${orgUrl}/activate/confirm`, {
    method: 'POST',
    headers: { Cookie: `${sid}; ${cookie(page, '__Host-form')}` },
    body: new URLSearchParams({ user_code: userCode, decision: 'allow', formToken: token }),
  });
  assert.equal(done.status, 200);
}

describe('openid-client, with the user elsewhere', () => {
  let user;

  before(async () => {
    user = await createUserWithPassword();
  });

  it('gets tokens on a device that somebody activates', async () => {
    const config = await party({
      issuer: ORG_SERVER,
      type: 'native',
      method: 'none',
      grant_types: ['authorization_code', 'implicit', 'refresh_token', DEVICE],
    });

    const begun = await oidc.initiateDeviceAuthorization(config, { scope: 'openid offline_access' });
    await activate(user, begun.user_code);
    const tokens = await oidc.pollDeviceAuthorizationGrant(config, begun);

    assert.equal(tokens.claims().sub, user.id);
    assert.ok(tokens.refresh_token);
  });

  for (const method of ['client_secret_basic', 'private_key_jwt']) {
    it(`gets tokens when the user's phone says yes (CIBA), by ${method}`, async () => {
      const config = await party({
        issuer: ORG_SERVER,
        method,
        grant_types: ['authorization_code', 'implicit', 'refresh_token', BACKCHANNEL],
      });
      assert.ok(config.serverMetadata().backchannel_authentication_endpoint);
      const somebody = await createUserWithPassword();
      const device = await phone(somebody);

      const begun = await oidc.initiateBackchannelAuthentication(config, {
        scope: 'openid offline_access',
        login_hint: somebody.profile.login,
        binding_message: 'Transfer 4711',
      });
      assert.equal((await approve(device)).message, 'Transfer 4711');
      const tokens = await oidc.pollBackchannelAuthenticationGrant(config, begun);

      assert.equal(tokens.claims().sub, somebody.id);
      assert.ok(tokens.refresh_token);
    });
  }
});
