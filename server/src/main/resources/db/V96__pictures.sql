-- Pictures that an org has uploaded. Each upload is a row of its own, under a name that nobody guesses
-- and that browsers may keep for ever; whoever shows it holds the name.
CREATE TABLE picture (
    org_id  bigint      NOT NULL,
    name    text        COLLATE "C" NOT NULL,
    -- what it belongs to, such as a theme's id and which of its pictures
    owner   text        COLLATE "C" NOT NULL,
    type    text        COLLATE "C" NOT NULL,
    bytes   bytea       NOT NULL,
    created timestamptz NOT NULL,
    PRIMARY KEY (org_id, name),
    CONSTRAINT picture_owner UNIQUE (org_id, owner)
);

SELECT ostiary_wall('picture');

-- The path of an app's picture; null for the one that all have.
ALTER TABLE app ADD COLUMN logo text;
