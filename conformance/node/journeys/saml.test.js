// A service that lets users in by SAML, made of the library that most services in Node use: it
// trusts the metadata of the app and judges what the browser brings.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SAML } from '@node-saml/node-saml';
import { OktaAuth } from '@okta/okta-auth-js';
import { PASSWORD, client, createUserWithPassword, orgUrl, unique } from './org.js';

const auth = new OktaAuth({ issuer: `${orgUrl}/oauth2/default`, clientId: 'journey' });
const ACS = 'https://service.example.com/acs';

async function createApp(signOn = {}) {
  const app = await client.applicationApi.createApplication({
    application: {
      label: unique('Service'),
      signOnMode: 'SAML_2_0',
      settings: {
        signOn: {
          ssoAcsUrl: ACS,
          recipient: ACS,
          destination: ACS,
          audience: 'urn:service',
          idpIssuer: 'http://www.okta.com/${org.externalKey}',
          subjectNameIdTemplate: '${user.userName}',
          subjectNameIdFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
          responseSigned: true,
          assertionSigned: true,
          signatureAlgorithm: 'RSA_SHA256',
          digestAlgorithm: 'SHA256',
          honorForceAuthn: true,
          authnContextClassRef:
            'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport',
          attributeStatements: [
            { type: 'EXPRESSION', name: 'given', values: ['user.firstName'] },
          ],
          ...signOn,
        },
      },
    },
  });
  const key = `exk${app.id.slice(3)}`;
  const entryPoint = `${orgUrl}/app/${app.name}/${key}/sso/saml`;
  const metadata = await (await fetch(`${entryPoint}/metadata`)).text();
  const terms = {
    callbackUrl: ACS,
    entryPoint,
    issuer: 'urn:service',
    audience: 'urn:service',
    idpIssuer: `http://www.okta.com/${key}`,
    idpCert: /<ds:X509Certificate>([^<]+)</.exec(metadata)[1],
    wantAuthnResponseSigned: true,
    wantAssertionsSigned: true,
    validateInResponseTo: 'always',
    identifierFormat: null,
  };
  return { app, terms, service: new SAML(terms) };
}

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

function posted(page) {
  const fields = page.matchAll(/<input[^>]*name="(\w+)"[^>]*value="([^"]*)"/g);
  return Object.fromEntries([...fields].map(([, name, value]) => [name, value]));
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
