"""The database itself refuses to change or delete what the trail wrote.

TRUNCATE (how PostgreSQL empties a test database) goes around row triggers. SQLite has no TRUNCATE: the test runner
empties its tables with DELETE, so there only changes are refused; deletions are found by `conferir_trilha`.
"""

from django.db import migrations

TABELAS = ("auditoria_evento", "auditoria_acesso")
RECADO = "Registro de auditoria so se acrescenta."

POSTGRES = f"""
CREATE FUNCTION auditoria_so_acrescenta() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{RECADO}' USING ERRCODE = 'integrity_constraint_violation'; END $$;
""" + "".join(
    f"""
CREATE TRIGGER so_acrescenta BEFORE UPDATE OR DELETE ON {tabela}
FOR EACH ROW EXECUTE FUNCTION auditoria_so_acrescenta();
"""
    for tabela in TABELAS
)
POSTGRES_VOLTA = (
    "".join(f"DROP TRIGGER so_acrescenta ON {tabela};" for tabela in TABELAS)
    + "DROP FUNCTION auditoria_so_acrescenta();"
)
SQLITE = [
    f"CREATE TRIGGER {tabela}_so_acrescenta BEFORE UPDATE ON {tabela} BEGIN SELECT RAISE(ABORT, '{RECADO}'); END"
    for tabela in TABELAS
]
SQLITE_VOLTA = [f"DROP TRIGGER {tabela}_so_acrescenta" for tabela in TABELAS]


def executar(comandos, schema_editor):
    for comando in comandos:
        schema_editor.execute(comando)


def criar(apps, schema_editor):
    executar([POSTGRES] if schema_editor.connection.vendor == "postgresql" else SQLITE, schema_editor)


def desfazer(apps, schema_editor):
    executar([POSTGRES_VOLTA] if schema_editor.connection.vendor == "postgresql" else SQLITE_VOLTA, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("auditoria", "0001_initial")]

    operations = [migrations.RunPython(criar, desfazer)]
