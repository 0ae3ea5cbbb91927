-- What an org that another one made is called, where it is at home, and which org made it; NULL where
-- the operator did. A parent that is deleted leaves its number: its children do not become roots.
ALTER TABLE org ADD COLUMN title text COLLATE "C";
ALTER TABLE org ADD COLUMN website text;
ALTER TABLE org ADD COLUMN parent bigint;
ALTER TABLE org ADD CONSTRAINT org_title_key UNIQUE (title);
