// The official verifier of tokens in Node: a resource server takes what the server signed, by the
// keys that it publishes, and nothing else.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import OktaJwtVerifier from '@okta/jwt-verifier';
import * as oidc from 'openid-client';
import { all, client, createUserWithPassword } from './org.js';
import { CALLBACK, DEFAULT_SERVER, ORG_SERVER, party, sentBack } from './relying-party.js';

const NONCE = 'a-nonce';

describe('@okta/jwt-verifier', () => {
  let user;

  before(async () => {
    user = await createUserWithPassword();
  });

  async function tokensOf(issuer) {
    const config = await party({ issuer });
    const pkceCodeVerifier = oidc.randomPKCECodeVerifier();
    const url = oidc.buildAuthorizationUrl(config, {
      redirect_uri: CALLBACK,
      scope: 'openid profile',
      state: 'a-state',
      nonce: NONCE,
      code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
    });
    const tokens = await oidc.authorizationCodeGrant(config, await sentBack(url, user), {
      pkceCodeVerifier,
      expectedState: 'a-state',
      expectedNonce: NONCE,
    });
    return { ...tokens, clientId: config.clientMetadata().client_id };
  }

  it('takes an access token for its audience, with the claims that it asserts', async () => {
    const { access_token: token, clientId } = await tokensOf(DEFAULT_SERVER);
    const verifier = new OktaJwtVerifier({
      issuer: DEFAULT_SERVER,
      clientId,
      assertClaims: { cid: clientId, 'scp.includes': ['openid', 'profile'] },
    });

    const jwt = await verifier.verifyAccessToken(token, 'api://default');

    assert.equal(jwt.claims.uid, user.id);
    assert.equal(jwt.claims.sub, user.profile.login);
    await assert.rejects(verifier.verifyAccessToken(token, 'api://other'), /audience/);
  });

  it('takes ID tokens of both servers', async () => {
    for (const issuer of [DEFAULT_SERVER, ORG_SERVER]) {
      const { id_token: token, clientId } = await tokensOf(issuer);
      const verifier = new OktaJwtVerifier({
        issuer,
        clientId,
        jwksUri: issuer === ORG_SERVER ? `${issuer}/oauth2/v1/keys` : undefined,
      });

      const jwt = await verifier.verifyIdToken(token, clientId, NONCE);

      assert.equal(jwt.claims.sub, user.id);
      await assert.rejects(verifier.verifyIdToken(token, clientId, 'another'), /nonce/);
      await assert.rejects(verifier.verifyIdToken(token, 'another', NONCE), /client id/);
    }
  });

  it('takes tokens of before and after the keys were rotated, by keys read before or after', async () => {
    const server = await client.authorizationServerApi.createAuthorizationServer({
      authorizationServer: {
        name: `Rotating ${Date.now()}`,
        audiences: ['api://rotating'],
        credentials: { signing: { rotationMode: 'MANUAL' } },
      },
    });
    const policy = await client.authorizationServerApi.createAuthorizationServerPolicy({
      authServerId: server.id,
      policy: {
        type: 'OAUTH_AUTHORIZATION_POLICY',
        name: 'Everybody',
        description: 'for a journey',
        conditions: { clients: { include: ['ALL_CLIENTS'] } },
      },
    });
    await client.authorizationServerApi.createAuthorizationServerPolicyRule({
      authServerId: server.id,
      policyId: policy.id,
      policyRule: {
        type: 'RESOURCE_ACCESS',
        name: 'Everything',
        conditions: {
          people: { groups: { include: ['EVERYONE'] } },
          grantTypes: { include: ['authorization_code'] },
          scopes: { include: ['*'] },
        },
      },
    });
    const verifier = new OktaJwtVerifier({ issuer: server.issuer });
    const before = await tokensOf(server.issuer);
    const old = await verifier.verifyAccessToken(before.access_token, 'api://rotating');

    await all(
      client.authorizationServerApi.rotateAuthorizationServerKeys({
        authServerId: server.id,
        use: { use: 'sig' },
      }),
    );
    const after = await tokensOf(server.issuer);

    const fresh = await verifier.verifyAccessToken(after.access_token, 'api://rotating');
    assert.notEqual(fresh.header.kid, old.header.kid);
    const late = new OktaJwtVerifier({ issuer: server.issuer });
    for (const { access_token: token } of [before, after]) {
      await late.verifyAccessToken(token, 'api://rotating');
    }
  });

  it('refuses a token whose claims were changed, and one that nobody signed', async () => {
    const { access_token: token } = await tokensOf(DEFAULT_SERVER);
    const verifier = new OktaJwtVerifier({ issuer: DEFAULT_SERVER });
    const [header, body, signature] = token.split('.');
    const claims = { ...JSON.parse(Buffer.from(body, 'base64url')), sub: 'somebody-else' };
    const changed = Buffer.from(JSON.stringify(claims)).toString('base64url');
    const unsigned = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');

    for (const forged of [`${header}.${changed}.${signature}`, `${unsigned}.${changed}.`]) {
      await assert.rejects(verifier.verifyAccessToken(forged, 'api://default'));
    }
  });
});
