-- Standard admin roles held by users.
CREATE TABLE admin_role (
    org_id  bigint NOT NULL,
    user_id text COLLATE "C" NOT NULL,
    role    text COLLATE "C" NOT NULL,
    PRIMARY KEY (org_id, user_id, role)
);
SELECT ostiary_wall('admin_role');

-- API tokens: the text of a token is shown once and kept only as a hash.
CREATE TABLE api_token (
    org_id       bigint NOT NULL,
    id           text COLLATE "C" NOT NULL,
    hash         bytea NOT NULL,
    user_id      text COLLATE "C" NOT NULL,
    name         text NOT NULL,
    client_name  text NOT NULL,
    network      jsonb NOT NULL,
    window_days  int NOT NULL,
    created      timestamptz NOT NULL,
    last_updated timestamptz NOT NULL,
    last_used    timestamptz NOT NULL,
    PRIMARY KEY (org_id, id),
    CONSTRAINT api_token_hash UNIQUE (org_id, hash)
);
CREATE INDEX api_token_user ON api_token (org_id, user_id);
SELECT ostiary_wall('api_token');
