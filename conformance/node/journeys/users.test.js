import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { all, client, createUser, createUserWithPassword, profile, refusal, unique } from './org.js';

describe('Users', () => {
  it('a new user has an id, a status, dates, a type and links', async () => {
    const user = await createUser();
    assert.match(user.id, /^00u[A-Za-z0-9]{17}$/);
    assert.equal(user.status, 'PROVISIONED');
    assert.ok(user.created instanceof Date);
    assert.ok(user.lastUpdated instanceof Date);
    assert.match(user.type.id, /^oty/);
    assert.deepEqual(
      { type: user.credentials.provider.type, name: user.credentials.provider.name },
      { type: 'OKTA', name: 'OKTA' },
    );
    assert.ok(user._links.self.href.endsWith(`/api/v1/users/${user.id}`));
  });

  it('is found by id, by login, by unique short login and as me', async () => {
    const user = await createUser();
    const login = user.profile.login;
    for (const userId of [user.id, login, login.split('@')[0]]) {
      const found = await client.userApi.getUser({ userId });
      assert.equal(found.id, user.id, userId);
    }
    const me = await client.userApi.getUser({ userId: 'me' });
    assert.equal(me.status, 'ACTIVE');
  });

  it('keeps every attribute of the base profile, in all of Unicode', async () => {
    const given = profile({
      firstName: 'Zoë',
      middleName: 'Ōkami 狼',
      lastName: 'Ünsal 😀',
      honorificPrefix: 'Dr.',
      honorificSuffix: 'MSc',
      title: 'Keeper of doors',
      displayName: 'Zoë "the door" Ünsal',
      nickName: 'zo',
      profileUrl: 'https://example.com/zoe',
      secondEmail: `${unique('second')}@example.com`,
      mobilePhone: '+49 151 0000',
      primaryPhone: '+49 30 0000',
      streetAddress: '1 Gate <Road> & Sons',
      city: 'Berlin',
      state: 'BE',
      zipCode: '10115',
      countryCode: 'DE',
      postalAddress: 'PO 1',
      preferredLanguage: 'de',
      locale: 'de_DE',
      timezone: 'Europe/Berlin',
      userType: 'Employee',
      employeeNumber: '007',
      costCenter: 'cc',
      organization: 'Ostiary',
      division: 'North',
      department: 'Doors',
      managerId: '00u0',
      manager: 'Janus',
    });
    const user = await createUser({ profile: given });
    const found = await client.userApi.getUser({ userId: user.id });
    for (const [name, value] of Object.entries(given)) {
      assert.equal(found.profile[name], value, name);
    }
  });

  it('a partial update changes what it names, a replacement drops what it lacks', async () => {
    const user = await createUser({ profile: profile({ city: 'Berlin', nickName: 'iz' }) });
    const updated = await client.userApi.updateUser({
      userId: user.id,
      user: { profile: { city: 'Rome' } },
    });
    assert.equal(updated.profile.city, 'Rome');
    assert.equal(updated.profile.nickName, 'iz');
    assert.equal(updated.profile.login, user.profile.login);

    const { firstName, lastName, email, login } = user.profile;
    const replaced = await client.userApi.replaceUser({
      userId: user.id,
      user: { profile: { firstName, lastName, email, login } },
    });
    assert.equal(replaced.profile.city ?? null, null);
    assert.equal(replaced.profile.nickName ?? null, null);
    assert.ok(replaced.lastUpdated >= user.lastUpdated);
  });

  it('a login can change, and the old one names nobody then', async () => {
    const user = await createUser();
    const login = `${unique('renamed')}@example.com`;
    await client.userApi.updateUser({ userId: user.id, user: { profile: { login } } });
    assert.equal((await client.userApi.getUser({ userId: login })).id, user.id);
    await assert.rejects(
      client.userApi.getUser({ userId: user.profile.login }),
      refusal(404, 'E0000007'),
    );
  });

  it('q, filter and search find a user as soon as it was made', async () => {
    const word = unique('Quirk').replace('-', '');
    const user = await createUser({ profile: profile({ lastName: word, department: word }) });
    const ids = async (query) => (await all(client.userApi.listUsers(query))).map((each) => each.id);
    for (const query of [
      { q: word },
      { filter: `profile.login eq "${user.profile.login}"` },
      { filter: `id eq "${user.id}"` },
      { search: `profile.login eq "${user.profile.login}"` },
      { search: `profile.lastName sw "${word.slice(0, 12)}"` },
      { search: `profile.department eq "${word}" and status eq "PROVISIONED"` },
      { search: `(profile.department eq "${word}") and created gt "2020-01-01T00:00:00.000Z"` },
      { search: `profile.department eq "${word}" and profile.nickName pr or id eq "${user.id}"` },
    ]) {
      assert.deepEqual(await ids(query), [user.id], JSON.stringify(query));
    }
    assert.deepEqual(await ids({ search: `profile.department eq "${word}x"` }), []);
  });

  it('search sorts by any attribute, both ways', async () => {
    const word = unique('Sort').replace('-', '');
    for (const firstName of ['Bea', 'Cid', 'Ada']) {
      await createUser({ profile: profile({ firstName, department: word }) });
    }
    const names = async (sortOrder) =>
      (
        await all(
          client.userApi.listUsers({
            search: `profile.department eq "${word}"`,
            sortBy: 'profile.firstName',
            sortOrder,
          }),
        )
      ).map((each) => each.profile.firstName);
    assert.deepEqual(await names('asc'), ['Ada', 'Bea', 'Cid']);
    assert.deepEqual(await names('desc'), ['Cid', 'Bea', 'Ada']);
  });

  it('a first delete deactivates, the second removes', async () => {
    const user = await createUserWithPassword();
    await client.userApi.deleteUser({ userId: user.id });
    const after = await client.userApi.getUser({ userId: user.id });
    assert.equal(after.status, 'DEPROVISIONED');
    await client.userApi.deleteUser({ userId: user.id });
    await assert.rejects(client.userApi.getUser({ userId: user.id }), refusal(404, 'E0000007'));
  });
});
