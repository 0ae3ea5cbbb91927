import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  client,
  createUser,
  createUserWithPassword,
  orgUrl,
  PASSWORD,
  profile,
  refusal,
} from './org.js';

const NEXT = 'Open-sesame-43';

describe('Credentials', () => {
  it('a user with a password is active at once, and the password never comes back', async () => {
    const user = await createUserWithPassword();
    assert.equal(user.status, 'ACTIVE');
    assert.equal(user.credentials.password?.value, undefined);
    assert.ok(user.passwordChanged instanceof Date);
  });

  it('the owner changes it by the old one', async () => {
    const user = await createUserWithPassword();
    const credentials = await client.userApi.changePassword({
      userId: user.id,
      changePasswordRequest: {
        oldPassword: { value: PASSWORD },
        newPassword: { value: NEXT },
      },
    });
    assert.equal(credentials.provider.type, 'OKTA');
    await assert.rejects(
      client.userApi.changePassword({
        userId: user.id,
        changePasswordRequest: {
          oldPassword: { value: PASSWORD },
          newPassword: { value: 'Another-door-44' },
        },
      }),
      refusal(403, 'E0000014'),
    );
  });

  it('the policy refuses what is too short, too plain or holds the login', async () => {
    for (const value of ['Ab1', 'alllowercase1', 'NoNumberInside']) {
      await assert.rejects(
        createUser({ credentials: { password: { value } } }),
        refusal(400, 'E0000001', /[Pp]assword/),
        value,
      );
    }
    const named = profile();
    await assert.rejects(
      createUser({
        profile: named,
        credentials: { password: { value: `${named.login.split('@')[0]}A1` } },
      }),
      refusal(400, 'E0000001', /[Pp]assword/),
    );
  });

  it('expires, alone or with a temporary password', async () => {
    const user = await createUserWithPassword();
    const expired = await client.userApi.expirePassword({ userId: user.id });
    assert.equal(expired.status, 'PASSWORD_EXPIRED');
    await client.userApi.expirePasswordAndGetTemporaryPassword({ userId: user.id });
    const found = await client.userApi.getUser({ userId: user.id });
    assert.equal(found.status, 'PASSWORD_EXPIRED');
  });

  it('a temporary password comes back, though the model of the SDK has no place for it', async () => {
    const user = await createUserWithPassword();
    const response = await client.http.http(
      `${orgUrl}/api/v1/users/${user.id}/lifecycle/expire_password_with_temp_password`,
      { method: 'post', headers: { Accept: 'application/json' } },
    );
    const { tempPassword } = await response.json();
    assert.ok(tempPassword.length >= 8);
  });

  it('a reset hands out a one-time link, which nobody can guess', async () => {
    const user = await createUserWithPassword();
    const reset = await client.userApi.generateResetPasswordToken({
      userId: user.id,
      sendEmail: false,
    });
    assert.match(reset.resetPasswordUrl, /^https:.*[A-Za-z0-9_-]{20,}$/);
    const found = await client.userApi.getUser({ userId: user.id });
    assert.equal(found.status, 'RECOVERY');
  });

  it('who knows the answer to the question sets a new password', async () => {
    const user = await createUser({
      credentials: {
        password: { value: PASSWORD },
        recovery_question: { question: 'Who opens?', answer: 'the doorkeeper' },
      },
    });
    assert.equal(user.credentials.recovery_question.question, 'Who opens?');

    const forgotten = await client.userApi.forgotPassword({ userId: user.id, sendEmail: false });
    assert.match(forgotten.resetPasswordUrl, /^https:/);

    const set = await client.userApi.forgotPasswordSetNewPassword({
      userId: user.id,
      userCredentials: {
        password: { value: NEXT },
        recovery_question: { answer: 'the doorkeeper' },
      },
      sendEmail: false,
    });
    assert.equal(set.recovery_question.question, 'Who opens?');

    const changed = await client.userApi.changeRecoveryQuestion({
      userId: user.id,
      userCredentials: {
        password: { value: NEXT },
        recovery_question: { question: 'Who closes?', answer: 'nobody at all' },
      },
    });
    assert.equal(changed.recovery_question.question, 'Who closes?');
    assert.equal(changed.recovery_question.answer, undefined);
  });

  it('a hashed password is taken over', async () => {
    const user = await createUser({
      credentials: {
        password: {
          hash: {
            algorithm: 'BCRYPT',
            workFactor: 10,
            salt: 'rwh1vH9jLgJJXnQQTpcSVe',
            value: 'QGXgoo5kfPf9Tw9yOsF3JnXwcHHZfHK',
          },
        },
      },
    });
    assert.equal(user.status, 'ACTIVE');
    assert.equal(user.credentials.provider.type, 'IMPORT');
  });
});
