import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { all, client, createGroup, createUser, pages, profile, refusal, times } from './org.js';

async function members(group, limit) {
  return (await all(client.groupApi.listGroupUsers({ groupId: group.id, limit }))).map((each) => each.id);
}

describe('Memberships', () => {
  it('a user joins and leaves; doing it twice changes nothing', async () => {
    const [user, group] = [await createUser(), await createGroup()];
    const membership = { userId: user.id, groupId: group.id };
    await client.groupApi.assignUserToGroup(membership);
    await client.groupApi.assignUserToGroup(membership);
    assert.deepEqual(await members(group), [user.id]);
    const groups = await all(client.userApi.listUserGroups({ userId: user.id }));
    assert.ok(groups.some((each) => each.id === group.id));

    await client.groupApi.unassignUserFromGroup(membership);
    assert.deepEqual(await members(group), []);
  });

  it('a user is made into its groups', async () => {
    const [one, two] = [await createGroup(), await createGroup()];
    const user = await client.userApi.createUser({
      body: { profile: profile(), groupIds: [one.id, two.id] },
    });
    assert.deepEqual(await members(one), [user.id]);
    assert.deepEqual(await members(two), [user.id]);
  });

  it('a removed user leaves its groups, a removed group its members', async () => {
    const [user, group, other] = [await createUser(), await createGroup(), await createGroup()];
    for (const each of [group, other]) {
      await client.groupApi.assignUserToGroup({ userId: user.id, groupId: each.id });
    }
    await client.groupApi.deleteGroup({ groupId: group.id });
    const groups = await all(client.userApi.listUserGroups({ userId: user.id }));
    assert.ok(!groups.some((each) => each.id === group.id));

    await client.userApi.deactivateUser({ userId: user.id });
    await client.userApi.deleteUser({ userId: user.id });
    assert.deepEqual(await members(other), []);
  });

  it('members come in pages, each once', async () => {
    const group = await createGroup();
    const joined = new Set();
    await times(25, async () => {
      const user = await client.userApi.createUser({
        body: { profile: profile(), groupIds: [group.id] },
      });
      joined.add(user.id);
    });
    const paged = await pages(client.groupApi.listGroupUsers({ groupId: group.id, limit: 10 }));
    assert.deepEqual(
      paged.map((page) => page.length),
      [10, 10, 5],
    );
    assert.deepEqual(new Set(paged.flat().map((each) => each.id)), joined);
  });

  it('neither an unknown user nor an unknown group takes part', async () => {
    const [user, group] = [await createUser(), await createGroup()];
    await assert.rejects(
      client.groupApi.assignUserToGroup({ userId: '00u00000000000000000', groupId: group.id }),
      refusal(404, 'E0000007'),
    );
    await assert.rejects(
      client.groupApi.assignUserToGroup({ userId: user.id, groupId: '00g00000000000000000' }),
      refusal(404, 'E0000007'),
    );
  });
});
