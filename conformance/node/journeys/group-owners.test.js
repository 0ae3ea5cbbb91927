import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { all, client, createGroup, createUser, refusal } from './org.js';

describe('Group owners', () => {
  it('an owner is assigned once, listed, and dismissed', async () => {
    const group = await createGroup();
    const user = await createUser();
    const owner = { groupId: group.id, GroupOwner: { id: user.id, type: 'USER' } };
    const assigned = await client.groupApi.assignGroupOwner(owner);
    assert.equal(assigned.id, user.id);
    assert.equal(assigned.originType, 'OKTA_DIRECTORY');
    await assert.rejects(client.groupApi.assignGroupOwner(owner), refusal(400, 'E0000001'));

    const listed = await all(client.groupApi.listGroupOwners({ groupId: group.id }));
    assert.deepEqual(
      listed.map((each) => each.id),
      [user.id],
    );

    await client.groupApi.deleteGroupOwner({ groupId: group.id, ownerId: user.id });
    assert.deepEqual(await all(client.groupApi.listGroupOwners({ groupId: group.id })), []);
  });
});
