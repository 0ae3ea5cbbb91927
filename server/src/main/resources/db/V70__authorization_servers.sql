-- Authorization servers. A server is one document with all that belongs to it: scopes, claims, access
-- policies with their rules, in their order. It is read whole, kept in memory under its version, and
-- seldom written. The server that every org begins with has a row only once somebody changed it: its
-- id follows from the org's.
CREATE TABLE authorization_server (
    org_id       bigint      NOT NULL,
    id           text        COLLATE "C" NOT NULL,
    -- no two servers share it
    name_folded  text        COLLATE "C" NOT NULL,
    body         jsonb       NOT NULL,
    created      timestamptz NOT NULL,
    last_updated timestamptz NOT NULL,
    PRIMARY KEY (org_id, id)
);

CREATE UNIQUE INDEX authorization_server_name ON authorization_server (org_id, name_folded);

SELECT ostiary_wall('authorization_server');

-- The keys that servers sign with, made when they are first needed. Which of them is in use the
-- server's schedule says; a row never changes but for the moment of its first use.
CREATE TABLE signing_key (
    org_id       bigint      NOT NULL,
    -- id of an authorization server; 'org' for the one that is the org itself
    owner        text        COLLATE "C" NOT NULL,
    -- 0 for the first
    generation   integer     NOT NULL,
    -- X.509 SubjectPublicKeyInfo
    public_key   bytea       NOT NULL,
    -- PKCS #8, sealed
    private_key  bytea       NOT NULL,
    created      timestamptz NOT NULL,
    signs_since  timestamptz,
    PRIMARY KEY (org_id, owner, generation)
);

SELECT ostiary_wall('signing_key');
