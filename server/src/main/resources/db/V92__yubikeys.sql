-- YubiKeys that an org has uploaded. Who has one, and whether that is still so, is told by the factor.
CREATE TABLE yubikey_token (
    org_id        bigint      NOT NULL,
    id            text        COLLATE "C" NOT NULL,
    public_id     text        COLLATE "C" NOT NULL,
    serial        text        COLLATE "C" NOT NULL,
    -- private id and AES key, encrypted
    secret        bytea       NOT NULL,
    user_id       text        COLLATE "C",
    factor_id     text        COLLATE "C",
    activated     timestamptz,
    created       timestamptz NOT NULL,
    last_updated  timestamptz NOT NULL,
    last_verified timestamptz NOT NULL,
    PRIMARY KEY (org_id, id)
);

CREATE UNIQUE INDEX yubikey_token_public_id ON yubikey_token (org_id, public_id);

SELECT ostiary_wall('yubikey_token');
