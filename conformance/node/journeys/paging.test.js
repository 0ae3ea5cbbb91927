import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { all, client, createUser, pages, profile, times, unique } from './org.js';

const COUNT = 1000;
const department = unique('Crowd').replace('-', '');
const search = `profile.department eq "${department}"`;
const crowd = new Set();

describe('Paging through 1000 users', () => {
  before(() =>
    times(COUNT, async (n) => {
      const user = await createUser({
        profile: profile({ department, employeeNumber: String(n).padStart(4, '0') }),
      });
      crowd.add(user.id);
    }),
  );

  it('the plain list meets every one of them, each once', async () => {
    const listed = (await all(client.userApi.listUsers({ limit: 200 }))).map((each) => each.id);
    assert.equal(new Set(listed).size, listed.length);
    const missed = [...crowd].filter((id) => !listed.includes(id));
    assert.deepEqual(missed, []);
  });

  it('a search has five full pages of 200', async () => {
    const paged = await pages(client.userApi.listUsers({ search, limit: 200 }));
    assert.deepEqual(
      paged.map((page) => page.length),
      [200, 200, 200, 200, 200],
    );
    assert.deepEqual(new Set(paged.flat().map((each) => each.id)), crowd);
  });

  it('a sorted search keeps its order over all pages', async () => {
    const sorted = await all(
      client.userApi.listUsers({ search, sortBy: 'profile.employeeNumber', sortOrder: 'desc', limit: 150 }),
    );
    assert.deepEqual(
      sorted.map((each) => Number(each.profile.employeeNumber)),
      Array.from({ length: COUNT }, (_, n) => COUNT - 1 - n),
    );
  });

  it('who is made while others page neither hides nor repeats anybody', async () => {
    const met = [];
    const collection = await client.userApi.listUsers({ search, limit: 100 });
    await collection.each(async (user) => {
      met.push(user.id);
      if (met.length % 100 === 0) {
        await createUser();
      }
    });
    assert.equal(new Set(met).size, met.length);
    assert.deepEqual(new Set(met), crowd);
  });
});
