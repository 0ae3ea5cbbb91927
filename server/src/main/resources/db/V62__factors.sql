-- What users prove who they are with, beside a password. What is secret of it (the seed of a token, the
-- activation code of a device) is encrypted under the master key; codes and answers are hashes.
CREATE TABLE user_factor (
    org_id        bigint      NOT NULL,
    id            text        COLLATE "C" NOT NULL,
    user_id       text        COLLATE "C" NOT NULL,
    kind          text        COLLATE "C" NOT NULL,
    -- RECOVERY: a phone that is no factor any more, and still helps who forgot the password
    status        text        COLLATE "C" NOT NULL
        CHECK (status IN ('PENDING_ACTIVATION', 'ACTIVE', 'RECOVERY')),
    created       timestamptz NOT NULL,
    last_updated  timestamptz NOT NULL,
    profile       jsonb       NOT NULL,
    -- where codes go, in one spelling: no number or address gets them faster than allowed
    destination   text        COLLATE "C",
    secret        bytea,
    answer_hash   text,
    credential    bytea,
    -- the last time step, counter or signature count that was used: none is accepted twice
    counter       bigint      NOT NULL DEFAULT -1,
    failures      integer     NOT NULL DEFAULT 0,
    failing_since timestamptz,
    code_hash     bytea,
    code_sent     timestamptz,
    code_expires  timestamptz,
    challenge     text        COLLATE "C",
    PRIMARY KEY (org_id, id),
    CONSTRAINT user_factor_user FOREIGN KEY (org_id, user_id)
        REFERENCES users (org_id, id) ON DELETE CASCADE
);

CREATE INDEX user_factor_of_user ON user_factor (org_id, user_id, id);

-- One of each kind, but as many security keys as somebody has.
CREATE UNIQUE INDEX user_factor_kind ON user_factor (org_id, user_id, kind) WHERE kind <> 'WEBAUTHN';

CREATE INDEX user_factor_destination ON user_factor (org_id, destination, kind)
    WHERE destination IS NOT NULL;

SELECT ostiary_wall('user_factor');

-- Verifications that a device answers. They stay until they are an hour old.
CREATE TABLE factor_transaction (
    org_id    bigint      NOT NULL,
    id        text        COLLATE "C" NOT NULL,
    factor_id text        COLLATE "C" NOT NULL,
    result    text        COLLATE "C" NOT NULL
        CHECK (result IN ('WAITING', 'SUCCESS', 'REJECTED', 'CANCELLED')),
    -- the number to be chosen on the device, where one is shown
    number    integer,
    created   timestamptz NOT NULL,
    expires   timestamptz NOT NULL,
    -- a success counts once
    redeemed  boolean     NOT NULL DEFAULT false,
    PRIMARY KEY (org_id, id),
    CONSTRAINT factor_transaction_factor FOREIGN KEY (org_id, factor_id)
        REFERENCES user_factor (org_id, id) ON DELETE CASCADE
);

CREATE INDEX factor_transaction_of_factor ON factor_transaction (org_id, factor_id, created);

SELECT ostiary_wall('factor_transaction');

-- Messages to phones stand in the outbox beside mails.
ALTER TABLE outbox_mail ADD COLUMN channel text COLLATE "C" NOT NULL DEFAULT 'MAIL'
    CHECK (channel IN ('MAIL', 'SMS', 'CALL'));
