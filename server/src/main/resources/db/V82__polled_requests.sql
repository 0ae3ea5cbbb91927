-- Requests for tokens whose client polls for the answer, which somebody gives elsewhere: devices (RFC 8628)
-- and the backchannel (CIBA). By the hash of what the client polls with.
CREATE TABLE polled_request (
    org_id         bigint      NOT NULL,
    hash           bytea       NOT NULL,
    kind           text        COLLATE "C" NOT NULL,
    -- hash of what the person types in; null where nobody does
    user_code      bytea,
    client_id      text        COLLATE "C" NOT NULL,
    server         text        COLLATE "C" NOT NULL,
    scopes         text[]      COLLATE "C" NOT NULL,
    -- WAITING, ALLOWED or DENIED
    state          text        COLLATE "C" NOT NULL,
    -- when it is good for nothing any more
    ends           timestamptz NOT NULL,
    -- when it is forgotten
    expires        timestamptz NOT NULL,
    -- when the client has asked last
    polled         timestamptz,
    -- by whom it was allowed, and what the access policy decided
    user_id        text        COLLATE "C",
    auth_time      timestamptz,
    amr            text[]      COLLATE "C",
    access_life    integer,
    refresh_life   integer,
    refresh_window integer,
    inline_hook    text        COLLATE "C",
    PRIMARY KEY (org_id, hash),
    CONSTRAINT polled_request_user
        FOREIGN KEY (org_id, user_id) REFERENCES users (org_id, id) ON DELETE CASCADE
);

CREATE UNIQUE INDEX polled_request_user_code ON polled_request (org_id, user_code);

CREATE INDEX polled_request_of_user ON polled_request (org_id, user_id);

CREATE INDEX polled_request_expires ON polled_request (org_id, expires);

SELECT ostiary_wall('polled_request');
