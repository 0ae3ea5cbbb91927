-- How long a token may go unused, finer than in days: tests and short jobs ask for minutes.
ALTER TABLE api_token ADD COLUMN window_seconds bigint NOT NULL DEFAULT 2592000;
UPDATE api_token SET window_seconds = window_days * 86400::bigint;
ALTER TABLE api_token ALTER COLUMN window_days SET DEFAULT 30;
