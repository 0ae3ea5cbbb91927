-- From where users have signed in with success: each combination of device, address and place once.
-- The last hundred of a user are kept, since behaviours look back no farther.
CREATE TABLE sign_in_context (
    org_id    bigint      NOT NULL,
    user_id   text        COLLATE "C" NOT NULL,
    -- SHA-256 of the combination
    context   bytea       NOT NULL,
    last_seen timestamptz NOT NULL,
    -- SHA-256 of the device's token; null where none was sent
    device    bytea,
    address   text        COLLATE "C",
    place     jsonb       NOT NULL,
    PRIMARY KEY (org_id, user_id, context),
    CONSTRAINT sign_in_context_user
        FOREIGN KEY (org_id, user_id) REFERENCES users (org_id, id) ON DELETE CASCADE
);

SELECT ostiary_wall('sign_in_context');
