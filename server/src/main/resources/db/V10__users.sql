-- Users. The profile is a document that the program validates; what stands beside it is what the
-- server itself works with. Secrets (password, answer) are slow hashes that say their own parameters.
CREATE TABLE users (
    org_id            bigint      NOT NULL,
    id                text        COLLATE "C" NOT NULL,
    -- counts the changes of the row; entity tags are made of it
    version           bigint      NOT NULL,
    status            text        COLLATE "C" NOT NULL CHECK (status IN ('STAGED', 'PROVISIONED',
        'ACTIVE', 'RECOVERY', 'PASSWORD_EXPIRED', 'LOCKED_OUT', 'SUSPENDED', 'DEPROVISIONED')),
    created           timestamptz NOT NULL,
    activated         timestamptz,
    status_changed    timestamptz,
    last_login        timestamptz,
    last_updated      timestamptz NOT NULL,
    password_changed  timestamptz,
    -- null for the org's default type
    type_id           text        COLLATE "C",
    profile           jsonb       NOT NULL,
    -- the login without case and diacritics: no two users share it
    login_key         text        COLLATE "C" NOT NULL,
    provider_type     text        COLLATE "C" NOT NULL,
    provider_name     text        NOT NULL,
    password_hash     text        COLLATE "C",
    -- the password is still with another system, which a hook asks at the first sign-in
    password_hook     boolean     NOT NULL,
    -- hashes of the passwords before, the newest first
    password_history  text[]      COLLATE "C",
    recovery_question text,
    recovery_answer   text        COLLATE "C",
    -- failed attempts in a row, exact: lockouts are counted by them
    failed_attempts   integer     NOT NULL DEFAULT 0,
    locked_at         timestamptz,
    PRIMARY KEY (org_id, id)
) WITH (fillfactor = 90);

-- Finds logins and, as a range, short logins too: everything that begins with 'isaac.brock@'.
CREATE UNIQUE INDEX users_login ON users (org_id, login_key);

SELECT ostiary_wall('users');

-- What search, filter and q find users by. It stands apart and without row-level security, which
-- would keep PostgreSQL from its indexes; a query here yields ids, whose rows are read from users.
CREATE TABLE user_search (
    org_id       bigint      NOT NULL,
    id           text        COLLATE "C" NOT NULL,
    created      timestamptz NOT NULL,
    last_updated timestamptz NOT NULL,
    -- the user as the API shows it, all texts folded
    doc          jsonb       NOT NULL,
    -- all texts of doc, one a line
    words        text        NOT NULL,
    PRIMARY KEY (org_id, id)
);

CREATE INDEX user_search_created ON user_search (org_id, created, id);

CREATE INDEX user_search_updated ON user_search (org_id, last_updated, id);

CREATE INDEX user_search_status ON user_search (org_id, ((doc ->> 'status') COLLATE "C"), id);

CREATE INDEX user_search_login
    ON user_search (org_id, ((doc -> 'profile' ->> 'login') COLLATE "C"), id);

CREATE INDEX user_search_email
    ON user_search (org_id, ((doc -> 'profile' ->> 'email') COLLATE "C"), id);

CREATE INDEX user_search_first_name
    ON user_search (org_id, ((doc -> 'profile' ->> 'firstName') COLLATE "C"), id);

CREATE INDEX user_search_last_name
    ON user_search (org_id, ((doc -> 'profile' ->> 'lastName') COLLATE "C"), id);

CREATE INDEX user_search_doc ON user_search USING gin (org_id, doc jsonb_path_ops);

CREATE INDEX user_search_words ON user_search USING gin (org_id, words gin_trgm_ops);

-- One-time tokens that were mailed or handed out: activation, recovery. Kept as hashes.
CREATE TABLE user_tokens (
    org_id  bigint      NOT NULL,
    hash    bytea       NOT NULL,
    user_id text        COLLATE "C" NOT NULL,
    kind    text        COLLATE "C" NOT NULL,
    expires timestamptz NOT NULL,
    PRIMARY KEY (org_id, hash)
);

CREATE INDEX user_tokens_user ON user_tokens (org_id, user_id, kind);

SELECT ostiary_wall('user_tokens');
