-- Anybody can make such a row: so those of one network are counted before another is made. Nodes of
-- the build before say none.
ALTER TABLE step_up_arrival ADD COLUMN network text COLLATE "C" NOT NULL DEFAULT '';

CREATE INDEX step_up_arrival_network ON step_up_arrival (org_id, network, expires);
