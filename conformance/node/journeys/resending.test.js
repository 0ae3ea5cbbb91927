// The official browser SDK has codes sent again, in every state that has the link `resend`: a list
// of ways where a factor is enrolled or verified, one way where somebody recovers.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { movableOrg, refused } from './movable-org.js';

const NEXT = 'Another-one-43';

/** How codes come, how long the next one takes, and what is said to who does not wait for it. */
const WAYS = [
  { type: 'sms', pause: 'PT31S', tooSoon: 'E0000109' },
  { type: 'call', pause: 'PT31S', tooSoon: 'E0000133' },
  { type: 'email', pause: 'PT6S', tooSoon: 'E0000118' },
];

describe('okta-auth-js that has codes sent again', () => {
  let org;
  let careful;
  let forgetful;

  before(async () => {
    org = await movableOrg();
    const optional = { enroll: { self: 'OPTIONAL' } };
    careful = await org.governed({
      OKTA_SIGN_ON: {
        actions: { signon: { access: 'ALLOW', requireFactor: true, factorPromptMode: 'ALWAYS' } },
      },
      MFA_ENROLL: {
        settings: {
          type: 'FACTORS',
          factors: { okta_sms: optional, okta_call: optional, okta_email: optional },
        },
        actions: { enroll: { self: 'CHALLENGE' } },
      },
    });
    const active = { status: 'ACTIVE' };
    const allow = { access: 'ALLOW' };
    forgetful = await org.governed({
      PASSWORD: {
        settings: {
          password: { lockout: { maxAttempts: 1, showLockoutFailures: true } },
          recovery: { factors: { okta_sms: active, okta_call: active } },
        },
        actions: {
          passwordChange: allow,
          selfServicePasswordReset: allow,
          selfServiceUnlock: allow,
        },
      },
    });
  });

  /** Whoever is to be reached, and where. */
  async function reached(type) {
    const credentials = await org.member(careful);
    return { credentials, to: type === 'email' ? credentials.username : org.phone() };
  }

  async function enrolling({ credentials, to }, type) {
    const enroll = await org.auth.signInWithCredentials(credentials);
    assert.equal(enroll.status, 'MFA_ENROLL');
    const factor = enroll.factors.find((each) => each.factorType === type);
    const begun = await factor.enroll(type === 'email' ? {} : { profile: { phoneNumber: to } });
    assert.equal(begun.status, 'MFA_ENROLL_ACTIVATE');
    return begun;
  }

  for (const { type, pause, tooSoon } of WAYS) {
    it(`enrols by ${type} with the second code; the first one is worth nothing then`, async () => {
      const somebody = await reached(type);
      const begun = await enrolling(somebody, type);
      const first = await org.code(somebody.to);
      await assert.rejects(begun.resend(type), refused(429, tooSoon));
      await org.advance(pause);

      const again = await begun.resend(type);

      assert.equal(again.status, 'MFA_ENROLL_ACTIVATE');
      assert.equal(again.factor.id, begun.factor.id);
      const second = await org.code(somebody.to);
      assert.notEqual(second, first);
      await assert.rejects(again.activate({ passCode: first }), refused(403, 'E0000068'));
      const done = await again.activate({ passCode: second });
      assert.equal(done.status, 'SUCCESS');
    });

    it(`verifies by ${type} with the second code; the first one is worth nothing then`, async () => {
      const somebody = await reached(type);
      const begun = await enrolling(somebody, type);
      await begun.activate({ passCode: await org.code(somebody.to) });
      await org.advance(pause);
      const required = await org.auth.signInWithCredentials(somebody.credentials);
      assert.equal(required.status, 'MFA_REQUIRED');
      const challenge = await required.factors
        .find((each) => each.factorType === type)
        .verify();
      assert.equal(challenge.status, 'MFA_CHALLENGE');
      const first = await org.code(somebody.to);
      await assert.rejects(challenge.resend(type), refused(429, tooSoon));
      assert.throws(() => challenge.resend('push'), /No link found for that name/);
      await org.advance(pause);

      const again = await challenge.resend(type);

      assert.equal(again.status, 'MFA_CHALLENGE');
      assert.equal(again.factor.id, challenge.factor.id);
      const second = await org.code(somebody.to);
      assert.notEqual(second, first);
      await assert.rejects(again.verify({ passCode: first }), refused(403, 'E0000068'));
      const done = await again.verify({ passCode: second });
      assert.equal(done.status, 'SUCCESS');
    });
  }

  /** Somebody with a phone that may be used for recovery. */
  async function recoverable(factorType) {
    const credentials = await org.member(forgetful);
    const to = org.phone();
    await org.call('POST', `/api/v1/users/${credentials.username}/factors?activate=true`, {
      factorType,
      provider: 'OKTA',
      profile: { phoneNumber: to },
    });
    return { credentials, to };
  }

  for (const { type, pause, tooSoon } of WAYS.slice(0, 2)) {
    it(`recovers a password by ${type} with the second code`, async () => {
      const { credentials, to } = await recoverable(type);
      const { username } = credentials;
      const asked = await org.auth.forgotPassword({ username, factorType: type.toUpperCase() });
      assert.equal(asked.status, 'RECOVERY_CHALLENGE');
      const first = await org.code(to);
      await assert.rejects(asked.resend(), refused(429, tooSoon));
      await org.advance(pause);

      const again = await asked.resend();

      assert.equal(again.status, 'RECOVERY_CHALLENGE');
      const second = await org.code(to);
      assert.notEqual(second, first);
      await assert.rejects(again.verify({ passCode: first }), refused(403, 'E0000068'));
      const recovery = await again.verify({ passCode: second });
      assert.equal(recovery.status, 'RECOVERY');
      assert.equal(recovery.user.recovery_question.question, 'Which sea?');
      const reset = await recovery.answer({ answer: 'baltic' });
      assert.equal(reset.status, 'PASSWORD_RESET');
      const done = await reset.resetPassword({ newPassword: NEXT });
      assert.equal(done.status, 'SUCCESS');
    });
  }

  it('unlocks an account by sms with the second code', async () => {
    const { credentials, to } = await recoverable('sms');
    const { username } = credentials;
    const locked = await org.auth.signInWithCredentials({ username, password: 'wrong' });
    assert.equal(locked.status, 'LOCKED_OUT');
    const asked = await locked.unlock({ username, factorType: 'SMS' });
    assert.equal(asked.recoveryType, 'UNLOCK');
    await org.advance('PT31S');

    const again = await asked.resend();
    const recovery = await again.verify({ passCode: await org.code(to) });
    const unlocked = await recovery.answer({ answer: 'baltic' });

    assert.equal(unlocked.status, 'SUCCESS');
    assert.equal(unlocked.sessionToken, undefined);
    const signedIn = await org.auth.signInWithCredentials(credentials);
    assert.equal(signedIn.status, 'SUCCESS');
  });

  it('has no second mail of a recovery sent but by asking anew, and may go away', async () => {
    const { username } = await org.member(forgetful);
    const asked = await org.auth.forgotPassword({ username, factorType: 'EMAIL' });
    assert.equal(asked.resend, undefined);
    const { recoveryToken: first } = await org.sent(username);

    const away = await asked.cancel();
    const again = await org.auth.forgotPassword({ username, factorType: 'EMAIL' });

    assert.equal(away.status, undefined);
    assert.equal(again.status, 'RECOVERY_CHALLENGE');
    const { recoveryToken: second } = await org.sent(username);
    assert.notEqual(second, first);
    const recovery = await org.auth.verifyRecoveryToken({ recoveryToken: second });
    assert.equal(recovery.status, 'RECOVERY');
  });
});
