// The official browser SDK signs people in to an application: it makes the challenge, redeems the
// code, verifies the tokens by the published keys, refreshes and revokes them.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { OktaAuth } from '@okta/okta-auth-js';
import { PASSWORD, all, client, createUserWithPassword, orgUrl, unique } from './org.js';

const issuer = `${orgUrl}/oauth2/default`;
const redirectUri = 'https://app.example.com/callback';

describe('okta-auth-js', () => {
  let auth;
  let user;

  before(async () => {
    const app = await client.applicationApi.createApplication({
      application: {
        name: 'oidc_client',
        label: unique('Journey'),
        signOnMode: 'OPENID_CONNECT',
        credentials: { oauthClient: { token_endpoint_auth_method: 'none' } },
        settings: {
          oauthClient: {
            application_type: 'browser',
            redirect_uris: [redirectUri],
            response_types: ['code'],
            grant_types: ['authorization_code', 'refresh_token'],
          },
        },
      },
    });
    const [everyone] = await all(client.groupApi.listGroups({ q: 'Everyone' }));
    await client.applicationApi.assignGroupToApplication({ appId: app.id, groupId: everyone.id });
    auth = new OktaAuth({ issuer, clientId: app.id, redirectUri, pkce: true });
    user = await createUserWithPassword();
  });

  async function signIn() {
    const { sessionToken } = await auth.signInWithCredentials({
      username: user.profile.login,
      password: PASSWORD,
    });
    const params = await auth.token.prepareTokenParams({
      scopes: ['openid', 'profile', 'email', 'offline_access'],
    });
    const url = new URL(`${issuer}/v1/authorize`);
    url.search = new URLSearchParams({
      client_id: params.clientId,
      redirect_uri: params.redirectUri,
      response_type: params.responseType,
      scope: params.scopes.join(' '),
      state: params.state,
      nonce: params.nonce,
      code_challenge: params.codeChallenge,
      code_challenge_method: params.codeChallengeMethod,
      sessionToken,
    }).toString();
    const response = await fetch(url, { redirect: 'manual' });
    const location = new URL(response.headers.get('location'));
    assert.equal(location.searchParams.get('state'), params.state);
    const { tokens } = await auth.token.exchangeCodeForTokens({
      ...params,
      authorizationCode: location.searchParams.get('code'),
    });
    return tokens;
  }

  it('gets tokens for a code, and verifies the ID token by the published keys', async () => {
    const tokens = await signIn();

    assert.equal(tokens.idToken.claims.sub, user.id);
    assert.equal(tokens.idToken.claims.preferred_username, user.profile.login);
    assert.equal(auth.token.decode(tokens.accessToken.accessToken).payload.uid, user.id);
    assert.ok(tokens.refreshToken.refreshToken);
  });

  it('asks who the user is', async () => {
    const tokens = await signIn();

    const told = await auth.token.getUserInfo(tokens.accessToken, tokens.idToken);

    assert.equal(told.sub, user.id);
    assert.equal(told.given_name, user.profile.firstName);
  });

  it('renews by the refresh token, and gives it back', async () => {
    const tokens = await signIn();

    const renewed = await auth.token.renewTokensWithRefresh(
      { scopes: tokens.refreshToken.scopes },
      tokens.refreshToken,
    );
    assert.notEqual(renewed.accessToken.accessToken, tokens.accessToken.accessToken);
    assert.equal(renewed.idToken.claims.sub, user.id);

    await auth.revokeRefreshToken(renewed.refreshToken ?? tokens.refreshToken);
    await assert.rejects(
      auth.token.renewTokensWithRefresh(
        { scopes: tokens.refreshToken.scopes },
        renewed.refreshToken ?? tokens.refreshToken,
      ),
      (error) => error.xhr?.status === 400 || /invalid/.test(String(error)),
    );
  });
});
