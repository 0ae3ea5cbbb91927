-- Recoveries by phone that wait for their code, by the hash of the state token. Whoever asks for nobody has a
-- row, too, and is answered as everybody is.
CREATE TABLE recovery_challenge (
    org_id       bigint      NOT NULL,
    hash         bytea       NOT NULL,
    -- null for nobody, or for somebody who may not recover so
    user_id      text        COLLATE "C",
    purpose      text        COLLATE "C" NOT NULL CHECK (purpose IN ('PASSWORD', 'UNLOCK')),
    way          text        COLLATE "C" NOT NULL CHECK (way IN ('SMS', 'CALL')),
    relay_state  text,
    -- keyed hash of the code; null where none was sent
    code_hash    bytea,
    -- when a code was sent, or would have been
    sent         timestamptz NOT NULL,
    failures     integer     NOT NULL DEFAULT 0,
    expires      timestamptz NOT NULL,
    PRIMARY KEY (org_id, hash),
    CONSTRAINT recovery_challenge_user
        FOREIGN KEY (org_id, user_id) REFERENCES users (org_id, id) ON DELETE CASCADE
);

CREATE INDEX recovery_challenge_of_user ON recovery_challenge (org_id, user_id, sent)
    WHERE user_id IS NOT NULL;

CREATE INDEX recovery_challenge_expires ON recovery_challenge (org_id, expires);

SELECT ostiary_wall('recovery_challenge');
