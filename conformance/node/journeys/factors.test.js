// The official browser SDK enrols factors during a sign-in and verifies them at the next: its
// Authentication API client makes a method of each link that a factor has.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { before, describe, it } from 'node:test';
import { OktaAuth } from '@okta/okta-auth-js';
import { PASSWORD, client, createGroup, createUserWithPassword, orgUrl, unique } from './org.js';

const auth = new OktaAuth({ issuer: `${orgUrl}/oauth2/default`, clientId: 'journey' });

async function call(method, path, body) {
  const response = await client.http.http(`${orgUrl}${path}`, {
    method,
    headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  return text === '' ? undefined : JSON.parse(text);
}

/** A policy for a group, with one rule. */
async function policy(type, group, settings, actions) {
  const made = await call('post', '/api/v1/policies', {
    type,
    name: unique(type),
    conditions: { people: { groups: { include: [group] } } },
    ...(settings && { settings }),
  });
  await call('post', `/api/v1/policies/${made.id}/rules`, {
    type: type === 'OKTA_SIGN_ON' ? 'SIGN_ON' : type,
    name: unique('rule'),
    actions,
  });
}

/** RFC 6238, for a secret in base 32. */
function totp(secret, now = Date.now()) {
  const bits = [...secret]
    .map((each) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(each).toString(2).padStart(5, '0'))
    .join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((each) => Number.parseInt(each, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
  const hash = createHmac('sha1', key).update(step).digest();
  const binary = hash.readUInt32BE(hash[19] & 15) & 0x7fffffff;
  return String(binary % 1_000_000).padStart(6, '0');
}

describe('okta-auth-js with factors', () => {
  let group;

  before(async () => {
    group = (await createGroup()).id;
    await policy('OKTA_SIGN_ON', group, undefined, {
      signon: { access: 'ALLOW', requireFactor: true, factorPromptMode: 'ALWAYS' },
    });
    await policy(
      'MFA_ENROLL',
      group,
      {
        type: 'FACTORS',
        factors: {
          okta_question: { enroll: { self: 'OPTIONAL' } },
          okta_otp: { enroll: { self: 'OPTIONAL' } },
        },
      },
      { enroll: { self: 'CHALLENGE' } },
    );
  });

  async function member() {
    const user = await createUserWithPassword();
    await call('put', `/api/v1/groups/${group}/users/${user.id}`);
    return { username: user.profile.login, password: PASSWORD };
  }

  it('enrols a question, and is asked it at the next sign-in', async () => {
    const credentials = await member();

    const enroll = await auth.signInWithCredentials(credentials);
    assert.equal(enroll.status, 'MFA_ENROLL');
    const question = enroll.factors.find((each) => each.factorType === 'question');
    const offered = await question.questions();
    assert.ok(offered.some((each) => each.question === 'disliked_food' && each.questionText));
    const enrolled = await question.enroll({
      profile: { question: 'disliked_food', answer: 'mayonnaise' },
    });
    assert.equal(enrolled.status, 'SUCCESS');

    const required = await auth.signInWithCredentials(credentials);
    assert.equal(required.status, 'MFA_REQUIRED');
    await assert.rejects(
      required.factors[0].verify({ answer: 'mustard' }),
      (error) => error.errorCode === 'E0000068',
    );
    const verified = await required.factors[0].verify({ answer: 'mayonnaise' });
    assert.equal(verified.status, 'SUCCESS');
    assert.match(verified.sessionToken, /^20111/);
  });

  it('enrols a software token by its secret, and activates it', async () => {
    const credentials = await member();

    const enroll = await auth.signInWithCredentials(credentials);
    const token = enroll.factors.find((each) => each.factorType === 'token:software:totp');
    const begun = await token.enroll();
    assert.equal(begun.status, 'MFA_ENROLL_ACTIVATE');
    assert.match(begun.factor.activation.qrcode.href, /\/qr\//);
    const back = await begun.prev();
    assert.equal(back.status, 'MFA_ENROLL');
    const again = await back.factors
      .find((each) => each.factorType === 'token:software:totp')
      .enroll();
    const done = await again.activate({ passCode: totp(again.factor.activation.sharedSecret) });
    assert.equal(done.status, 'SUCCESS');

    const required = await auth.signInWithCredentials(credentials);
    const next = totp(again.factor.activation.sharedSecret, Date.now() + 30_000);
    const verified = await required.factors[0].verify({ passCode: next });
    assert.equal(verified.status, 'SUCCESS');
  });

  it('asks for a code by mail as a challenge, and goes back', async () => {
    const credentials = await member();
    await call('post', `/api/v1/users/${credentials.username}/factors?activate=true`, {
      factorType: 'email',
      provider: 'OKTA',
    });

    const required = await auth.signInWithCredentials(credentials);
    const challenge = await required.factors[0].verify();
    assert.equal(challenge.status, 'MFA_CHALLENGE');
    assert.equal(challenge.factor.factorType, 'email');
    const back = await challenge.prev();
    assert.equal(back.status, 'MFA_REQUIRED');
    const [mail] = await call(
      'get',
      `/ostiary/v1/outbox?limit=1&to=${encodeURIComponent(credentials.username)}`,
    );
    const again = await back.factors[0].verify({ passCode: mail.variables.verificationToken });
    assert.equal(again.status, 'SUCCESS');
  });
});
