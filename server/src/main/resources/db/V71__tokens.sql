-- What is good for one use, remembered until it expires by itself: the jti of assertions and proofs.
CREATE TABLE used_once (
    org_id  bigint      NOT NULL,
    hash    bytea       NOT NULL,
    expires timestamptz NOT NULL,
    PRIMARY KEY (org_id, hash)
);

CREATE INDEX used_once_expires ON used_once (org_id, expires);

SELECT ostiary_wall('used_once');

-- Signed tokens that were revoked before they expired, by the hash of their jti.
CREATE TABLE revoked_token (
    org_id  bigint      NOT NULL,
    hash    bytea       NOT NULL,
    expires timestamptz NOT NULL,
    PRIMARY KEY (org_id, hash)
);

CREATE INDEX revoked_token_expires ON revoked_token (org_id, expires);

SELECT ostiary_wall('revoked_token');
