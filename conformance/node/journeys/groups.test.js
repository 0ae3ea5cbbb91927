import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { all, client, createGroup, createUser, refusal, unique } from './org.js';

describe('Groups', () => {
  it('a group is made, read, changed and removed', async () => {
    const group = await createGroup();
    assert.match(group.id, /^00g[A-Za-z0-9]{17}$/);
    assert.equal(group.type, 'OKTA_GROUP');
    assert.deepEqual(group.objectClass, ['okta:user_group']);

    const name = unique('Renamed');
    const replaced = await client.groupApi.replaceGroup({
      groupId: group.id,
      group: { profile: { name, description: 'another' } },
    });
    assert.equal(replaced.profile.name, name);
    assert.equal((await client.groupApi.getGroup({ groupId: group.id })).profile.description, 'another');

    await client.groupApi.deleteGroup({ groupId: group.id });
    await assert.rejects(
      client.groupApi.getGroup({ groupId: group.id }),
      refusal(404, 'E0000007'),
    );
  });

  it('q, filter and search find a group as soon as it was made', async () => {
    const name = unique('Seekers');
    const group = await createGroup(name);
    for (const query of [
      { q: name },
      { filter: `id eq "${group.id}"` },
      { search: `profile.name eq "${name}"` },
      { search: `profile.name sw "${name.slice(0, 14)}" and type eq "OKTA_GROUP"` },
    ]) {
      const found = await all(client.groupApi.listGroups(query));
      assert.deepEqual(
        found.map((each) => each.id),
        [group.id],
        JSON.stringify(query),
      );
    }
  });

  it('a name is taken once', async () => {
    const group = await createGroup();
    await assert.rejects(
      createGroup(group.profile.name),
      refusal(400, 'E0000001', /^name: An object with this field already exists/),
    );
  });

  it('everyone is in Everyone, which nobody can remove', async () => {
    const user = await createUser();
    const groups = await all(client.userApi.listUserGroups({ userId: user.id }));
    const everyone = groups.find((each) => each.type === 'BUILT_IN');
    assert.equal(everyone.profile.name, 'Everyone');
    await assert.rejects(client.groupApi.deleteGroup({ groupId: everyone.id }), (error) =>
      refusal(error.status, error.errorCode)(error) && error.status >= 400 && error.status < 500,
    );
  });

  it('pages keep their order, and meet every group once', async () => {
    const prefix = unique('Paged');
    for (let n = 0; n < 7; n += 1) {
      await createGroup(`${prefix}-${n}`);
    }
    const found = await all(
      client.groupApi.listGroups({ search: `profile.name sw "${prefix}"`, limit: 3 }),
    );
    assert.deepEqual(
      found.map((each) => each.profile.name).sort(),
      Array.from({ length: 7 }, (_, n) => `${prefix}-${n}`),
    );
  });
});
