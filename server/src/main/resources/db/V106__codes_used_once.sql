-- That a code was redeemed is a row that can be made once: whoever is first makes it, together with
-- what the code was redeemed for, and nothing has to be locked or read before. The columns
-- redeemed, given_refresh and given_access of authorization_code are read for codes that nodes of
-- before have redeemed, and written no more.
CREATE TABLE authorization_code_use (
    org_id        bigint      NOT NULL,
    hash          bytea       NOT NULL,
    redeemed      timestamptz NOT NULL,
    given_refresh text        COLLATE "C",
    given_access  text        COLLATE "C" NOT NULL,
    CONSTRAINT authorization_code_use_once PRIMARY KEY (org_id, hash),
    -- a code that was ended meanwhile is redeemed by nobody
    CONSTRAINT authorization_code_use_code
        FOREIGN KEY (org_id, hash) REFERENCES authorization_code (org_id, hash) ON DELETE CASCADE
);

SELECT ostiary_wall('authorization_code_use');
