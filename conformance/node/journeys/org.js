// What every journey starts from: the official client on the org that the environment names, and
// names that no other run has.
import { randomBytes } from 'node:crypto';
import okta from '@okta/okta-sdk-nodejs';

const { Client } = okta;

function required(name) {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set: start the journeys with .ci/node-journeys`);
  }
  return value;
}

export const orgUrl = required('OSTIARY_ORG_URL').replace(/\/$/, '');
export const apiToken = required('OSTIARY_API_TOKEN');

/** A client without the SDK's cache, so that every answer is the server's of this moment. */
export function clientWith(token = apiToken) {
  return new Client({ orgUrl, token, cacheMiddleware: null });
}

export const client = clientWith();

/** A word that nobody used before. */
export function unique(word) {
  return `${word}-${randomBytes(6).toString('hex')}`;
}

export const PASSWORD = 'Sesame-open-42';

/** A profile of its own; what is given replaces or adds. */
export function profile(attributes = {}) {
  const login = `${unique('journey')}@example.com`;
  return { firstName: 'Isaac', lastName: 'Brock', email: login, login, ...attributes };
}

export function createUser({ activate = true, ...body } = {}) {
  return client.userApi.createUser({ body: { profile: profile(), ...body }, activate });
}

export function createUserWithPassword(attributes = {}) {
  return createUser({
    profile: profile(attributes),
    credentials: { password: { value: PASSWORD } },
  });
}

export function createGroup(name = unique('Journey')) {
  return client.groupApi.createGroup({ group: { profile: { name, description: 'of a journey' } } });
}

/** All items of a collection; follows the next links. */
export async function all(collection) {
  const items = [];
  await (await collection).each((item) => {
    items.push(item);
  });
  return items;
}

/** The pages of a collection, each as an array. */
export async function pages(collection) {
  const found = [];
  const paged = await collection;
  while (paged.nextUri) {
    found.push(await paged.getNextPage());
  }
  return found;
}

/** The relations that an object links; the SDK's model also names those that are not there. */
export function relations(resource) {
  return Object.keys(resource._links).filter((relation) => resource._links[relation]);
}

/** Follows an action of an object's `_links`; the SDK's model leaves out the `method` of a user's. */
export async function follow(resource, relation, body) {
  const link = resource._links[relation];
  if (!link) {
    throw new Error(`no link ${relation} among ${relations(resource)}`);
  }
  const method = (link.hints?.allow?.[0] ?? 'POST').toLowerCase();
  const response = await client.http.http(link.href, {
    method,
    headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  return text === '' ? undefined : JSON.parse(text);
}

/** For assert.rejects: an error object of the API with this status and code. */
export function refusal(status, errorCode, cause) {
  return (error) => {
    const causes = (error.errorCauses ?? []).map((each) => each.errorSummary);
    const expected =
      error.status === status &&
      error.errorCode === errorCode &&
      error.errorLink === errorCode &&
      /^oae[A-Za-z0-9_-]{22}$/.test(error.errorId) &&
      (cause === undefined || causes.some((each) => cause.test(each)));
    if (!expected) {
      throw new Error(
        `expected ${status} ${errorCode} ${cause ?? ''}, got ${error.status} ${error.errorCode} ` +
          `${error.errorSummary} ${JSON.stringify(causes)} ${error.errorId ?? error}`,
      );
    }
    return true;
  };
}

/** Runs work for 0 to count - 1, a few at a time. */
export async function times(count, work, atOnce = 16) {
  let next = 0;
  async function worker() {
    while (next < count) {
      const mine = next;
      next += 1;
      await work(mine);
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker));
}
