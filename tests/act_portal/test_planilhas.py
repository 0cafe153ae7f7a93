import io
import zipfile
from datetime import date
from decimal import Decimal

from act_portal.planilhas import em_csv, em_xlsx

CABECALHO = ["Imóvel", "Fim", "Área"]
LINHAS = [["=1+1", date(2026, 11, 27), Decimal("12.5")], ["Sala", None, 3]]


def partes(xlsx: bytes) -> tuple[str, str]:
    with zipfile.ZipFile(io.BytesIO(xlsx)) as pacote:
        return pacote.read("xl/workbook.xml").decode(), pacote.read("xl/worksheets/sheet1.xml").decode()


def test_xlsx_traz_datas_que_a_planilha_ordena_e_formula_como_texto():
    livro, folha = partes(em_xlsx(CABECALHO, LINHAS))

    assert 'name="Dados"' in livro
    # 27/11/2026, in days since 1899-12-30.
    assert "<v>46353</v>" in folha
    assert "<v>12.5</v>" in folha
    assert "<f>" not in folha


def test_csv_escreve_datas_e_numeros_como_aqui_e_nao_deixa_formula_correr():
    assert em_csv(CABECALHO, LINHAS).splitlines()[1] == "'=1+1;27/11/2026;12,5"
