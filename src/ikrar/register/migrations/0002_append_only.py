"""The log lets itself be added to and nothing else, whoever asks.

Triggers refuse UPDATE, DELETE and TRUNCATE to every role; privileges take them from the
application's role as well. A statement-level trigger lets rows in only in order, each naming the
hash of the one before, and moves the head of the chain: no program can leave a gap.
"""

from django.db import migrations

SQL = """
CREATE FUNCTION register_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The log is append-only: % on % is refused.', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER entry_never_changes BEFORE UPDATE OR DELETE ON register_entry
  FOR EACH ROW EXECUTE FUNCTION register_refuse_change();
CREATE TRIGGER entry_never_truncated BEFORE TRUNCATE ON register_entry
  FOR EACH STATEMENT EXECUTE FUNCTION register_refuse_change();
CREATE TRIGGER payload_never_changes BEFORE UPDATE ON register_payload
  FOR EACH ROW EXECUTE FUNCTION register_refuse_change();
CREATE TRIGGER payload_never_truncated BEFORE TRUNCATE ON register_payload
  FOR EACH STATEMENT EXECUTE FUNCTION register_refuse_change();
CREATE TRIGGER chain_never_removed BEFORE DELETE ON register_chain
  FOR EACH ROW EXECUTE FUNCTION register_refuse_change();
CREATE TRIGGER chain_never_truncated BEFORE TRUNCATE ON register_chain
  FOR EACH STATEMENT EXECUTE FUNCTION register_refuse_change();

-- Opens the chain if it is new, holds it until the transaction ends, and tells its head and the
-- instant that this append may carry: later than every instant already in the chain. The shared
-- lock keeps appends and a rebuild (which takes it alone) out of each other's way.
CREATE FUNCTION register_chain_hold(name text, OUT seq bigint, OUT head bytea, OUT at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  start bytea;
BEGIN
  PERFORM pg_advisory_xact_lock_shared(x'696B72617272'::bigint);
  LOOP
    SELECT c.seq, c.head, greatest(clock_timestamp(), c.recorded_at + interval '1 microsecond')
      INTO seq, head, at FROM register_chain c WHERE c.compartment = name FOR UPDATE;
    EXIT WHEN FOUND;
    start := sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
    INSERT INTO register_chain (compartment, genesis, seq, head, recorded_at)
      VALUES (name, start, 0, start, '1970-01-01T00:00:00Z') ON CONFLICT DO NOTHING;
  END LOOP;
END $$;

CREATE FUNCTION register_entry_follows() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  broken text;
BEGIN
  PERFORM 1 FROM register_chain WHERE compartment IN (SELECT a.compartment FROM added a)
    ORDER BY compartment FOR UPDATE;
  SELECT format('%s %s', r.compartment, r.seq) INTO broken FROM (
    SELECT a.compartment, a.seq, a.prev, a.recorded_at, c.recorded_at AS last_at,
      coalesce(lag(a.hash) OVER w, c.head) AS before,
      c.seq + row_number() OVER w AS place
    FROM added a LEFT JOIN register_chain c USING (compartment)
    WINDOW w AS (PARTITION BY a.compartment ORDER BY a.seq)
  ) r WHERE r.seq IS DISTINCT FROM r.place OR r.prev IS DISTINCT FROM r.before
    OR r.recorded_at <= r.last_at ORDER BY r.seq LIMIT 1;
  IF broken IS NOT NULL THEN
    RAISE EXCEPTION 'The entry % does not follow the head of its chain.', broken
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  UPDATE register_chain c SET seq = l.seq, head = l.hash, recorded_at = l.recorded_at
    FROM (SELECT DISTINCT ON (compartment) compartment, seq, hash, recorded_at
          FROM added ORDER BY compartment, seq DESC) l
    WHERE c.compartment = l.compartment;
  RETURN NULL;
END $$;
CREATE TRIGGER entry_follows AFTER INSERT ON register_entry REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION register_entry_follows();

-- A payload goes only when an erase entry of the same chain that names it came after it.
CREATE FUNCTION register_payload_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('ikrar.erase_entry', true) IS NULL OR NOT EXISTS (
    SELECT 1 FROM register_entry erase JOIN register_payload told ON told.entry_id = erase.id
      JOIN register_entry target ON target.id = OLD.entry_id
    WHERE erase.id = nullif(current_setting('ikrar.erase_entry', true), '')::bigint
      AND erase.kind = 'erase' AND erase.compartment = target.compartment
      AND erase.seq > target.seq AND target.kind = 'move'
      AND convert_from(told.act, 'UTF8')::jsonb -> 'erased'
          @> jsonb_build_array(jsonb_build_object('seq', target.seq))) THEN
    RAISE EXCEPTION 'A payload is removed only by an erase entry of the log that names it.'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER payload_erased BEFORE DELETE ON register_payload
  FOR EACH ROW EXECUTE FUNCTION register_payload_erased();

CREATE FUNCTION register_erase_payloads(erase_entry bigint, targets bigint[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  gone integer;
BEGIN
  PERFORM set_config('ikrar.erase_entry', erase_entry::text, true);
  DELETE FROM register_payload WHERE entry_id = ANY (targets);
  GET DIAGNOSTICS gone = ROW_COUNT;
  PERFORM set_config('ikrar.erase_entry', '', true);
  RETURN gone;
END $$;

REVOKE ALL ON FUNCTION register_chain_hold(text), register_entry_follows(),
  register_erase_payloads(bigint, bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION register_chain_hold(text), register_erase_payloads(bigint, bigint[])
  TO {app};
REVOKE ALL ON register_entry, register_payload, register_chain FROM {app};
GRANT SELECT, INSERT ON register_entry, register_payload TO {app};
GRANT SELECT ON register_chain TO {app};
"""


def protect(apps, schema_editor):
    """Install triggers, functions and privileges; `{app}` is the application's role."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_setting('ikrar.app_role'))")
        (role,) = cursor.fetchone()
    schema_editor.execute(SQL.replace("{app}", role), params=None)


class Migration(migrations.Migration):
    dependencies = [("register", "0001_initial")]
    operations = [migrations.RunPython(protect, migrations.RunPython.noop)]
