import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { all, client, createUser, refusal, unique } from './org.js';

const side = (name) => ({ name, title: `Title of ${name}`, description: 'Of a crew', type: 'USER' });

/** A relation of names that nobody has. */
async function define() {
  const name = unique('relation').replaceAll(/[^A-Za-z0-9_]/g, '_');
  return client.linkedObjectApi.createLinkedObjectDefinition({
    linkedObject: { primary: side(name), associated: side(`${name}_many`) },
  });
}

async function linked(userId, relationshipName) {
  const links = await all(client.userApi.listLinkedObjectsForUser({ userId, relationshipName }));
  return links.map((link) => link._links.self.href.split('/').pop());
}

describe('Linked objects', () => {
  it('a relation is defined, found by either name, listed, and deleted', async () => {
    const made = await define();
    const { name } = made.primary;
    for (const linkedObjectName of [name, made.associated.name]) {
      const found = await client.linkedObjectApi.getLinkedObjectDefinition({ linkedObjectName });
      assert.equal(found.primary.name, name);
    }
    const listed = await all(client.linkedObjectApi.listLinkedObjectDefinitions());
    assert.ok(listed.some((each) => each.primary.name === name));
    await assert.rejects(
      client.linkedObjectApi.createLinkedObjectDefinition({ linkedObject: made }),
      refusal(409, 'E0000127'),
    );

    await client.linkedObjectApi.deleteLinkedObjectDefinition({ linkedObjectName: name });
    await assert.rejects(
      client.linkedObjectApi.getLinkedObjectDefinition({ linkedObjectName: name }),
      refusal(404, 'E0000007'),
    );
  });

  it('users are linked, read from both sides, and unlinked', async () => {
    const made = await define();
    const captain = await createUser();
    const sailor = await createUser();
    await client.userApi.setLinkedObjectForUser({
      associatedUserId: sailor.id,
      primaryRelationshipName: made.primary.name,
      primaryUserId: captain.id,
    });
    assert.deepEqual(await linked(sailor.id, made.primary.name), [captain.id]);
    assert.deepEqual(await linked(captain.id, made.associated.name), [sailor.id]);

    await client.userApi.deleteLinkedObjectForUser({
      userId: sailor.id,
      relationshipName: made.primary.name,
    });
    assert.deepEqual(await linked(captain.id, made.associated.name), []);
  });
});
