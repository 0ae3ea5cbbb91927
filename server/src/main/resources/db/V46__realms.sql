-- Parts that an org's users are in, one each. The default realm has a row only once somebody changed
-- it: its id follows from the org's, and users who are in it say nothing.
CREATE TABLE realm (
    org_id       bigint      NOT NULL,
    id           text        COLLATE "C" NOT NULL,
    name         text        NOT NULL,
    -- no two realms share it
    name_folded  text        COLLATE "C" NOT NULL,
    type         text        COLLATE "C" NOT NULL CHECK (type IN ('DEFAULT', 'PARTNER')),
    -- users' logins and mail addresses have to be of one of them; any will do where there are none
    domains      text[]      COLLATE "C" NOT NULL,
    created      timestamptz NOT NULL,
    last_updated timestamptz NOT NULL,
    PRIMARY KEY (org_id, id)
);

CREATE UNIQUE INDEX realm_name ON realm (org_id, name_folded);

SELECT ostiary_wall('realm');

-- Null for the default realm. The reference keeps a realm while a user is in it, whoever is faster.
ALTER TABLE users ADD COLUMN realm_id text COLLATE "C";

ALTER TABLE users ADD CONSTRAINT users_realm
    FOREIGN KEY (org_id, realm_id) REFERENCES realm (org_id, id);

CREATE INDEX users_realm_users ON users (org_id, realm_id) WHERE realm_id IS NOT NULL;

-- Who is in a realm. Those who are in the default one say nothing and have no entry: a list of them
-- goes through all, where most of an org's users are; so orgs without realms pay nothing for them.
CREATE INDEX user_search_realm ON user_search (org_id, ((doc ->> 'realmId') COLLATE "C"), id)
    WHERE ((doc ->> 'realmId') COLLATE "C") IS NOT NULL;
