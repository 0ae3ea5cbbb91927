import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { all, client, clientWith, createUser, orgUrl, profile, refusal } from './org.js';

describe('Errors by code', () => {
  it('E0000007: an unknown id', async () => {
    await assert.rejects(
      client.userApi.getUser({ userId: '00u00000000000000000' }),
      (error) =>
        refusal(404, 'E0000007')(error) &&
        error.errorSummary === 'Not found: Resource not found: 00u00000000000000000 (User)',
    );
    await assert.rejects(
      client.groupApi.getGroup({ groupId: '00g00000000000000000' }),
      (error) =>
        refusal(404, 'E0000007')(error) &&
        error.errorSummary === 'Not found: Resource not found: 00g00000000000000000 (UserGroup)',
    );
  });

  it('E0000001: a taken login', async () => {
    const user = await createUser();
    await assert.rejects(
      createUser({ profile: profile({ login: user.profile.login }) }),
      refusal(
        400,
        'E0000001',
        /^login: An object with this field already exists in the current organization$/,
      ),
    );
  });

  it('E0000001: all wrong fields at once', async () => {
    await assert.rejects(
      client.userApi.createUser({ body: { profile: { firstName: 'Only' } } }),
      (error) =>
        refusal(400, 'E0000001', /^login: /)(error) &&
        refusal(400, 'E0000001', /^email: /)(error),
    );
  });

  it('E0000001: an attribute that the profile lacks', async () => {
    await assert.rejects(
      client.http.postJson(`${orgUrl}/api/v1/users`, {
        body: JSON.stringify({ profile: { ...profile(), nonsense: 1 } }),
      }),
      refusal(400, 'E0000001', /nonsense/),
    );
  });

  it('E0000003: a body that is no JSON', async () => {
    await assert.rejects(
      client.http.postJson(`${orgUrl}/api/v1/users`, { body: '{"profile":' }),
      refusal(400, 'E0000003'),
    );
  });

  it('E0000011: a bad token', async () => {
    await assert.rejects(
      clientWith('00Notatoken').userApi.getUser({ userId: 'me' }),
      refusal(401, 'E0000011'),
    );
  });

  it('E0000022: the wrong verb', async () => {
    await assert.rejects(client.http.delete(`${orgUrl}/api/v1/users`), refusal(405, 'E0000022'));
  });

  it('E0000031: a search that cannot be read', async () => {
    for (const search of ['profile.login eq', '(profile.login pr', 'nonsense']) {
      await assert.rejects(
        all(client.userApi.listUsers({ search })),
        refusal(400, 'E0000031'),
        search,
      );
    }
  });

  it('E0000060: what is not there yet says so', async () => {
    await assert.rejects(
      all(client.featureApi.listFeatures()),
      (error) => error.status !== 501 || refusal(501, 'E0000060')(error),
    );
  });

  it('every answer carries a request id, an error too', async () => {
    await assert.rejects(client.userApi.getUser({ userId: 'nobody' }), (error) => {
      assert.match(error.headers.get('x-okta-request-id'), /^.{20,40}$/);
      return true;
    });
  });
});
