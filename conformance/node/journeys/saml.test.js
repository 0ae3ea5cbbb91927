// A service in Node lets users in by SAML, and judges what the browser brings.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SAML } from '@node-saml/node-saml';
import { OktaAuth } from '@okta/okta-auth-js';
import { PASSWORD, client, createUserWithPassword, orgUrl } from './org.js';
import { createApp, posted } from './saml-service.js';

const auth = new OktaAuth({ issuer: `${orgUrl}/oauth2/default`, clientId: 'journey' });

async function browserOf(user) {
  const { sessionToken } = await auth.signInWithCredentials({
    username: user.profile.login,
    password: PASSWORD,
  });
  const answer = await fetch(
    `${orgUrl}/login/sessionCookieRedirect?token=${sessionToken}&redirectUrl=/app/UserHome`,
    { redirect: 'manual' },
  );
  return { Accept: 'text/html', Cookie: answer.headers.get('set-cookie').split(';')[0] };
}

describe('node-saml', () => {
  it('lets a user in whom the service has sent for', async () => {
    const user = await createUserWithPassword();
    const { app, service } = await createApp();
    await client.applicationApi.assignUserToApplication({
      appId: app.id,
      appUser: { id: user.id },
    });
    const url = await service.getAuthorizeUrlAsync('on', undefined, {});

    const page = await (await fetch(url, { headers: await browserOf(user) })).text();
    const { profile } = await service.validatePostResponseAsync(posted(page));

    assert.equal(posted(page).RelayState, 'on');
    assert.equal(profile.nameID, user.profile.login);
    assert.equal(profile.given, user.profile.firstName);
  });

  it('takes no response twice, and none that was changed', async () => {
    const user = await createUserWithPassword();
    const { app, terms, service } = await createApp();
    await client.applicationApi.assignUserToApplication({
      appId: app.id,
      appUser: { id: user.id },
    });
    const url = await service.getAuthorizeUrlAsync('', undefined, {});
    const page = await (await fetch(url, { headers: await browserOf(user) })).text();
    const { SAMLResponse } = posted(page);
    const changed = Buffer.from(SAMLResponse, 'base64')
      .toString()
      .replaceAll(user.profile.login, 'somebody.else@example.com');

    await assert.rejects(
      new SAML({ ...terms, validateInResponseTo: 'never' }).validatePostResponseAsync({
        SAMLResponse: Buffer.from(changed).toString('base64'),
      }),
      /signature/i,
    );
    await service.validatePostResponseAsync({ SAMLResponse });
    await assert.rejects(service.validatePostResponseAsync({ SAMLResponse }));
  });
});
