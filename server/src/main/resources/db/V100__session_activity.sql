-- When the user of a session was last seen at work: null for not since it began.
ALTER TABLE user_session ADD COLUMN active timestamptz;
