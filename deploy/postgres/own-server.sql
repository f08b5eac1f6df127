-- For a server that is the service's alone, beside roles.sql: docker-compose and `npm start` run it, as a superuser, in
-- any database. Anybody may connect to the databases that a server is born with, make temporary tables there and large
-- objects; the service and its migrator have no business in them. Harmless to repeat.
--
-- Not for a server that others share: there it isn't ours to close their doors, see docs/decisions/0011-database-roles.md.
REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC;
