// The official browser SDK signs users in: its Authentication API client follows the links and
// knows the names of the states.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { OktaAuth } from '@okta/okta-auth-js';
import { PASSWORD, client, createGroup, createUserWithPassword, orgUrl, unique } from './org.js';

const auth = new OktaAuth({ issuer: `${orgUrl}/oauth2/default`, clientId: 'journey' });

describe('okta-auth-js', () => {
  it('signs in with a user name and a password', async () => {
    const user = await createUserWithPassword();

    const transaction = await auth.signInWithCredentials({
      username: user.profile.login,
      password: PASSWORD,
    });

    assert.equal(transaction.status, 'SUCCESS');
    assert.match(transaction.sessionToken, /^20111/);
    assert.equal(transaction.user.profile.login, user.profile.login);
  });

  it('tells a wrong password as E0000004', async () => {
    const user = await createUserWithPassword();

    await assert.rejects(
      auth.signInWithCredentials({ username: user.profile.login, password: 'wrong' }),
      (error) => error.errorCode === 'E0000004' && error.xhr.status === 401,
    );
  });

  it('changes an expired password by the method that the state has, and cancels', async () => {
    const user = await createUserWithPassword();
    const credentials = { username: user.profile.login, password: PASSWORD };
    await client.http.http(`${orgUrl}/api/v1/users/${user.id}/lifecycle/expire_password`, {
      method: 'post',
      headers: { Accept: 'application/json' },
    });

    const cancelled = await auth.signInWithCredentials(credentials);
    await cancelled.cancel();
    const expired = await auth.signInWithCredentials(credentials);
    assert.equal(expired.status, 'PASSWORD_EXPIRED');
    assert.equal(expired.policy.complexity.minLength, 8);
    const changed = await expired.changePassword({
      oldPassword: PASSWORD,
      newPassword: 'Another-one-43',
    });

    assert.equal(changed.status, 'SUCCESS');
  });

  it('asks for a mail when the password is forgotten', async () => {
    const user = await createUserWithPassword();

    const asked = await auth.forgotPassword({ username: user.profile.login, factorType: 'EMAIL' });

    assert.equal(asked.status, 'RECOVERY_CHALLENGE');
    assert.equal(asked.factorResult, 'WAITING');
  });

  it('goes on with a recovery token', async () => {
    const user = await createUserWithPassword();
    const response = await client.http.http(`${orgUrl}/api/v1/authn/recovery/password`, {
      method: 'post',
      headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
      body: JSON.stringify({ username: user.profile.login }),
    });
    const { recoveryToken } = await response.json();

    const recovery = await auth.verifyRecoveryToken({ recoveryToken });
    assert.equal(recovery.status, 'PASSWORD_RESET');
    const reset = await recovery.resetPassword({ newPassword: 'Another-one-43' });

    assert.equal(reset.status, 'SUCCESS');
  });

  it('looks where a sign-in stands, by its state token', async () => {
    const user = await createUserWithPassword();
    await client.http.http(`${orgUrl}/api/v1/users/${user.id}/lifecycle/expire_password`, {
      method: 'post',
      headers: { Accept: 'application/json' },
    });
    const expired = await auth.signInWithCredentials({
      username: user.profile.login,
      password: PASSWORD,
    });

    const seen = await auth.tx.introspect({ stateToken: expired.data.stateToken });
    const resumed = await auth.tx.resume({ stateToken: expired.data.stateToken });

    assert.equal(seen.status, 'PASSWORD_EXPIRED');
    assert.equal(resumed.status, 'PASSWORD_EXPIRED');
    assert.equal(typeof resumed.changePassword, 'function');
  });

  it('turns back from an account that is locked, or asks for it to be unlocked', async () => {
    const user = await createUserWithPassword();
    const credentials = { username: user.profile.login, password: 'wrong' };
    const group = await createGroup();
    await client.groupApi.assignUserToGroup({ groupId: group.id, userId: user.id });
    await passwordPolicy(group.id);

    const locked = await auth.signInWithCredentials(credentials);
    assert.equal(locked.status, 'LOCKED_OUT');
    await locked.cancel();
    const unlocking = await locked.unlock({ username: user.profile.login, factorType: 'EMAIL' });

    assert.equal(unlocking.status, 'RECOVERY_CHALLENGE');
    assert.equal(unlocking.data.recoveryType, 'UNLOCK');
  });
});

/** Locks accounts at the first wrong password, says so, and lets them be unlocked. */
async function passwordPolicy(groupId) {
  const allow = { access: 'ALLOW' };
  const post = (path, body) =>
    client.http.http(`${orgUrl}/api/v1/policies${path}`, {
      method: 'post',
      headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  const made = await post('', {
    type: 'PASSWORD',
    name: unique('locks'),
    priority: 1,
    conditions: { people: { groups: { include: [groupId] } } },
    settings: { password: { lockout: { maxAttempts: 1, showLockoutFailures: true } } },
  });
  await post(`/${(await made.json()).id}/rules`, {
    type: 'PASSWORD',
    name: 'lets',
    actions: {
      passwordChange: allow,
      selfServicePasswordReset: allow,
      selfServiceUnlock: allow,
    },
  });
}
