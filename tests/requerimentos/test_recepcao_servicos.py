from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from act_portal.auditoria.models import Evento
from act_portal.contagens.servicos import conferir
from act_portal.erros import ErroDeDominio, OutroChegouAntes
from requerimentos.models import Atendimento, Pessoa
from requerimentos.recepcao import servicos
from requerimentos.recepcao.consultas import fila, na_frente
from requerimentos.situacoes import Prioridade
from requerimentos.situacoes import SituacaoAtendimento as S
from tests.corridas import correr
from tests.fabricas import BalcaoFabrica, com_papel
from tests.requerimentos.fabricas import AtendimentoFabrica, PessoaFabrica, RepresentanteFabrica

CPF = "52998224725"


@pytest.fixture
def balcao():
    return BalcaoFabrica()


@pytest.fixture
def ana(balcao):
    return com_papel("atendente", balcao.municipio, nome="Ana")


@pytest.fixture
def bia(balcao):
    return com_papel("atendente", balcao.municipio, nome="Bia")


def dados(**outros):
    return {"cpf": CPF, "nome_civil": "Pessoa Fictícia", "nascimento": date(1990, 1, 1), "sexo": "F", **outros}


def cadastrar(balcao, autor, **outros):
    return servicos.cadastrar_pessoa(dados(**outros), municipio=balcao.municipio, autor=autor, nits=[], contatos=[])


def esperando(balcao, **campos):
    return AtendimentoFabrica(
        balcao=balcao, **{"situacao": S.AGUARDANDO, "atendente": None, "iniciado_em": None, **campos}
    )


def senha(balcao, autor, pessoa, **outros):
    pedido = {"prioridade": Prioridade.NENHUMA, "motivo": "pedir", "codigo": uuid.uuid4(), **outros}
    return servicos.dar_senha(pessoa.pk, balcao=balcao, autor=autor, **pedido)


# --- People -------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_o_mesmo_cpf_de_novo_leva_ao_cadastro_que_ja_existe(balcao, ana, bia):
    primeira = cadastrar(balcao, ana)

    with pytest.raises(servicos.PessoaJaCadastrada) as erro:
        cadastrar(balcao, bia, nome_civil="Outro Nome")

    assert erro.value.pessoa == primeira
    assert Pessoa.objects.get().nome_civil == "Pessoa Fictícia"


@pytest.mark.django_db
def test_o_mesmo_cpf_em_outra_cidade_e_outro_cadastro(balcao, ana):
    outro = BalcaoFabrica()

    cadastrar(balcao, ana)
    cadastrar(outro, com_papel("atendente", outro.municipio))

    assert Pessoa.objects.filter(cpf=CPF).count() == 2


@pytest.mark.django_db(transaction=True)
def test_dois_atendentes_ao_mesmo_tempo_fazem_um_cadastro_so(balcao, ana, bia):
    ends = correr(lambda quem: cadastrar(balcao, quem), [ana, bia])

    assert Pessoa.objects.filter(cpf=CPF).count() == 1
    assert sum(isinstance(fim, servicos.PessoaJaCadastrada) for fim in ends) == 1


@pytest.mark.django_db
def test_quem_salva_por_cima_fica_sabendo_quem_mudou_e_nada_se_perde(balcao, ana, bia):
    pessoa = PessoaFabrica(municipio=balcao.municipio)
    novo = {"mae": "Mãe Nova"}
    servicos.alterar_pessoa(pessoa.pk, novo, autor=ana, versao=1, nits=[], contatos=[])

    with pytest.raises(OutroChegouAntes, match=r"^Ana mudou este cadastro em \d\d/\d\d às \d\d:\d\d"):
        servicos.alterar_pessoa(pessoa.pk, {"mae": "Por Cima"}, autor=bia, versao=1, nits=[], contatos=[])

    pessoa.refresh_from_db()
    assert pessoa.mae == "Mãe Nova"


@pytest.mark.django_db
def test_contato_e_nit_tirados_somem_e_os_que_ficam_nao_se_repetem(balcao, ana):
    contato = {"tipo": "celular", "valor": "38999990000", "de_quem": "proprio", "nome_recado": ""}
    email = {**contato, "tipo": "email", "valor": "a@exemplo.invalid"}
    pessoa = PessoaFabrica(municipio=balcao.municipio)
    servicos.alterar_pessoa(
        pessoa.pk, {}, autor=ana, versao=1, nits=["12056412547", "10027230888"], contatos=[contato, email]
    )

    servicos.alterar_pessoa(pessoa.pk, {}, autor=ana, versao=2, nits=["12056412547"], contatos=[contato])

    assert [n.numero for n in pessoa.nits.all()] == ["12056412547"]
    assert [c.valor for c in pessoa.contatos.all()] == ["38999990000"]


@pytest.mark.django_db
def test_ninguem_representa_a_si_mesmo(balcao, ana):
    pessoa = PessoaFabrica(municipio=balcao.municipio)

    with pytest.raises(ErroDeDominio, match="é o da própria pessoa"):
        servicos.juntar_representante(pessoa.pk, {"cpf": pessoa.cpf, "tipo": "curador"}, autor=ana)


@pytest.mark.django_db
def test_o_mesmo_representante_de_novo_e_uma_linha_em_dia(balcao, ana):
    mae = RepresentanteFabrica(pessoa__municipio=balcao.municipio)

    servicos.juntar_representante(
        mae.pessoa_id, {"cpf": mae.cpf, "tipo": mae.tipo, "nome": "Joana Corrigida", "documento": "RG 1"}, autor=ana
    )

    assert [r.nome for r in mae.pessoa.representantes.all()] == ["Joana Corrigida"]


# --- Tickets ------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_clique_duplo_da_uma_senha_so(balcao, ana):
    pessoa, codigo = PessoaFabrica(municipio=balcao.municipio), uuid.uuid4()

    primeira = senha(balcao, ana, pessoa, codigo=codigo)

    assert senha(balcao, ana, pessoa, codigo=codigo) == primeira
    assert senha(balcao, ana, pessoa) == primeira
    assert Atendimento.objects.count() == 1


@pytest.mark.django_db
def test_voltar_e_mandar_de_novo_depois_de_concluir_mostra_a_mesma_senha(balcao, ana):
    pessoa, codigo = PessoaFabrica(municipio=balcao.municipio), uuid.uuid4()
    dada = senha(balcao, ana, pessoa, codigo=codigo)
    servicos.iniciar(dada.pk, autor=ana)
    servicos.concluir(dada.pk, autor=ana, desfecho="pedido")

    assert senha(balcao, ana, pessoa, codigo=codigo) == dada
    assert senha(balcao, ana, pessoa) != dada


@pytest.mark.django_db(transaction=True)
def test_senhas_dadas_ao_mesmo_tempo_nao_se_repetem_nem_pulam(balcao, ana):
    pessoas = [PessoaFabrica(municipio=balcao.municipio) for _ in range(4)]

    dadas = correr(lambda pessoa: senha(balcao, ana, pessoa).senha, pessoas)

    assert sorted(dadas) == ["N001", "N002", "N003", "N004"]


@pytest.mark.django_db
@pytest.mark.parametrize("situacao", ["preparo", "suspenso"])
def test_balcao_que_nao_esta_aberto_nao_da_senha(balcao, ana, situacao):
    balcao.situacao = situacao
    balcao.save()

    with pytest.raises(ErroDeDominio, match="não está aberto"):
        senha(balcao, ana, PessoaFabrica(municipio=balcao.municipio))


@pytest.mark.django_db
def test_quem_e_de_outra_cidade_nao_da_senha(balcao):
    intruso = com_papel("atendente", BalcaoFabrica().municipio)

    with pytest.raises(PermissionDenied):
        senha(balcao, intruso, PessoaFabrica(municipio=balcao.municipio))


# --- Queue --------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_fila_segue_a_lei_e_diz_quantos_estao_na_frente(balcao):
    cedo = esperando(balcao, chegada_em=now() - timedelta(hours=1))
    idosa = esperando(balcao, prioridade=Prioridade.OITENTA)
    doador = esperando(balcao, prioridade=Prioridade.DOADOR)

    assert [a for a, _ in fila(balcao, cedo.dia)] == [idosa, doador, cedo]
    assert na_frente(cedo) == 2


@pytest.mark.django_db(transaction=True)
def test_dois_atendentes_chamando_o_proximo_chamam_pessoas_diferentes(balcao, ana, bia):
    esperando(balcao)
    esperando(balcao)

    chamados = correr(lambda quem: servicos.chamar_proximo(balcao, autor=quem).pk, [ana, bia])

    assert len(set(chamados)) == 2


@pytest.mark.django_db
def test_fila_vazia_nao_chama_ninguem(balcao, ana):
    assert servicos.chamar_proximo(balcao, autor=ana) is None


@pytest.mark.django_db
@pytest.mark.parametrize("verbo", ["chamar", "iniciar", "ausentar", "devolver_a_fila"])
def test_a_segunda_pessoa_na_mesma_senha_fica_sabendo_quem_chamou_e_quando(balcao, ana, bia, verbo):
    atendimento = esperando(balcao, senha="P007")
    servicos.chamar(atendimento.pk, autor=ana)

    with pytest.raises(OutroChegouAntes, match=r"^Ana já está com a senha P007 desde as \d\d:\d\d\.$"):
        getattr(servicos, verbo)(atendimento.pk, autor=bia)

    atendimento.refresh_from_db()
    assert (atendimento.situacao, atendimento.atendente, atendimento.chamadas) == (S.CHAMADO, ana, 1)


@pytest.mark.django_db
def test_o_gestor_assume_a_senha_de_quem_foi_embora(balcao, ana):
    atendimento = esperando(balcao)
    servicos.chamar(atendimento.pk, autor=ana)
    gestor = com_papel("gestor", balcao.municipio)

    assert servicos.iniciar(atendimento.pk, autor=gestor).atendente == gestor


@pytest.mark.django_db
def test_clique_duplo_em_chamar_e_uma_chamada_e_chamar_de_novo_sao_duas(balcao, ana):
    atendimento = esperando(balcao)

    servicos.chamar(atendimento.pk, autor=ana, vez=0)
    servicos.chamar(atendimento.pk, autor=ana, vez=0)
    assert servicos.chamar(atendimento.pk, autor=ana, vez=1).chamadas == 2


@pytest.mark.django_db
def test_quem_voltou_entra_no_lugar_da_sua_chegada(balcao, ana):
    cedo = esperando(balcao, chegada_em=now() - timedelta(hours=1))
    servicos.chamar(cedo.pk, autor=ana)
    servicos.ausentar(cedo.pk, autor=ana)
    tarde = esperando(balcao)

    servicos.devolver_a_fila(cedo.pk, autor=ana)

    assert [a.pk for a, _ in fila(balcao, cedo.dia)] == [cedo.pk, tarde.pk]


@pytest.mark.django_db
def test_quem_faltou_e_pegou_outra_senha_e_atendido_pela_nova(balcao, ana):
    antiga = esperando(balcao, senha="N090")
    servicos.ausentar(antiga.pk, autor=ana)
    senha(balcao, ana, antiga.pessoa)

    with pytest.raises(ErroDeDominio, match="já pegou outra senha"):
        servicos.devolver_a_fila(antiga.pk, autor=ana)


@pytest.mark.django_db
def test_concluir_de_novo_nao_muda_o_desfecho(balcao, ana):
    atendimento = AtendimentoFabrica(balcao=balcao, atendente=ana)
    servicos.concluir(atendimento.pk, autor=ana, desfecho="orientacao", orientacao="Trazer o RG.")

    servicos.concluir(atendimento.pk, autor=ana, desfecho="pedido")

    atendimento.refresh_from_db()
    assert (atendimento.desfecho, atendimento.orientacao) == ("orientacao", "Trazer o RG.")


@pytest.mark.django_db
def test_contagens_do_dia_batem_com_os_fatos_ate_quando_a_pessoa_volta_para_a_fila(balcao, ana):
    pessoa = PessoaFabrica(municipio=balcao.municipio)
    dada = senha(balcao, ana, pessoa)
    servicos.iniciar(dada.pk, autor=ana)
    servicos.devolver_a_fila(dada.pk, autor=ana)
    Atendimento.objects.filter(pk=dada.pk).update(chegada_em=now() - timedelta(minutes=10))
    servicos.iniciar(dada.pk, autor=ana)
    servicos.concluir(dada.pk, autor=ana, desfecho="encaminhado")

    assert conferir() == []


@pytest.mark.django_db
def test_a_trilha_nao_guarda_nome_nem_cpf(balcao, ana):
    pessoa = cadastrar(balcao, ana)
    senha(balcao, ana, pessoa)

    for evento in Evento.objects.all():
        assert pessoa.cpf not in str(evento.dados)
        assert pessoa.nome_civil not in str(evento.dados)
