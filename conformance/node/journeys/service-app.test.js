import assert from 'node:assert/strict';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import okta from '@okta/okta-sdk-nodejs';
import { all, client, orgUrl, profile, unique } from './org.js';

const SCOPES = ['okta.users.manage', 'okta.groups.manage'];

/** A client of a new service app, which proves itself by a key of its own. */
async function serviceApp({ bound, scopes = SCOPES }) {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const kid = randomUUID();
  const app = await client.applicationApi.createApplication({
    application: {
      name: 'oidc_client',
      label: unique('service'),
      signOnMode: 'OPENID_CONNECT',
      credentials: { oauthClient: { token_endpoint_auth_method: 'private_key_jwt' } },
      settings: {
        oauthClient: {
          application_type: 'service',
          grant_types: ['client_credentials'],
          response_types: ['token'],
          dpop_bound_access_tokens: bound,
          jwks: { keys: [{ ...publicKey.export({ format: 'jwk' }), kid, use: 'sig' }] },
        },
      },
    },
  });
  for (const scopeId of scopes) {
    await client.applicationApi.grantConsentToScope({
      appId: app.id,
      oAuth2ScopeConsentGrant: { issuer: orgUrl, scopeId },
    });
  }
  return new okta.Client({
    orgUrl,
    authorizationMode: 'PrivateKey',
    clientId: app.id,
    scopes,
    privateKey: { ...privateKey.export({ format: 'jwk' }), kid },
    cacheMiddleware: null,
  });
}

describe('A private key instead of a token', () => {
  for (const bound of [false, true]) {
    it(`makes users and groups, and reads them page by page${bound ? ', with bound tokens' : ''}`, async () => {
      const service = await serviceApp({ bound });
      const group = await service.groupApi.createGroup({ group: { profile: { name: unique('Machines') } } });
      const ids = [];
      for (let i = 0; i < 5; i += 1) {
        const user = await service.userApi.createUser({
          body: { profile: profile(), groupIds: [group.id] },
          activate: false,
        });
        ids.push(user.id);
      }
      const members = await all(service.groupApi.listGroupUsers({ groupId: group.id, limit: 2 }));
      assert.deepEqual(members.map((each) => each.id).sort(), ids.sort());
      await service.groupApi.deleteGroup({ groupId: group.id });
    });
  }

  it('is told what it may not: 403', async () => {
    const service = await serviceApp({ bound: false, scopes: ['okta.groups.manage'] });
    await assert.rejects(service.userApi.createUser({ body: { profile: profile() } }), (error) => {
      assert.equal(error.status, 403);
      assert.equal(error.errorCode, 'E0000006');
      return true;
    });
  });
});
