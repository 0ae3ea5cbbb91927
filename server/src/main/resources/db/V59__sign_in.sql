-- Who is signed in. The id is public; what the browser's cookie holds is kept as a hash, of a session
-- that a browser has taken up. A read finds the row or does not: whoever is signed out is so at once.
CREATE TABLE user_session (
    org_id            bigint      NOT NULL,
    id                text        COLLATE "C" NOT NULL,
    hash              bytea,
    user_id           text        COLLATE "C" NOT NULL,
    created           timestamptz NOT NULL,
    -- when it ends unless it is refreshed; each refresh puts it off by so much
    expires           timestamptz NOT NULL,
    idle_seconds      bigint      NOT NULL,
    -- when it ends anyway; null for never
    ends              timestamptz,
    password_verified timestamptz,
    factor_verified   timestamptz,
    -- how the user proved who it is (RFC 8176)
    amr               text[]      COLLATE "C" NOT NULL,
    PRIMARY KEY (org_id, id),
    CONSTRAINT user_session_user
        FOREIGN KEY (org_id, user_id) REFERENCES users (org_id, id) ON DELETE CASCADE
);

CREATE UNIQUE INDEX user_session_hash ON user_session (org_id, hash) WHERE hash IS NOT NULL;

CREATE INDEX user_session_of_user ON user_session (org_id, user_id);

SELECT ostiary_wall('user_session');

-- One-time tokens that a session is made of, or (session_id) that a browser takes one up with.
CREATE TABLE session_token (
    org_id            bigint      NOT NULL,
    hash              bytea       NOT NULL,
    user_id           text        COLLATE "C" NOT NULL,
    session_id        text        COLLATE "C",
    expires           timestamptz NOT NULL,
    idle_seconds      bigint      NOT NULL,
    lifetime_seconds  bigint,
    password_verified timestamptz,
    factor_verified   timestamptz,
    amr               text[]      COLLATE "C" NOT NULL,
    PRIMARY KEY (org_id, hash),
    CONSTRAINT session_token_user
        FOREIGN KEY (org_id, user_id) REFERENCES users (org_id, id) ON DELETE CASCADE
);

CREATE INDEX session_token_of_user ON session_token (org_id, user_id);

SELECT ostiary_wall('session_token');

-- Sign-ins and recoveries under way, by the hash of their state token.
CREATE TABLE authn_transaction (
    org_id  bigint      NOT NULL,
    hash    bytea       NOT NULL,
    user_id text        COLLATE "C" NOT NULL,
    -- counts the moves: whoever comes with an old one has lost the race
    version bigint      NOT NULL,
    status  text        COLLATE "C" NOT NULL,
    facts   jsonb       NOT NULL,
    expires timestamptz NOT NULL,
    PRIMARY KEY (org_id, hash),
    CONSTRAINT authn_transaction_user
        FOREIGN KEY (org_id, user_id) REFERENCES users (org_id, id) ON DELETE CASCADE
);

CREATE INDEX authn_transaction_of_user ON authn_transaction (org_id, user_id);

SELECT ostiary_wall('authn_transaction');

-- Where a user is sent when what the token began is done.
ALTER TABLE user_tokens ADD COLUMN relay_state text;
