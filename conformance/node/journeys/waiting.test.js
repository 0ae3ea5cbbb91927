// The official browser SDK waits for people: for a device that is to come or to answer, and for
// codes that somebody types. They take too long, the org says so, and the SDK goes on from there.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { movableOrg, refused } from './movable-org.js';

const POLL = { delay: 50 };

describe('okta-auth-js that waits', () => {
  let org;
  let group;

  before(async () => {
    org = await movableOrg();
    const optional = { enroll: { self: 'OPTIONAL' } };
    group = await org.governed({
      OKTA_SIGN_ON: {
        actions: { signon: { access: 'ALLOW', requireFactor: true, factorPromptMode: 'ALWAYS' } },
      },
      MFA_ENROLL: {
        settings: { type: 'FACTORS', factors: { okta_sms: optional, okta_push: optional } },
        actions: { enroll: { self: 'CHALLENGE' } },
      },
    });
  });

  async function enrolling(credentials, factorType, body) {
    const enroll = await org.auth.signInWithCredentials(credentials);
    assert.equal(enroll.status, 'MFA_ENROLL');
    return enroll.factors.find((each) => each.factorType === factorType).enroll(body);
  }

  /** The device reads what the page shows: what came of that. */
  function comes(begun) {
    const { href } = begun.factor.activation.qrcode;
    return org.device('devices', { code: href.slice(href.lastIndexOf('/') + 1) });
  }

  async function answers(deviceToken, approve) {
    const asked = await org.device('transactions', { deviceToken });
    const [{ id }] = asked.body;
    const told = await org.device(`transactions/${id}`, { deviceToken, approve });
    assert.equal(told.status, 200);
  }

  /** Somebody with a device, who is asked for it: the challenge, and what the device holds. */
  async function challenged() {
    const credentials = await org.member(group);
    const begun = await enrolling(credentials, 'push');
    const {
      body: { deviceToken },
    } = await comes(begun);
    assert.equal((await begun.poll(POLL)).status, 'SUCCESS');
    const required = await org.auth.signInWithCredentials(credentials);
    assert.equal(required.status, 'MFA_REQUIRED');
    const challenge = await required.factors[0].verify();
    assert.equal(challenge.status, 'MFA_CHALLENGE');
    assert.equal(challenge.factorResult, 'WAITING');
    return { challenge, deviceToken };
  }

  it('polls until a device has come, and is in', async () => {
    const begun = await enrolling(await org.member(group), 'push');
    assert.equal(begun.status, 'MFA_ENROLL_ACTIVATE');
    assert.equal(begun.factorResult, 'WAITING');
    let coming;

    const done = await begun.poll({
      ...POLL,
      transactionCallBack: () => {
        coming ??= comes(begun);
      },
    });

    assert.equal((await coming).status, 200);
    assert.equal(done.status, 'SUCCESS');
  });

  it('sends a device the way by mail and by sms', async () => {
    const credentials = await org.member(group);
    const begun = await enrolling(credentials, 'push');
    const phoneNumber = org.phone();

    const mailed = await begun.factor.activation.send('email');
    const texted = await mailed.factor.activation.send('sms', { profile: { phoneNumber } });

    assert.equal(texted.status, 'MFA_ENROLL_ACTIVATE');
    const { href } = begun.factor.activation.qrcode;
    const way = `?code=${href.slice(href.lastIndexOf('/') + 1)}`;
    for (const to of [credentials.username, phoneNumber]) {
      assert.ok(JSON.stringify(await org.sent(to)).includes(way), to);
    }
  });

  it('is told that a device did not come in time, and waits for it anew', async () => {
    const begun = await enrolling(await org.member(group), 'push');
    await org.waitWith(begun, 4);

    const late = await begun.poll(POLL);

    assert.equal(late.status, 'MFA_ENROLL_ACTIVATE');
    assert.equal(late.factorResult, 'TIMEOUT');
    assert.equal(late.factor.activation.factorResult, 'TIMEOUT');
    assert.equal(late.poll, undefined);
    assert.equal((await comes(begun)).status, 401);
    const again = await late.activate();
    assert.equal(again.factorResult, 'WAITING');
    assert.equal(again.factor.id, begun.factor.id);
    assert.equal((await comes(again)).status, 200);
    const done = await again.poll(POLL);
    assert.equal(done.status, 'SUCCESS');
  });

  it('chooses another way when a device did not come in time', async () => {
    const begun = await enrolling(await org.member(group), 'push');
    await org.waitWith(begun, 4);
    const late = await begun.poll(POLL);

    const back = await late.prev();
    const phoneNumber = org.phone();
    const other = await back.factors
      .find((each) => each.factorType === 'sms')
      .enroll({ profile: { phoneNumber } });
    const done = await other.activate({ passCode: await org.code(phoneNumber) });

    assert.equal(done.status, 'SUCCESS');
  });

  it('polls until a device has answered, and is in', async () => {
    const { challenge, deviceToken } = await challenged();
    let answering;

    const done = await challenge.poll({
      ...POLL,
      transactionCallBack: () => {
        answering ??= answers(deviceToken, true);
      },
    });

    await answering;
    assert.equal(done.status, 'SUCCESS');
  });

  it('is told that a device did not answer in time, and asks it again', async () => {
    const { challenge, deviceToken } = await challenged();
    await org.waitWith(challenge, 2);

    const late = await challenge.poll(POLL);

    assert.equal(late.status, 'MFA_CHALLENGE');
    assert.equal(late.factorResult, 'TIMEOUT');
    assert.equal(late.poll, undefined);
    const again = await late.resend('push');
    assert.equal(again.factorResult, 'WAITING');
    await answers(deviceToken, true);
    const done = await again.poll(POLL);
    assert.equal(done.status, 'SUCCESS');
  });

  it('is told that a device declined, and asks it again', async () => {
    const { challenge, deviceToken } = await challenged();
    await answers(deviceToken, false);

    const declined = await challenge.poll(POLL);

    assert.equal(declined.status, 'MFA_CHALLENGE');
    assert.equal(declined.factorResult, 'REJECTED');
    const again = await declined.verify();
    assert.equal(again.factorResult, 'WAITING');
    await answers(deviceToken, true);
    assert.equal((await again.poll(POLL)).status, 'SUCCESS');
  });

  it('gets another code when the one that was sent is too old', async () => {
    const phoneNumber = org.phone();
    const begun = await enrolling(await org.member(group), 'sms', { profile: { phoneNumber } });
    const old = await org.code(phoneNumber);
    await org.waitWith(begun, 2);

    await assert.rejects(begun.activate({ passCode: old }), refused(403, 'E0000068'));

    const again = await begun.resend('sms');
    const done = await again.activate({ passCode: await org.code(phoneNumber) });
    assert.equal(done.status, 'SUCCESS');
  });

  it('begins anew when the sign-in has ended in the middle of an enrolment', async () => {
    const credentials = await org.member(group);
    const phoneNumber = org.phone();
    const begun = await enrolling(credentials, 'sms', { profile: { phoneNumber } });
    assert.equal(org.auth.tx.exists(), true);
    const passCode = await org.code(phoneNumber);
    await org.advance('PT6M');

    for (const move of [
      () => begun.activate({ passCode }),
      () => begun.resend('sms'),
      () => begun.prev(),
      () => org.auth.tx.resume({ stateToken: begun.data.stateToken }),
    ]) {
      await assert.rejects(move(), refused(401, 'E0000011'));
    }

    assert.equal(org.auth.tx.exists(), false);
    await assert.rejects(org.auth.tx.resume(), /No transaction to resume/);
    const anew = await enrolling(credentials, 'sms', { profile: { phoneNumber } });
    const done = await anew.activate({ passCode: await org.code(phoneNumber) });
    assert.equal(done.status, 'SUCCESS');
  });

  it('stops polling when the sign-in has ended', async () => {
    const { challenge } = await challenged();
    await org.advance('PT6M');

    await assert.rejects(challenge.poll(POLL), refused(401, 'E0000011'));

    assert.equal(org.auth.tx.exists(), false);
  });

  it('goes on with the sign-in that is kept, on another page', async () => {
    const phoneNumber = org.phone();
    await enrolling(await org.member(group), 'sms', { profile: { phoneNumber } });

    const resumed = await org.auth.tx.resume();

    assert.equal(resumed.status, 'MFA_ENROLL_ACTIVATE');
    const done = await resumed.activate({ passCode: await org.code(phoneNumber) });
    assert.equal(done.status, 'SUCCESS');
    assert.equal(org.auth.tx.exists(), false);
  });
});
