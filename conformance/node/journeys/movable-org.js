// An org of its own that is there to be tested with: its clock goes on when it is told to, so that
// nobody waits for half a minute, and no other journey is hurried.
import { OktaAuth } from '@okta/okta-auth-js';
import { PASSWORD, client, orgUrl, profile, unique } from './org.js';

const JSON_BODY = { Accept: 'application/json', 'Content-Type': 'application/json' };

async function said(response, asked) {
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${asked}: ${response.status} ${text}`);
  }
  return text === '' ? undefined : JSON.parse(text);
}

async function operator(method, path, body) {
  const answer = await client.http.http(`${orgUrl}${path}`, {
    method,
    headers: JSON_BODY,
    body: JSON.stringify(body),
  });
  return said(answer, path);
}

export async function movableOrg() {
  const made = await operator('post', '/ostiary/v1/orgs', { name: unique('clock'), port: 0 });
  await operator('put', `/ostiary/v1/orgs/${made.id}/settings`, { test: true });
  return new MovableOrg(`https://localhost:${made.port}`, made.apiToken);
}

class MovableOrg {
  #token;
  #phones = 0;

  constructor(url, token) {
    this.url = url;
    this.#token = token;
    this.auth = new OktaAuth({ issuer: `${url}/oauth2/default`, clientId: 'journey' });
  }

  async call(method, path, body) {
    const answer = await fetch(`${this.url}${path}`, {
      method,
      headers: { ...JSON_BODY, Authorization: `SSWS ${this.#token}` },
      body: body && JSON.stringify(body),
    });
    return said(answer, `${method} ${path}`);
  }

  /** What a telephone does, which has no token of the API: the status of the answer, and the answer. */
  async device(path, body) {
    const answer = await fetch(`${this.url}/ostiary/v1/push/${path}`, {
      method: 'POST',
      headers: JSON_BODY,
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: await answer.json() };
  }

  /** Lets time go by, as `PT31S` says. */
  advance(by) {
    return this.call('POST', '/ostiary/v1/clock', { advance: by });
  }

  /**
   * Lets more time go by than a state token lives when nothing is asked: somebody looks where the
   * sign-in stands in between, which lengthens its life.
   */
  async waitWith(transaction, times) {
    for (let i = 0; i < times; i += 1) {
      await this.advance('PT3M');
      await this.auth.tx.resume({ stateToken: transaction.data.stateToken });
    }
  }

  /** A group with a policy of each type that is named. */
  async governed(policies) {
    const { id } = await this.call('POST', '/api/v1/groups', { profile: { name: unique('group') } });
    for (const [type, { settings, actions }] of Object.entries(policies)) {
      const made = await this.call('POST', '/api/v1/policies', {
        type,
        name: unique(type),
        priority: 1,
        conditions: { people: { groups: { include: [id] } } },
        ...(settings && { settings }),
      });
      await this.call('POST', `/api/v1/policies/${made.id}/rules`, {
        type: type === 'OKTA_SIGN_ON' ? 'SIGN_ON' : type,
        name: 'rule',
        actions,
      });
    }
    return id;
  }

  /** Somebody of a group, as they sign in. */
  async member(group) {
    const user = await this.call('POST', '/api/v1/users?activate=true', {
      profile: profile(),
      credentials: {
        password: { value: PASSWORD },
        recovery_question: { question: 'Which sea?', answer: 'baltic' },
      },
    });
    await this.call('PUT', `/api/v1/groups/${group}/users/${user.id}`);
    return { username: user.profile.login, password: PASSWORD };
  }

  /** A number that nobody was called at before. */
  phone() {
    this.#phones += 1;
    return `+1555415${String(2000 + this.#phones)}`;
  }

  /** What was sent last to a number or an address. */
  async sent(to) {
    const path = `/ostiary/v1/outbox?limit=1&to=${encodeURIComponent(to)}`;
    return (await this.call('GET', path))[0]?.variables;
  }

  /** The code of it. */
  async code(to) {
    const sent = await this.sent(to);
    return sent.code ?? sent.verificationToken;
  }
}

/** For assert.rejects: an error of the Authentication API with this status and code. */
export function refused(status, errorCode) {
  return (error) => {
    if (error.xhr?.status !== status || error.errorCode !== errorCode) {
      throw new Error(`expected ${status} ${errorCode}, got ${error.xhr?.status} ${error.errorCode} ${error.message}`);
    }
    return true;
  };
}
