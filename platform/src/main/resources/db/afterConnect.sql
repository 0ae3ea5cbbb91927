-- Migrations may change the rows of all orgs.
SET ostiary.org = '0';
