import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { client, createUser, createUserWithPassword, follow, refusal, relations } from './org.js';

async function status(user) {
  return (await client.userApi.getUser({ userId: user.id })).status;
}

describe('The lifecycle', () => {
  it('runs from staged over active and suspended to deprovisioned and back', async () => {
    const user = await createUser({ activate: false });
    const userId = user.id;
    assert.equal(user.status, 'STAGED');

    const activation = await client.userApi.activateUser({ userId, sendEmail: false });
    assert.ok(activation.activationToken);
    assert.ok(activation.activationUrl.includes(activation.activationToken));
    assert.equal(await status(user), 'PROVISIONED');

    const again = await client.userApi.reactivateUser({ userId, sendEmail: false });
    assert.notEqual(again.activationToken, activation.activationToken);

    await client.userApi.updateUser({
      userId,
      user: { credentials: { password: { value: 'Sesame-open-43' } } },
    });
    assert.equal(await status(user), 'ACTIVE');

    await client.userApi.suspendUser({ userId });
    assert.equal(await status(user), 'SUSPENDED');
    await client.userApi.unsuspendUser({ userId });
    assert.equal(await status(user), 'ACTIVE');

    await client.userApi.deactivateUser({ userId });
    assert.equal(await status(user), 'DEPROVISIONED');
    await client.userApi.activateUser({ userId, sendEmail: false });
    assert.ok(['ACTIVE', 'PROVISIONED'].includes(await status(user)));
  });

  it('is walked by the links that the object carries, and only by those', async () => {
    let user = await createUserWithPassword();
    const reread = async () => {
      user = await client.userApi.getUser({ userId: user.id });
      return relations(user);
    };

    let links = await reread();
    assert.ok(links.includes('suspend'));
    assert.ok(!links.includes('unsuspend'));
    await follow(user, 'suspend');

    links = await reread();
    assert.equal(user.status, 'SUSPENDED');
    assert.ok(links.includes('unsuspend'));
    assert.ok(!links.includes('suspend'));
    await follow(user, 'unsuspend');

    await reread();
    assert.equal(user.status, 'ACTIVE');
    await follow(user, 'deactivate');

    links = await reread();
    assert.equal(user.status, 'DEPROVISIONED');
    assert.ok(links.includes('activate'), links.join());
    assert.ok(!links.includes('deactivate'));
  });

  it('refuses a step that the status forbids', async () => {
    const staged = await createUser({ activate: false });
    const active = await createUserWithPassword();
    await assert.rejects(
      client.userApi.suspendUser({ userId: staged.id }),
      (error) => refusal(error.status, error.errorCode)(error) && [400, 403].includes(error.status),
    );
    await assert.rejects(
      client.userApi.unlockUser({ userId: active.id }),
      refusal(403, 'E0000032'),
    );
    await assert.rejects(
      client.userApi.reactivateUser({ userId: active.id, sendEmail: false }),
      refusal(403, 'E0000038'),
    );
    await assert.rejects(
      client.userApi.activateUser({ userId: active.id, sendEmail: false }),
      refusal(403, 'E0000016'),
    );
  });

  it('a deactivated user keeps its login until it is removed', async () => {
    const user = await createUser();
    await client.userApi.deactivateUser({ userId: user.id });
    await assert.rejects(
      createUser({ profile: { ...user.profile } }),
      refusal(400, 'E0000001', /^login: An object with this field already exists/),
    );
    await client.userApi.deleteUser({ userId: user.id });
    const next = await createUser({ profile: { ...user.profile } });
    assert.notEqual(next.id, user.id);
  });
});
