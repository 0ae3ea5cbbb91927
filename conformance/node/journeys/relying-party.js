// What the journeys of relying parties share: apps of every kind with the key or the secret that
// they prove themselves by, somebody who may sign in to them, and a browser that only follows.
import assert from 'node:assert/strict';
import { OktaAuth } from '@okta/okta-auth-js';
import * as oidc from 'openid-client';
import { PASSWORD, all, client, orgUrl, unique } from './org.js';

export const CALLBACK = 'https://app.example.com/callback';
export const DONE = 'https://app.example.com/done';
export const ORG_SERVER = orgUrl;
export const DEFAULT_SERVER = `${orgUrl}/oauth2/default`;

const authn = new OktaAuth({ issuer: DEFAULT_SERVER, clientId: 'journey' });

/** An app that everyone may sign in to: its id, its secret and the private key of its key set. */
export async function registered({ type = 'web', method = 'client_secret_basic', ...settings } = {}) {
  const key = await crypto.subtle.generateKey(
    { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
    true,
    ['sign', 'verify'],
  );
  const kid = unique('key');
  const service = type === 'service';
  const app = await client.applicationApi.createApplication({
    application: {
      name: 'oidc_client',
      label: unique('Party'),
      signOnMode: 'OPENID_CONNECT',
      credentials: { oauthClient: { token_endpoint_auth_method: method } },
      settings: {
        oauthClient: {
          application_type: type,
          grant_types: service
            ? ['client_credentials']
            : ['authorization_code', 'implicit', 'refresh_token'],
          response_types: service ? ['token'] : ['code', 'token', 'id_token'],
          ...(service ? {} : { redirect_uris: [CALLBACK], post_logout_redirect_uris: [DONE] }),
          ...(method === 'private_key_jwt'
            ? { jwks: { keys: [{ ...(await published(key.publicKey)), kid, use: 'sig' }] } }
            : {}),
          ...settings,
        },
      },
    },
  });
  if (!service) {
    const [everyone] = await all(client.groupApi.listGroups({ q: 'Everyone' }));
    await client.applicationApi.assignGroupToApplication({ appId: app.id, groupId: everyone.id });
  }
  return {
    id: app.id,
    secret: app.credentials.oauthClient.client_secret,
    key: { key: key.privateKey, kid },
  };
}

async function published(publicKey) {
  const { kty, n, e } = await crypto.subtle.exportKey('jwk', publicKey);
  return { kty, n, e };
}

/** How an app with this method proves itself. */
export function proof(app, method) {
  return {
    client_secret_basic: () => oidc.ClientSecretBasic(app.secret),
    client_secret_post: () => oidc.ClientSecretPost(app.secret),
    client_secret_jwt: () => oidc.ClientSecretJwt(app.secret),
    private_key_jwt: () => oidc.PrivateKeyJwt(app.key),
    none: () => oidc.None(),
  }[method]();
}

/** The client of an app that is found by discovery alone. */
export async function party({ issuer = DEFAULT_SERVER, method = 'client_secret_basic', ...terms } = {}) {
  const app = await registered({ method, ...terms });
  return oidc.discovery(new URL(issuer), app.id, undefined, proof(app, method));
}

export async function sessionToken(user, password = PASSWORD) {
  const transaction = await authn.signInWithCredentials({ username: user.profile.login, password });
  assert.equal(transaction.status, 'SUCCESS');
  return transaction.sessionToken;
}

/** Where the authorization endpoint sends the browser of somebody who has just signed in. */
export async function sentBack(url, user) {
  if (user) {
    url.searchParams.set('sessionToken', await sessionToken(user));
  }
  const answer = await fetch(url, { redirect: 'manual' });
  assert.equal(answer.status, 302, await answer.text());
  return new URL(answer.headers.get('location'));
}

/** What a browser posts when it was given a form that posts itself. */
export async function posted(url, user) {
  url.searchParams.set('sessionToken', await sessionToken(user));
  const answer = await fetch(url, { redirect: 'manual' });
  const page = await answer.text();
  assert.equal(answer.status, 200, page);
  const [, action] = /<form[^>]* action="([^"]+)"/.exec(page);
  const fields = [...page.matchAll(/<input[^>]*>/g)].map(([input]) => [
    /name="([^"]*)"/.exec(input)?.[1],
    /value="([^"]*)"/.exec(input)?.[1],
  ]);
  return new Request(action, {
    method: 'POST',
    body: new URLSearchParams(fields.filter(([name, value]) => name && value !== undefined)),
  });
}
