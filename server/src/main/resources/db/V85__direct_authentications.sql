-- Users who prove themselves to a client by further steps: with a token for the next factor (mfa_token), with a
-- code for one that was asked elsewhere (oob_code), or on the backchannel (auth_req_id, CIBA). By the hash of
-- what the client comes back with.
CREATE TABLE direct_authentication (
    org_id    bigint      NOT NULL,
    hash      bytea       NOT NULL,
    kind      text        COLLATE "C" NOT NULL CHECK (kind IN ('MFA', 'OOB', 'BACKCHANNEL')),
    client_id text        COLLATE "C" NOT NULL,
    server    text        COLLATE "C" NOT NULL,
    user_id   text        COLLATE "C" NOT NULL,
    -- what was asked for when it began; empty where that is said with the last step
    scopes    text[]      COLLATE "C" NOT NULL,
    -- by which methods the user has proven itself so far
    amr       text[]      COLLATE "C" NOT NULL,
    -- what was asked, and which question to a device it was
    factor_id text        COLLATE "C",
    question  text        COLLATE "C",
    -- the step before, by its hash
    parent    bytea,
    -- when the client has asked last
    polled    timestamptz,
    expires   timestamptz NOT NULL,
    PRIMARY KEY (org_id, hash),
    CONSTRAINT direct_authentication_user
        FOREIGN KEY (org_id, user_id) REFERENCES users (org_id, id) ON DELETE CASCADE
);

CREATE INDEX direct_authentication_of_user ON direct_authentication (org_id, user_id);

CREATE INDEX direct_authentication_steps ON direct_authentication (org_id, parent)
    WHERE parent IS NOT NULL;

CREATE INDEX direct_authentication_expires ON direct_authentication (org_id, expires);

SELECT ostiary_wall('direct_authentication');

-- What a device shows of what it is asked for: the binding message of a request on the backchannel.
ALTER TABLE factor_transaction ADD COLUMN message text;
