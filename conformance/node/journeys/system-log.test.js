import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { all, client, createGroup, createUser, createUserWithPassword } from './org.js';

const types = (events) => events.map((each) => each.eventType);

describe('The System Log', () => {
  it('tells what was done, by whom, from where and to whom, at once', async () => {
    const user = await createUserWithPassword();
    await client.userApi.suspendUser({ userId: user.id });
    const me = await client.userApi.getUser({ userId: 'me' });

    const events = await all(
      client.systemLogApi.listLogEvents({ filter: `target.id eq "${user.id}"` }),
    );
    assert.ok(types(events).includes('user.lifecycle.create'), types(events).join());
    const suspension = events.find((each) => each.eventType === 'user.lifecycle.suspend');
    assert.equal(suspension.actor.id, me.id);
    assert.equal(suspension.outcome.result, 'SUCCESS');
    assert.equal(suspension.target[0].id, user.id);
    assert.equal(suspension.target[0].alternateId, user.profile.login);
    assert.match(suspension.client.userAgent.rawUserAgent, /okta-sdk-nodejs/);
    assert.ok(suspension.client.ipAddress);
    assert.ok(suspension.debugContext.debugData.requestId);
    assert.match(suspension.uuid, /^[0-9a-f-]{36}$/);
  });

  it('is filtered by type, bounded by time, sorted both ways', async () => {
    const since = new Date(Date.now() - 1000).toISOString();
    const group = await createGroup();
    const user = await createUser();
    await client.groupApi.assignUserToGroup({ userId: user.id, groupId: group.id });
    await client.groupApi.unassignUserFromGroup({ userId: user.id, groupId: group.id });
    const until = new Date(Date.now() + 60_000).toISOString();
    const filter =
      `target.id eq "${group.id}" and ` +
      '(eventType eq "group.user_membership.add" or eventType eq "group.user_membership.remove")';

    const query = { since, until, filter };
    const ascending = await all(client.systemLogApi.listLogEvents(query));
    assert.deepEqual(types(ascending), ['group.user_membership.add', 'group.user_membership.remove']);
    const descending = await all(
      client.systemLogApi.listLogEvents({ ...query, sortOrder: 'DESCENDING' }),
    );
    assert.deepEqual(types(descending), types(ascending).reverse());

    const yesterday = new Date(Date.now() - 86_400_000).toISOString();
    const before = { ...query, since: yesterday, until: since };
    assert.deepEqual(await all(client.systemLogApi.listLogEvents(before)), []);
  });

  it('a follower gets every event once, page by page', async () => {
    const group = await createGroup();
    const joined = [];
    for (let n = 0; n < 5; n += 1) {
      const user = await createUser();
      await client.groupApi.assignUserToGroup({ userId: user.id, groupId: group.id });
      joined.push(user.id);
    }
    const followed = await all(
      client.systemLogApi.listLogEvents({
        filter: `target.id eq "${group.id}" and eventType eq "group.user_membership.add"`,
        limit: 2,
      }),
    );
    const users = followed.map((each) => each.target.find((target) => target.type === 'User').id);
    assert.deepEqual(users, joined);
  });
});
