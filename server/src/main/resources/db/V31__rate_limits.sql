-- How much of the org's rate limits single principals may use; a token's row goes with the token.
CREATE TABLE principal_rate_limit (
    org_id              bigint NOT NULL,
    id                  text COLLATE "C" NOT NULL,
    token_id            text COLLATE "C" NOT NULL,
    percent             int NOT NULL,
    concurrency_percent int NOT NULL,
    created             timestamptz NOT NULL,
    created_by          text COLLATE "C" NOT NULL,
    last_updated        timestamptz NOT NULL,
    last_updated_by     text COLLATE "C" NOT NULL,
    PRIMARY KEY (org_id, id),
    CONSTRAINT principal_rate_limit_token UNIQUE (org_id, token_id),
    FOREIGN KEY (org_id, token_id) REFERENCES api_token (org_id, id) ON DELETE CASCADE
);
SELECT ostiary_wall('principal_rate_limit');

-- What an org has chosen; NULL where it has not.
CREATE TABLE rate_limit_settings (
    org_id            bigint NOT NULL PRIMARY KEY,
    notifications     boolean,
    warning_threshold int,
    per_client        jsonb,
    profile           text
);
SELECT ostiary_wall('rate_limit_settings');
