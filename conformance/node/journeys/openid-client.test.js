// The certified client library of most relying parties in Node: every flow that the server has,
// configured by discovery alone, with the library's own checks of every answer.
import assert from 'node:assert/strict';
import { request } from 'node:https';
import { before, describe, it } from 'node:test';
import * as oidc from 'openid-client';
import { PASSWORD, client, createUserWithPassword, unique } from './org.js';
import {
  CALLBACK,
  DEFAULT_SERVER,
  DONE,
  ORG_SERVER,
  party,
  posted,
  proof,
  registered,
  sentBack,
  sessionToken,
} from './relying-party.js';

const SCOPE = 'openid profile email offline_access';

/** A request of the code flow, and what has to come back of it. */
async function asked(config, terms = {}) {
  const checks = {
    pkceCodeVerifier: oidc.randomPKCECodeVerifier(),
    expectedState: oidc.randomState(),
    expectedNonce: oidc.randomNonce(),
  };
  const parameters = {
    redirect_uri: CALLBACK,
    scope: SCOPE,
    state: checks.expectedState,
    nonce: checks.expectedNonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
    code_challenge_method: 'S256',
    ...terms,
  };
  return { parameters, checks };
}

async function signedIn(config, user, terms = {}, options = undefined) {
  const { parameters, checks } = await asked(config, terms);
  const back = await sentBack(oidc.buildAuthorizationUrl(config, parameters), user);
  return oidc.authorizationCodeGrant(config, back, checks, undefined, options);
}

/** For assert.rejects: an answer of the token endpoint with this error. */
function refused(error) {
  return (thrown) => {
    assert.ok(thrown instanceof oidc.ResponseBodyError, String(thrown.stack));
    assert.equal(thrown.error, error);
    return true;
  };
}

/** What is said of a token that is shown with these proofs, each in a header of its own. */
function challenged(config, token, proofs) {
  return new Promise((resolve, reject) => {
    const headers = { Authorization: `DPoP ${token}`, DPoP: proofs };
    request(config.serverMetadata().userinfo_endpoint, { headers }, (answer) => {
      answer.resume();
      resolve([answer.statusCode, answer.headers['www-authenticate']]);
    })
      .on('error', reject)
      .end();
  });
}

describe('openid-client', () => {
  let user;

  before(async () => {
    user = await createUserWithPassword();
  });

  for (const issuer of [DEFAULT_SERVER, ORG_SERVER]) {
    const where = issuer === ORG_SERVER ? "the org's own server" : 'the default server';

    it(`finds everything by discovery at ${where}`, async () => {
      const config = await party({ issuer });
      const metadata = config.serverMetadata();

      assert.equal(metadata.issuer, issuer);
      assert.ok(metadata.supportsPKCE());
      for (const endpoint of [
        'authorization_endpoint',
        'token_endpoint',
        'userinfo_endpoint',
        'jwks_uri',
        'introspection_endpoint',
        'revocation_endpoint',
        'end_session_endpoint',
      ]) {
        assert.ok(metadata[endpoint].startsWith(config.serverMetadata().issuer), endpoint);
      }
    });

    it(`signs somebody in by code and challenge at ${where}, and asks who it is`, async () => {
      const config = await party({ issuer });

      const tokens = await signedIn(config, user);

      assert.equal(tokens.claims().sub, user.id);
      assert.equal(tokens.token_type, 'bearer');
      assert.ok(tokens.expiresIn() > 3500);
      const told = await oidc.fetchUserInfo(config, tokens.access_token, user.id);
      assert.equal(told.email, user.profile.email);
    });

    it(`pushes its request first at ${where}`, async () => {
      const config = await party({ issuer });
      const { parameters, checks } = await asked(config);

      const address = await oidc.buildAuthorizationUrlWithPAR(config, parameters);
      assert.deepEqual([...address.searchParams.keys()].sort(), ['client_id', 'request_uri']);
      const tokens = await oidc.authorizationCodeGrant(config, await sentBack(address, user), checks);

      assert.equal(tokens.claims().sub, user.id);
    });

    it(`renews, asks about, and gives back tokens at ${where}`, async () => {
      const config = await party({ issuer });
      const first = await signedIn(config, user);

      const next = await oidc.refreshTokenGrant(config, first.refresh_token);
      assert.notEqual(next.access_token, first.access_token);
      assert.equal(next.claims().sub, user.id);
      const told = await oidc.tokenIntrospection(config, next.access_token);
      assert.equal(told.active, true);
      assert.equal(told.client_id, config.clientMetadata().client_id);

      await oidc.tokenRevocation(config, next.access_token);
      assert.equal((await oidc.tokenIntrospection(config, next.access_token)).active, false);
      await oidc.tokenRevocation(config, next.refresh_token, { token_type_hint: 'refresh_token' });
      await assert.rejects(
        oidc.refreshTokenGrant(config, next.refresh_token),
        refused('invalid_grant'),
      );
    });
  }

  for (const method of [
    'client_secret_basic',
    'client_secret_post',
    'client_secret_jwt',
    'private_key_jwt',
  ]) {
    it(`proves itself by ${method}, wherever a client has to`, async () => {
      const config = await party({ method });

      const tokens = await signedIn(config, user);
      const next = await oidc.refreshTokenGrant(config, tokens.refresh_token);
      assert.equal((await oidc.tokenIntrospection(config, next.access_token)).active, true);
      await oidc.tokenRevocation(config, next.access_token);
      assert.equal((await oidc.tokenIntrospection(config, next.access_token)).active, false);
    });

    it(`gets tokens for itself by ${method}`, async () => {
      const scope = unique('scope');
      await client.authorizationServerApi.createOAuth2Scope({
        authServerId: 'default',
        oAuth2Scope: { name: scope },
      });
      const config = await party({ type: 'service', method });

      const tokens = await oidc.clientCredentialsGrant(config, { scope });

      assert.equal(tokens.scope, scope);
      assert.equal(tokens.refresh_token, undefined);
      assert.equal((await oidc.tokenIntrospection(config, tokens.access_token)).active, true);
      await assert.rejects(
        oidc.clientCredentialsGrant(config, { scope: 'nonsense' }),
        refused('invalid_scope'),
      );
    });
  }

  it('needs no secret where it cannot keep one', async () => {
    const config = await party({ type: 'browser', method: 'none' });

    const tokens = await signedIn(config, user);
    const next = await oidc.refreshTokenGrant(config, tokens.refresh_token);
    assert.equal((await oidc.tokenIntrospection(config, next.access_token)).active, true);
    await oidc.tokenRevocation(config, next.access_token);
  });

  it('is refused with the key or the secret of another', async () => {
    for (const method of ['client_secret_basic', 'client_secret_jwt', 'private_key_jwt']) {
      const app = await registered({ method });
      const other = await registered({ method });
      const config = await oidc.discovery(
        new URL(DEFAULT_SERVER),
        app.id,
        undefined,
        proof(other, method),
      );
      const { parameters, checks } = await asked(config);
      const back = await sentBack(oidc.buildAuthorizationUrl(config, parameters), user);
      const thrown = await oidc
        .authorizationCodeGrant(config, back, checks)
        .then(assert.fail, (error) => error);
      assert.equal(thrown.status, 401, String(thrown.stack));
      // A challenge (RFC 6749, 5.2) hides the body from the library.
      assert.equal(thrown.error ?? (await thrown.response.json()).error, 'invalid_client');
    }
  });

  it("reads what a server's policies refuse", async () => {
    const exchange = 'urn:ietf:params:oauth:grant-type:token-exchange';
    const scope = unique('scope');
    await client.authorizationServerApi.createOAuth2Scope({
      authServerId: 'default',
      oAuth2Scope: { name: scope },
    });
    const service = await party({ type: 'service', grant_types: ['client_credentials', exchange] });
    const { access_token: token } = await signedIn(await party(), user);

    await assert.rejects(
      oidc.genericGrantRequest(service, exchange, {
        subject_token: token,
        subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
        scope,
        audience: 'api://default',
      }),
      refused('access_denied'),
    );
  });

  it('takes an ID token beside the code (hybrid), in the fragment and by a form', async () => {
    const config = await party();
    oidc.useCodeIdTokenResponseType(config);

    for (const [mode, browser] of [
      [undefined, sentBack],
      ['form_post', posted],
    ]) {
      const { parameters, checks } = await asked(config, mode && { response_mode: mode });
      const back = await browser(oidc.buildAuthorizationUrl(config, parameters), user);
      const tokens = await oidc.authorizationCodeGrant(config, back, checks);
      assert.equal(tokens.claims().sub, user.id);
      assert.ok(tokens.refresh_token);
    }
  });

  it('takes an ID token alone (implicit), in the fragment and by a form', async () => {
    const config = await party();
    oidc.useIdTokenResponseType(config);

    for (const [mode, browser] of [
      [undefined, sentBack],
      ['form_post', posted],
    ]) {
      const nonce = oidc.randomNonce();
      const state = oidc.randomState();
      const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: CALLBACK,
        scope: 'openid email',
        state,
        nonce,
        ...(mode && { response_mode: mode }),
      });
      const claims = await oidc.implicitAuthentication(config, await browser(url, user), nonce, {
        expectedState: state,
      });
      assert.equal(claims.sub, user.id);
      assert.equal(claims.email, user.profile.email);
    }
  });

  it('takes a code by a form', async () => {
    const config = await party();
    const { parameters, checks } = await asked(config, { response_mode: 'form_post' });

    const back = await posted(oidc.buildAuthorizationUrl(config, parameters), user);

    assert.equal((await oidc.authorizationCodeGrant(config, back, checks)).claims().sub, user.id);
  });

  it('signs its request (JAR)', async () => {
    const app = await registered({
      method: 'private_key_jwt',
      request_object_signing_alg: 'RS256',
    });
    const config = await oidc.discovery(
      new URL(DEFAULT_SERVER),
      app.id,
      undefined,
      proof(app, 'private_key_jwt'),
    );
    const { parameters, checks } = await asked(config);
    const signed = await oidc.buildAuthorizationUrlWithJAR(config, parameters, app.key);
    assert.ok(signed.searchParams.get('request'));
    const back = await sentBack(signed, user);
    assert.equal((await oidc.authorizationCodeGrant(config, back, checks)).claims().sub, user.id);
  });

  it('knows when somebody signed in, where it asks for no older sign-in', async () => {
    const config = await party();
    const { parameters, checks } = await asked(config, { max_age: '300' });

    const back = await sentBack(oidc.buildAuthorizationUrl(config, parameters), user);
    const tokens = await oidc.authorizationCodeGrant(config, back, { ...checks, maxAge: 300 });

    assert.equal(typeof tokens.claims().auth_time, 'number');
  });

  it('is told that nobody is there, where nobody may be asked', async () => {
    const config = await party();
    const { parameters, checks } = await asked(config, { prompt: 'none' });

    const back = await sentBack(oidc.buildAuthorizationUrl(config, parameters));

    await assert.rejects(oidc.authorizationCodeGrant(config, back, checks), (thrown) => {
      assert.ok(thrown instanceof oidc.AuthorizationResponseError);
      assert.equal(thrown.error, 'login_required');
      return true;
    });
  });

  it('cannot redeem a code twice, nor with another verifier', async () => {
    const config = await party();
    const { parameters, checks } = await asked(config);
    const back = await sentBack(oidc.buildAuthorizationUrl(config, parameters), user);
    await oidc.authorizationCodeGrant(config, back, checks);
    await assert.rejects(
      oidc.authorizationCodeGrant(config, back, checks),
      refused('invalid_grant'),
    );

    const again = await asked(config);
    await assert.rejects(
      oidc.authorizationCodeGrant(
        config,
        await sentBack(oidc.buildAuthorizationUrl(config, again.parameters), user),
        { ...again.checks, pkceCodeVerifier: oidc.randomPKCECodeVerifier() },
      ),
      refused('invalid_grant'),
    );
  });

  it('binds tokens to a key (DPoP), with the nonce that the server asks for', async () => {
    for (const alg of ['ES256', 'RS256']) {
      const config = await party({ dpop_bound_access_tokens: true });
      const DPoP = oidc.getDPoPHandle(config, await oidc.randomDPoPKeyPair(alg));

      const tokens = await signedIn(config, user, {}, { DPoP });
      assert.equal(tokens.token_type, 'dpop');
      const told = await oidc.fetchUserInfo(config, tokens.access_token, user.id, { DPoP });
      assert.equal(told.sub, user.id);
      const next = await oidc.refreshTokenGrant(config, tokens.refresh_token, undefined, { DPoP });
      assert.equal(next.token_type, 'dpop');
      assert.ok((await oidc.tokenIntrospection(config, next.access_token)).cnf.jkt);
      await assert.rejects(oidc.fetchUserInfo(config, next.access_token, user.id), (thrown) => {
        assert.ok(thrown instanceof oidc.WWWAuthenticateChallengeError, String(thrown.stack));
        return true;
      });
      const [status, challenge] = await challenged(config, next.access_token, ['one', 'another']);
      assert.equal(status, 400);
      assert.match(challenge, /Multiple DPoP proof JWT headers are not allowed/);
    }
  });

  it('binds tokens that a service gets for itself', async () => {
    const scope = unique('scope');
    await client.authorizationServerApi.createOAuth2Scope({
      authServerId: 'default',
      oAuth2Scope: { name: scope },
    });
    const config = await party({
      type: 'service',
      method: 'private_key_jwt',
      dpop_bound_access_tokens: true,
    });
    const DPoP = oidc.getDPoPHandle(config, await oidc.randomDPoPKeyPair());

    const tokens = await oidc.clientCredentialsGrant(config, { scope }, { DPoP });

    assert.equal(tokens.token_type, 'dpop');
    await assert.rejects(
      oidc.clientCredentialsGrant(config, { scope }),
      refused('invalid_dpop_proof'),
    );
  });

  it("takes a user's password, where an app may", async () => {
    const config = await party({
      type: 'native',
      grant_types: ['password', 'authorization_code'],
      response_types: ['code'],
    });

    const tokens = await oidc.genericGrantRequest(config, 'password', {
      username: user.profile.login,
      password: PASSWORD,
      scope: 'openid email',
    });

    assert.equal(tokens.claims().sub, user.id);
  });

  it('ends the session, and its browser comes back', async () => {
    const config = await party();
    const { parameters, checks } = await asked(config);
    const url = oidc.buildAuthorizationUrl(config, parameters);
    url.searchParams.set('sessionToken', await sessionToken(user));
    const signIn = await fetch(url, { redirect: 'manual' });
    const sid = signIn.headers.getSetCookie().find((line) => line.startsWith('sid='));
    const cookie = sid.slice(0, sid.indexOf(';'));
    const tokens = await oidc.authorizationCodeGrant(
      config,
      new URL(signIn.headers.get('location')),
      checks,
    );
    const state = oidc.randomState();

    const signOut = await fetch(
      oidc.buildEndSessionUrl(config, {
        post_logout_redirect_uri: DONE,
        id_token_hint: tokens.id_token,
        state,
      }),
      { redirect: 'manual', headers: { cookie } },
    );

    assert.equal(signOut.headers.get('location'), `${DONE}?state=${state}`);
    const silent = await asked(config, { prompt: 'none' });
    const nobody = await fetch(oidc.buildAuthorizationUrl(config, silent.parameters), {
      redirect: 'manual',
      headers: { cookie },
    });
    assert.match(nobody.headers.get('location'), /error=login_required/);
  });
});
