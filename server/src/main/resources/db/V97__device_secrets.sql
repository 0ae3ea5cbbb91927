-- Secrets of devices that several apps share (native SSO), by their hash. The id is the sid of ID tokens, and of the
-- refresh tokens that end with the secret.
CREATE TABLE device_secret (
    org_id         bigint      NOT NULL,
    id             text        COLLATE "C" NOT NULL,
    hash           bytea       NOT NULL,
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
    sid            text        COLLATE "C",
    created        timestamptz NOT NULL,
    expires        timestamptz NOT NULL,
    PRIMARY KEY (org_id, id),
    CONSTRAINT device_secret_user
        FOREIGN KEY (org_id, user_id) REFERENCES users (org_id, id) ON DELETE CASCADE
);

CREATE UNIQUE INDEX device_secret_hash ON device_secret (org_id, hash);

CREATE INDEX device_secret_of_user ON device_secret (org_id, user_id);

CREATE INDEX device_secret_expires ON device_secret (org_id, expires);

SELECT ostiary_wall('device_secret');

CREATE INDEX refresh_token_sid ON refresh_token (org_id, sid) WHERE sid IS NOT NULL;
