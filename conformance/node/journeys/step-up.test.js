// Step-up authentication into an app of SAML: a service of node-saml sends its people to the org,
// which sends them to a page of the org's own; there okta-auth-js signs them in, and they are back
// at the service.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { SAML } from '@node-saml/node-saml';
import { OktaAuth } from '@okta/okta-auth-js';
import { program, startProfile, startSite } from './browser.js';
import { PASSWORD, client, createUserWithPassword, orgUrl, unique } from './org.js';
import { createApp, posted } from './saml-service.js';

const auth = new OktaAuth({ issuer: `${orgUrl}/oauth2/default`, clientId: 'journey' });
const PAGE = 'https://login.example.com/here';
const PHONE = '+15554151501';
const HTML = { Accept: 'text/html' };

async function call(method, path, body) {
  const response = await client.http.http(`${orgUrl}${path}`, {
    method,
    headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  return text === '' ? undefined : JSON.parse(text);
}

async function assigned(user, page, signOn) {
  const made = await createApp(signOn, {
    accessibility: page && { selfService: false, loginRedirectUrl: page },
  });
  await client.applicationApi.assignUserToApplication({
    appId: made.app.id,
    appUser: { id: user.id },
  });
  return made;
}

/** Two factors are asked of everybody who comes to the app. */
async function govern(app) {
  const { id } = await call('post', '/api/v1/policies', {
    type: 'ACCESS_POLICY',
    name: unique('Two factors'),
  });
  const rule = (await call('get', `/api/v1/policies/${id}/rules`)).at(-1);
  await call('put', `/api/v1/policies/${id}/rules/${rule.id}`, {
    ...rule,
    actions: {
      appSignOn: {
        access: 'ALLOW',
        verificationMethod: { type: 'ASSURANCE', factorMode: '2FA', reauthenticateIn: 'PT12H' },
      },
    },
  });
  await call('put', `/api/v1/apps/${app.id}/policies/${id}`);
}

async function textedCode() {
  const to = encodeURIComponent(PHONE);
  const [message] = await call('get', `/ostiary/v1/outbox?limit=1&to=${to}`);
  return message.variables.code;
}

async function mailedCode(user) {
  const [mail] = await call('get', `/ostiary/v1/outbox?limit=1&to=${user.profile.login}`);
  return mail.variables.verificationToken;
}

/** A browser without a session is sent by the service, and by the org to the page: with what. */
async function sentTo(page, service, relayState) {
  const url = await service.getAuthorizeUrlAsync(relayState, undefined, {});
  const answer = await fetch(url, { headers: HTML, redirect: 'manual' });
  const location = answer.headers.get('location');
  assert.equal(answer.status, 302);
  assert.ok(location.startsWith(`${page}?stateToken=`), location);
  return new URL(location).searchParams.get('stateToken');
}

/** The browser follows the link of a success, and is told by the app who comes. */
async function enter(transaction) {
  const { href, hints } = transaction.data._links.next;
  assert.deepEqual(hints.allow, ['GET']);
  const redirected = await fetch(href, { headers: HTML, redirect: 'manual' });
  assert.equal(redirected.status, 302);
  const Cookie = redirected.headers.get('set-cookie').split(';')[0];
  const way = new URL(redirected.headers.get('location'), orgUrl);
  return posted(await (await fetch(way, { headers: { ...HTML, Cookie } })).text());
}

const credentials = (user) => ({ username: user.profile.login, password: PASSWORD });

describe('step-up authentication by okta-auth-js', () => {
  it('goes on from where the service sent the browser, by the method that the state has', async () => {
    const user = await createUserWithPassword();
    const { app, service } = await assigned(user, PAGE);
    const stateToken = await sentTo(PAGE, service, 'on');

    const waiting = await auth.tx.resume({ stateToken });
    assert.equal(waiting.status, 'UNAUTHENTICATED');
    assert.equal(waiting.data.type, 'SESSION_STEP_UP');
    assert.equal(waiting.target.label, app.label);
    assert.equal(waiting.authentication.issuer.id, app.id);
    const success = await waiting.authenticate(credentials(user));

    assert.equal(success.status, 'SUCCESS');
    assert.equal(success.sessionToken, undefined);
    const fields = await enter(success);
    assert.equal(fields.RelayState, 'on');
    const { profile } = await service.validatePostResponseAsync(fields);
    assert.equal(profile.nameID, user.profile.login);
  });

  it('enrols the factor that the app asks for', async () => {
    const user = await createUserWithPassword();
    const { app, service } = await assigned(user, PAGE);
    await govern(app);

    const first = await auth.tx.resume({ stateToken: await sentTo(PAGE, service, '') });
    const enrol = await first.authenticate(credentials(user));
    assert.equal(enrol.status, 'MFA_ENROLL');
    const sms = enrol.factors.find((factor) => factor.factorType === 'sms');
    const begun = await sms.enroll({ profile: { phoneNumber: PHONE } });
    assert.equal(begun.status, 'MFA_ENROLL_ACTIVATE');
    const enrolled = await begun.activate({ passCode: await textedCode() });
    assert.equal(enrolled.status, 'SUCCESS');
    const { profile } = await service.validatePostResponseAsync(await enter(enrolled));
    assert.equal(profile.nameID, user.profile.login);
  });

  it('verifies the factor that the app asks for', async () => {
    const user = await createUserWithPassword();
    const { app, service } = await assigned(user, PAGE);
    await govern(app);
    await call('post', `/api/v1/users/${user.id}/factors?activate=true`, {
      factorType: 'email',
      provider: 'OKTA',
    });

    const next = await auth.tx.resume({ stateToken: await sentTo(PAGE, service, '') });
    const required = await next.authenticate(credentials(user));
    assert.equal(required.status, 'MFA_REQUIRED');
    const challenged = await required.factors[0].verify();
    assert.equal(challenged.status, 'MFA_CHALLENGE');
    const success = await challenged.verify({ passCode: await mailedCode(user) });
    const { profile } = await service.validatePostResponseAsync(await enter(success));
    assert.equal(profile.nameID, user.profile.login);
  });

  it('names the app itself, as audience', async () => {
    const user = await createUserWithPassword();
    const { app, terms } = await assigned(user);

    const success = await auth.signInWithCredentials({ ...credentials(user), audience: app.id });

    assert.equal(success.status, 'SUCCESS');
    assert.equal(success.data.type, 'SESSION_STEP_UP');
    const fields = await enter(success);
    const service = new SAML({ ...terms, validateInResponseTo: 'never' });
    const { profile } = await service.validatePostResponseAsync(fields);
    assert.equal(profile.nameID, user.profile.login);
  });

  it('is told of a move that the state does not allow', async () => {
    const user = await createUserWithPassword();
    const { service } = await assigned(user, PAGE);
    const stateToken = await sentTo(PAGE, service, '');

    await assert.rejects(
      auth.invokeApiMethod({
        method: 'POST',
        url: `${orgUrl}/api/v1/authn/cancel`,
        args: { stateToken },
      }),
      (error) => error.errorCode === 'E0000079' && error.xhr.status === 403,
    );
  });
});

const skip = program ? false : 'no Chromium is installed, and $OSTIARY_CHROMIUM names none';

describe('step-up authentication by okta-auth-js in Chromium', { skip }, () => {
  let profile;
  let site;

  before(async () => {
    site = await startSite();
    await client.trustedOriginApi.createTrustedOrigin({
      trustedOrigin: { name: unique('Page'), origin: site.origin, scopes: [{ type: 'CORS' }] },
    });
  });

  afterEach(async () => {
    await profile?.close();
    profile = undefined;
  });

  after(() => {
    site?.close();
  });

  it('signs in on the page of the own, and the browser is at the service with a session', async () => {
    const user = await createUserWithPassword();
    const { service } = await assigned(user, `${site.origin}/login`, {
      ssoAcsUrl: `${site.origin}/acs`,
    });
    profile = await startProfile();
    const page = await profile.context.newPage();
    await page.goto(await service.getAuthorizeUrlAsync('there', undefined, {}));
    await page.waitForURL(`${site.origin}/login?stateToken=*`);

    const told = page.waitForRequest(`${site.origin}/acs`);
    await page.evaluate(
      async ({ issuer, given }) => {
        const sdk = new window.OktaAuth({ issuer, clientId: 'journey' });
        const stateToken = new URLSearchParams(window.location.search).get('stateToken');
        const waiting = await sdk.tx.resume({ stateToken });
        const success = await waiting.authenticate(given);
        window.location.assign(success.data._links.next.href);
      },
      { issuer: `${orgUrl}/oauth2/default`, given: credentials(user) },
    );

    const fields = Object.fromEntries(new URLSearchParams((await told).postData()));
    assert.equal(fields.RelayState, 'there');
    const { profile: subject } = await service.validatePostResponseAsync(fields);
    assert.equal(subject.nameID, user.profile.login);
    await page.waitForURL(`${site.origin}/acs`);
    await page.goto(`${orgUrl}/api/v1/users/me`);
    assert.match(await page.content(), new RegExp(user.profile.login.replace('.', '\\.')));
  });
});
