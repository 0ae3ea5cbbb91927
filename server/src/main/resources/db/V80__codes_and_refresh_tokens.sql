-- Requests for authorization that wait until somebody has signed in, by the hash of the key that the
-- browser comes back with.
CREATE TABLE authorization_request (
    org_id     bigint      NOT NULL,
    hash       bytea       NOT NULL,
    -- id of a custom server; the org's own for the one that is the org itself
    server     text        COLLATE "C" NOT NULL,
    parameters jsonb       NOT NULL,
    -- whoever has to prove itself anew has to do so after this
    created    timestamptz NOT NULL,
    expires    timestamptz NOT NULL,
    PRIMARY KEY (org_id, hash)
);

CREATE INDEX authorization_request_expires ON authorization_request (org_id, expires);

SELECT ostiary_wall('authorization_request');

-- What a user has let a client have: all that a token is made of when the user is not there.
CREATE TABLE authorization_code (
    org_id         bigint      NOT NULL,
    hash           bytea       NOT NULL,
    client_id      text        COLLATE "C" NOT NULL,
    server         text        COLLATE "C" NOT NULL,
    user_id        text        COLLATE "C" NOT NULL,
    scopes         text[]      COLLATE "C" NOT NULL,
    auth_time      timestamptz NOT NULL,
    -- how the user proved who it is (RFC 8176)
    amr            text[]      COLLATE "C" NOT NULL,
    redirect_uri   text        COLLATE "C" NOT NULL,
    -- S256 of the verifier (RFC 7636); null if the client came without
    challenge      text        COLLATE "C",
    nonce          text        COLLATE "C",
    -- as the access policy decided, in minutes
    access_life    integer     NOT NULL,
    refresh_life   integer     NOT NULL,
    refresh_window integer     NOT NULL,
    inline_hook    text        COLLATE "C",
    expires        timestamptz NOT NULL,
    -- when it was redeemed, and for what: whoever comes again ends that
    redeemed       timestamptz,
    given_refresh  text        COLLATE "C",
    given_access   text        COLLATE "C",
    PRIMARY KEY (org_id, hash),
    CONSTRAINT authorization_code_user
        FOREIGN KEY (org_id, user_id) REFERENCES users (org_id, id) ON DELETE CASCADE
);

CREATE INDEX authorization_code_of_user ON authorization_code (org_id, user_id);

CREATE INDEX authorization_code_expires ON authorization_code (org_id, expires);

SELECT ostiary_wall('authorization_code');

-- Refresh tokens. A token that rotates is one row with many texts.
CREATE TABLE refresh_token (
    org_id         bigint      NOT NULL,
    id             text        COLLATE "C" NOT NULL,
    client_id      text        COLLATE "C" NOT NULL,
    server         text        COLLATE "C" NOT NULL,
    user_id        text        COLLATE "C" NOT NULL,
    scopes         text[]      COLLATE "C" NOT NULL,
    auth_time      timestamptz NOT NULL,
    amr            text[]      COLLATE "C" NOT NULL,
    access_life    integer     NOT NULL,
    refresh_life   integer     NOT NULL,
    refresh_window integer     NOT NULL,
    inline_hook    text        COLLATE "C",
    -- thumbprint of the key that it is bound to (RFC 9449), if it is
    bound_to       text        COLLATE "C",
    created        timestamptz NOT NULL,
    last_updated   timestamptz NOT NULL,
    -- when it ends unless it is used; each use puts that off, as far as its life goes
    expires        timestamptz NOT NULL,
    PRIMARY KEY (org_id, id),
    CONSTRAINT refresh_token_user
        FOREIGN KEY (org_id, user_id) REFERENCES users (org_id, id) ON DELETE CASCADE
);

CREATE INDEX refresh_token_of_user ON refresh_token (org_id, user_id, client_id, id);

CREATE INDEX refresh_token_of_client ON refresh_token (org_id, client_id, id);

CREATE INDEX refresh_token_expires ON refresh_token (org_id, expires);

SELECT ostiary_wall('refresh_token');

-- What clients hold of refresh tokens, by its hash. One that was used stays, so that whoever comes
-- with it again is known for a thief or the robbed.
CREATE TABLE refresh_token_text (
    org_id   bigint      NOT NULL,
    hash     bytea       NOT NULL,
    token_id text        COLLATE "C" NOT NULL,
    used     timestamptz,
    PRIMARY KEY (org_id, hash),
    CONSTRAINT refresh_token_text_token
        FOREIGN KEY (org_id, token_id) REFERENCES refresh_token (org_id, id) ON DELETE CASCADE
);

CREATE INDEX refresh_token_text_of_token ON refresh_token_text (org_id, token_id);

SELECT ostiary_wall('refresh_token_text');

-- Access tokens of users that came without a refresh token, by the hash of their jti: they are good
-- while they are here. Those that came with one are good while that is.
CREATE TABLE access_token (
    org_id    bigint      NOT NULL,
    hash      bytea       NOT NULL,
    client_id text        COLLATE "C" NOT NULL,
    server    text        COLLATE "C" NOT NULL,
    user_id   text        COLLATE "C" NOT NULL,
    expires   timestamptz NOT NULL,
    PRIMARY KEY (org_id, hash),
    CONSTRAINT access_token_user
        FOREIGN KEY (org_id, user_id) REFERENCES users (org_id, id) ON DELETE CASCADE
);

CREATE INDEX access_token_of_user ON access_token (org_id, user_id, client_id);

CREATE INDEX access_token_of_client ON access_token (org_id, client_id);

CREATE INDEX access_token_expires ON access_token (org_id, expires);

SELECT ostiary_wall('access_token');
