-- What an org does against attacks is kept in memory under a version of its own from now on.
UPDATE org SET config_versions = config_versions || '{"protection": 1}'
WHERE EXISTS (
    SELECT 1 FROM document d WHERE d.org_id = org.org_id AND d.kind IN ('threatInsight', 'userLockout'));
