"""The database itself refuses two living reservations of one space on one day.

PostgreSQL: an exclusion constraint; the space goes in as a range of one, so that no extension is needed. SQLite has no
such constraint: triggers say the same.
"""

POSTGRES = """
ALTER TABLE cessao_reserva ADD CONSTRAINT reserva_nunca_duas_vezes EXCLUDE USING gist (
    int8range(espaco_id, espaco_id, '[]') WITH &&, daterange(inicio, fim, '[]') WITH &&
) WHERE (liberada_em IS NULL);
"""
SOBREPOE = """
    SELECT RAISE(ABORT, 'reserva_nunca_duas_vezes') FROM cessao_reserva outra
    WHERE NEW.liberada_em IS NULL AND outra.liberada_em IS NULL AND outra.espaco_id = NEW.espaco_id
    AND outra.id IS NOT NEW.id AND outra.inicio <= NEW.fim AND outra.fim >= NEW.inicio LIMIT 1;
"""
SQLITE = [
    f"CREATE TRIGGER reserva_nunca_duas_vezes_{quando} AFTER {quando} ON cessao_reserva BEGIN {SOBREPOE} END"
    for quando in ("INSERT", "UPDATE")
]


def criar(apps, schema_editor):
    for comando in [POSTGRES] if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(comando)


def desfazer(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE cessao_reserva DROP CONSTRAINT reserva_nunca_duas_vezes")
    else:
        for quando in ("INSERT", "UPDATE"):
            schema_editor.execute(f"DROP TRIGGER reserva_nunca_duas_vezes_{quando}")
