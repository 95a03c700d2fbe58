package store

// tooMuch are the rights in the schema of the log that nobody but its owner's role has: to change or remove anything, to add
// to what foia folds from the events (standings, deadlines, who may see what), and to put triggers or functions in.
// Whoever has a role may add requests, events and documents, which triggers judge. A right can be given for
// columns alone; grantee 0 is PUBLIC.
// Every comparison is of types that PostgreSQL itself compares: another one may have been put into the schema public.
// https://www.postgresql.org/docs/current/ddl-priv.html
const tooMuch = `SELECT CASE grantee WHEN 0::oid THEN 'PUBLIC' ELSE pg_catalog.pg_get_userbyid(grantee)::text END AS who, grantee,
		privilege_type::text AS may, thing FROM (
	SELECT c.relname::text AS thing, c.relowner AS owner, x.grantee, x.privilege_type FROM pg_catalog.pg_class AS c
		JOIN pg_catalog.pg_namespace AS s ON s.oid = c.relnamespace, pg_catalog.aclexplode(c.relacl) AS x
		WHERE s.nspname = 'foia' AND c.relkind = 'r'
	UNION SELECT c.relname::text, c.relowner, x.grantee, x.privilege_type FROM pg_catalog.pg_attribute AS a
		JOIN pg_catalog.pg_class AS c ON c.oid = a.attrelid JOIN pg_catalog.pg_namespace AS s ON s.oid = c.relnamespace,
		pg_catalog.aclexplode(a.attacl) AS x WHERE s.nspname = 'foia' AND c.relkind = 'r'
	UNION SELECT 'the schema foia', s.nspowner, x.grantee, x.privilege_type FROM pg_catalog.pg_namespace AS s,
		pg_catalog.aclexplode(s.nspacl) AS x WHERE s.nspname = 'foia') AS given
	WHERE grantee <> owner AND (privilege_type IN ('UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER', 'CREATE')
		OR privilege_type = 'INSERT' AND thing NOT IN ('requests', 'events', 'documents'))`

// postgresRights finds who may do what only the owner may.
func postgresRights(v *verification) error {
	var who, may, thing string
	return each(v.ctx, v.q, []any{&who, &may, &thing}, func() error {
		v.faults = append(v.faults, Fault{Kind: InRights, What: who + " has the right " + may + " on " + thing +
			", which only the owner's role has"})
		return nil
	}, "SELECT who, may, thing FROM ("+tooMuch+") AS rights ORDER BY who, thing, may")
}

// revokeTooMuch takes away what somebody was given by hand, or by a foia that is older. CASCADE: also what they passed on.
const revokeTooMuch = `DO $$
	DECLARE
		given record;
	BEGIN
		FOR given IN ` + tooMuch + ` LOOP
			EXECUTE format('REVOKE %s ON %s FROM %s CASCADE', given.may,
				CASE given.may WHEN 'CREATE' THEN 'SCHEMA foia' ELSE format('TABLE foia.%I', given.thing) END,
				CASE given.grantee WHEN 0::oid THEN 'PUBLIC' ELSE format('%I', given.who) END);
		END LOOP;
	END $$`
