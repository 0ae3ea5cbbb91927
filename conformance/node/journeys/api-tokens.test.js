import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { all, client, clientWith, orgUrl, refusal, unique } from './org.js';

/** The original makes tokens in its console only; this is the server's own way. */
async function createToken(name) {
  const { id: user } = await client.userApi.getUser({ userId: 'me' });
  const response = await client.http.http(`${orgUrl}/ostiary/v1/apiTokens`, {
    method: 'post',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify({ user, name }),
  });
  return response.json();
}

describe('API tokens', () => {
  it('a token is made, listed without its secret, used and revoked at once', async () => {
    const name = unique('token');
    const { token: secret } = await createToken(name);

    const listed = (await all(client.apiTokenApi.listApiTokens())).find((each) => each.name === name);
    assert.match(listed.id, /^00T/);
    assert.ok(!JSON.stringify(listed).includes(secret));
    const one = await client.apiTokenApi.getApiToken({ apiTokenId: listed.id });
    assert.equal(one.name, name);

    const holder = clientWith(secret);
    const me = await holder.userApi.getUser({ userId: 'me' });
    assert.equal(me.id, listed.userId);

    await client.apiTokenApi.revokeApiToken({ apiTokenId: listed.id });
    await assert.rejects(holder.userApi.getUser({ userId: 'me' }), refusal(401, 'E0000011'));
    await assert.rejects(
      client.apiTokenApi.getApiToken({ apiTokenId: listed.id }),
      refusal(404, 'E0000007'),
    );
  });

  it('a token can revoke itself', async () => {
    const { token: secret } = await createToken(unique('token'));
    const holder = clientWith(secret);
    await holder.apiTokenApi.revokeCurrentApiToken();
    await assert.rejects(holder.userApi.getUser({ userId: 'me' }), refusal(401, 'E0000011'));
  });
});
