"""Every change of somebody's access, with its event in the trail."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from axes.utils import reset as soltar_tentativas
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, now

from act_portal.auditoria.servicos import registrar
from act_portal.contas import permissoes, segundo_fator
from act_portal.contas.bloqueio import nome_opaco
from act_portal.contas.models import Usuario, Vinculo
from act_portal.erros import ErroDeDominio
from act_portal.saidas.servicos import prometer
from act_portal.territorio.consultas import hoje_em, unidade_responsavel
from act_portal.territorio.models import Municipio, UnidadeInss


@dataclass(frozen=True, kw_only=True)
class DadosDeTrabalho:
    """Who attends, as the papers say."""

    email: str
    nome: str
    cpf: str
    cargo: str
    matricula: str
    tcms_em: date


REENVIO = timedelta(minutes=15)
PAPEL_REPETIDO = (
    "Esta pessoa já tem este papel neste lugar. Para mandar o convite outra vez, abra o nome dela em Equipe."
)


# --- Sign-in ------------------------------------------------------------------------------------------------------
@transaction.atomic
def registrar_entrada(usuario: Usuario, vinculo: Vinculo | None, *, segundo_fator: bool) -> None:
    _aceitar(vinculo)
    registrar(
        "contas.entrou",
        municipio=vinculo.municipio if vinculo else None,
        autor=usuario,
        alvo=usuario,
        vinculo=vinculo.pk if vinculo else None,
        segundo_fator=segundo_fator,
    )


@transaction.atomic
def registrar_saida(usuario: Usuario, vinculo: Vinculo | None) -> None:
    registrar("contas.saiu", municipio=vinculo.municipio if vinculo else None, autor=usuario, alvo=usuario)


@transaction.atomic
def registrar_recusa(usuario: Usuario | None, *, etapa: str) -> None:
    """A failed attempt. Who was aimed at is an id, and only when the account exists; what was typed is not kept."""
    registrar("contas.entrada_recusada", municipio=None, autor=None, alvo=usuario, etapa=etapa)


@transaction.atomic
def registrar_papel(usuario: Usuario, vinculo: Vinculo) -> None:
    _aceitar(vinculo)
    registrar("contas.papel_escolhido", municipio=vinculo.municipio, autor=usuario, alvo=vinculo, papel=vinculo.papel)


def _aceitar(vinculo: Vinculo | None) -> None:
    """Whoever acts in a role has taken it up, and the manager of the place may know who it is."""
    if vinculo and vinculo.por_aceitar:
        vinculo.por_aceitar = False
        vinculo.save(update_fields=["por_aceitar"])


# --- Own account ----------------------------------------------------------------------------------------------------
@transaction.atomic
def trocar_senha(usuario: Usuario, nova: str) -> None:
    usuario.set_password(nova)
    usuario.save(update_fields=["password"])
    registrar("contas.senha_trocada", municipio=_municipio(usuario), autor=usuario, alvo=usuario)


@transaction.atomic
def redefinir_senha(usuario: Usuario, nova: str) -> None:
    """By the link in the e-mail: also opens the lock that the forgotten password had closed."""
    usuario.set_password(nova)
    usuario.save(update_fields=["password"])
    soltar_tentativas(username=nome_opaco(usuario.email))
    registrar("contas.senha_redefinida", municipio=None, autor=usuario, alvo=usuario)


@transaction.atomic
def pedir_nova_senha(email: str) -> None:
    """Promise the e-mail. A known and an unknown address cost the same writes; only the handler tells them apart."""
    usuario_id = Usuario.objects.filter(email=email.lower(), is_active=True).values_list("pk", flat=True).first()
    marca = hashlib.sha256(nome_opaco(email).encode()).hexdigest()[:24]
    janela = int(now().timestamp() // REENVIO.total_seconds())
    prometer("contas.enviar_nova_senha", chave=f"contas.senha:{marca}:{janela}", usuario=usuario_id)


@transaction.atomic
def atualizar_dados(usuario: Usuario, *, nome: str, cpf: str, matricula: str, cargo: str) -> None:
    novos = {"nome": nome, "cpf": cpf, "matricula": matricula, "cargo": cargo}
    mudou = sorted(campo for campo, valor in novos.items() if getattr(usuario, campo) != valor)
    if not mudou:
        return
    for campo in mudou:
        setattr(usuario, campo, novos[campo])
    usuario.save(update_fields=mudou)
    registrar("contas.dados_alterados", municipio=_municipio(usuario), autor=usuario, alvo=usuario, campos=mudou)


@transaction.atomic
def confirmar_segundo_fator(usuario: Usuario, codigo: str) -> list[str]:
    """Turn the prepared app on; returns the recovery codes, which nobody can read again."""
    dispositivo = segundo_fator.preparar(usuario)
    if segundo_fator.aparelho(usuario):
        raise ErroDeDominio("Já existe um aplicativo ligado. Retire o atual antes de ligar outro.")
    if not dispositivo.verify_token("".join(codigo.split())):
        return []
    dispositivo.confirmed = True
    dispositivo.save(update_fields=["confirmed"])
    registrar("contas.segundo_fator_ligado", municipio=_municipio(usuario), autor=usuario, alvo=usuario)
    return segundo_fator.novos_codigos(usuario)


@transaction.atomic
def trocar_codigos(usuario: Usuario) -> list[str]:
    if not segundo_fator.aparelho(usuario):
        raise ErroDeDominio("Ligue o segundo fator antes de pedir códigos de recuperação.")
    registrar("contas.codigos_trocados", municipio=_municipio(usuario), autor=usuario, alvo=usuario)
    return segundo_fator.novos_codigos(usuario)


@transaction.atomic
def retirar_segundo_fator(alvo: Usuario, *, autor: Usuario) -> None:
    """By the person, or by who manages the account when the phone was lost."""
    if autor.pk != alvo.pk and not permissoes.pode_gerir_conta(autor, alvo, localdate()):
        raise ErroDeDominio("Você não pode retirar o segundo fator desta pessoa.")
    if segundo_fator.apagar(alvo):
        registrar("contas.segundo_fator_retirado", municipio=_municipio(autor), autor=autor, alvo=alvo)


# Apps add what an invitation must respect: called with the link before it is saved, raises ErroDeDominio.
TRAVAS_DO_CONVITE: list[Callable[[Vinculo], None]] = []


# --- Team -----------------------------------------------------------------------------------------------------------
@transaction.atomic
def convidar(
    *,
    autor: Usuario,
    email: str,
    nome: str,
    papel: str,
    lugar: Municipio | UnidadeInss | None,
    inicio: date,
    fim: date | None = None,
    cargo: str = "",
    matricula: str = "",
) -> Vinculo:
    """Give `email` a role in `lugar` from `inicio` to `fim`; a new person also gets an account."""
    vinculo = Vinculo(
        papel=papel,
        municipio=lugar if isinstance(lugar, Municipio) else None,
        unidade=lugar if isinstance(lugar, UnidadeInss) else None,
        inicio=inicio,
        fim=fim,
    )
    if not permissoes.pode_gerir_vinculo(autor, vinculo):
        raise ErroDeDominio("Você não pode dar este papel neste lugar. Fale com o administrador do portal.")
    for trava in TRAVAS_DO_CONVITE:
        trava(vinculo)
    return _dar_papel(vinculo, email, nome=nome, cargo=cargo, matricula=matricula, autor=autor)


@transaction.atomic
def abrir_gestor(
    *, autor: Usuario, municipio: Municipio, email: str, nome: str, cpf: str, cargo: str, matricula: str = ""
) -> Vinculo:
    """INSS gives a town its manager: whoever asked and was approved has nobody in the town hall to invite them."""
    if not permissoes.pode_abrir_gestor(autor, unidade_responsavel(municipio)):
        raise ErroDeDominio("Este município não é da sua unidade. Fale com a unidade que responde por ele.")
    vinculo = Vinculo(papel=Vinculo.Papel.GESTOR, municipio=municipio, inicio=hoje_em(municipio))
    return _dar_papel(vinculo, email, nome=nome, cpf=cpf, cargo=cargo, matricula=matricula, autor=autor)


@transaction.atomic
def abrir_atendente(*, municipio: Municipio, pessoa: DadosDeTrabalho, ate: date, autor: Usuario | None) -> Vinculo:
    """Open the clerk's account of somebody whom the town's agreement enables, until `ate`. The caller authorised it.

    The e-mail of somebody else is refused. A clerk who already attends there keeps the link, with this end.
    """
    usuario = Usuario.objects.filter(email=pessoa.email.lower()).first()
    if usuario and usuario.cpf and usuario.cpf != pessoa.cpf:
        raise ErroDeDominio("Este e-mail já é de outra pessoa no portal. Cada pessoa precisa do seu.")
    aberto = usuario and (
        usuario.vinculos.abertos(localdate()).filter(papel=Vinculo.Papel.ATENDENTE, municipio=municipio).first()
    )
    if aberto:
        mudar_fim(aberto.pk, ate)
        vinculo = aberto
    else:
        vinculo = Vinculo(papel=Vinculo.Papel.ATENDENTE, municipio=municipio, inicio=hoje_em(municipio), fim=ate)
        vinculo = _dar_papel(vinculo, pessoa.email, nome=pessoa.nome, autor=autor)
    dono = Usuario.objects.select_for_update().get(pk=vinculo.usuario_id)
    dono.cpf, dono.cargo, dono.matricula = pessoa.cpf, pessoa.cargo, pessoa.matricula
    dono.tcms_em = pessoa.tcms_em
    dono.save(update_fields=["cpf", "cargo", "matricula", "tcms_em"])
    return vinculo


@transaction.atomic
def mudar_fim(vinculo_id: int, ate: date) -> None:
    """Another last day for a clerk's link; the rule that asks has its own event."""
    Vinculo.objects.filter(pk=vinculo_id, papel=Vinculo.Papel.ATENDENTE).update(fim=ate)


@transaction.atomic
def fechar_atendente(vinculo_id: int, *, autor: Usuario | None) -> None:
    """End a clerk's link now, whoever asks for it: out at the next click."""
    vinculo = Vinculo.objects.select_for_update().get(pk=vinculo_id)
    if vinculo.papel != Vinculo.Papel.ATENDENTE or vinculo.encerrado_em:
        return
    vinculo.encerrado_em = now()
    vinculo.save(update_fields=["encerrado_em"])
    registrar("contas.vinculo_encerrado", municipio=vinculo.municipio, autor=autor, alvo=vinculo, papel=vinculo.papel)


def _dar_papel(vinculo: Vinculo, email: str, *, autor: Usuario | None, **dados: str) -> Vinculo:
    """Save an allowed link; `dados` are what a new account begins with."""
    usuario, novo = _achar_ou_criar(email, **dados)
    if not usuario.is_active:
        raise ErroDeDominio("Esta pessoa tem uma conta desativada. Reative a conta ou fale com o administrador.")
    mesmos = usuario.vinculos.filter(papel=vinculo.papel, municipio=vinculo.municipio, unidade=vinculo.unidade)
    if mesmos.abertos(vinculo.inicio).exists():
        raise ErroDeDominio(PAPEL_REPETIDO)
    vinculo.usuario = usuario
    vinculo.por_aceitar = not novo
    try:
        with transaction.atomic():
            vinculo.save()
    except IntegrityError as erro:
        if "vinculo_aberto_unico" not in str(erro):
            raise
        raise ErroDeDominio(PAPEL_REPETIDO) from erro
    if vinculo.papel == Vinculo.Papel.ADMINISTRADOR:
        _abrir_painel_tecnico(usuario, aberto=True)
    registrar(
        "contas.convidou",
        municipio=vinculo.municipio,
        autor=autor,
        alvo=vinculo,
        papel=vinculo.papel,
        conta_nova=novo,
    )
    prometer("contas.enviar_convite", chave=f"contas.convite:{vinculo.pk}", vinculo=vinculo.pk)
    return vinculo


@transaction.atomic
def criar_administrador(email: str, nome: str) -> Vinculo:
    """By whoever holds the machine: the first administrator, or one more when the last cannot sign in."""
    usuario, novo = _achar_ou_criar(email, nome=nome)
    if not usuario.is_active:
        raise ErroDeDominio("Esta pessoa tem uma conta desativada. Use outro e-mail.")
    if usuario.vinculos.abertos(localdate()).filter(papel=Vinculo.Papel.ADMINISTRADOR).exists():
        raise ErroDeDominio("Esta pessoa já é administradora do portal. Se esqueceu a senha, use “Esqueci a senha”.")
    vinculo = Vinculo.objects.create(usuario=usuario, papel=Vinculo.Papel.ADMINISTRADOR)
    _abrir_painel_tecnico(usuario, aberto=True)
    registrar("contas.administrador_criado", municipio=None, autor=None, alvo=vinculo, conta_nova=novo)
    return vinculo


def _achar_ou_criar(email: str, **dados: str) -> tuple[Usuario, bool]:
    # Locked: of two who invite the same person to the same place at once, the second sees what the first gave.
    existente = Usuario.objects.select_for_update().filter(email=email.lower()).first()
    if existente:
        return existente, False
    try:
        with transaction.atomic():
            return Usuario.objects.create_user(email, None, **dados), True
    except IntegrityError:  # two managers invited the same person at the same moment
        return Usuario.objects.select_for_update().get(email=email.lower()), False


@transaction.atomic
def reenviar_convite(vinculo_id: int, *, autor: Usuario) -> None:
    vinculo = Vinculo.objects.select_related("usuario", "municipio").get(pk=vinculo_id)
    _exigir(permissoes.pode_gerir_vinculo(autor, vinculo))
    if vinculo.usuario.last_login or vinculo.usuario.has_usable_password():
        raise ErroDeDominio("Esta pessoa já definiu a senha. Se esqueceu, ela usa “Esqueci a senha”.")
    janela = int(now().timestamp() // REENVIO.total_seconds())
    prometer("contas.enviar_convite", chave=f"contas.convite:{vinculo.pk}:{janela}", vinculo=vinculo.pk)
    registrar("contas.convite_reenviado", municipio=vinculo.municipio, autor=autor, alvo=vinculo)


@transaction.atomic
def encerrar_vinculo(vinculo_id: int, *, autor: Usuario) -> Vinculo:
    """End a link now: its holder is out at the next click."""
    _travar_administradores()
    vinculo = Vinculo.objects.select_for_update().get(pk=vinculo_id)
    _exigir(permissoes.pode_gerir_vinculo(autor, vinculo))
    if not vinculo.aberto(localdate()):
        raise ErroDeDominio("Este papel já tinha terminado.")
    if autor.vinculo and vinculo.pk == autor.vinculo.pk:
        raise ErroDeDominio("Você não pode encerrar o papel que está usando. Peça a outra pessoa.")
    _guardar_um_administrador(vinculo)
    vinculo.encerrado_em = now()
    vinculo.save(update_fields=["encerrado_em"])
    _rever_painel_tecnico(vinculo.usuario)
    registrar("contas.vinculo_encerrado", municipio=vinculo.municipio, autor=autor, alvo=vinculo, papel=vinculo.papel)
    return vinculo


@transaction.atomic
def desativar(usuario_id: int, *, autor: Usuario) -> Usuario:
    """Close the account: out at the next click, whatever the links say."""
    _travar_administradores()
    alvo = Usuario.objects.select_for_update().get(pk=usuario_id)
    _exigir(permissoes.pode_gerir_conta(autor, alvo, localdate()))
    for vinculo in alvo.vinculos.vigentes(localdate()):
        _guardar_um_administrador(vinculo)
    return _ativar(alvo, ativo=False, autor=autor)


@transaction.atomic
def guardar_dados_de_trabalho(
    usuario_id: int, *, cpf: str, cargo: str, matricula: str, tcms_em: date | None, autor: Usuario
) -> Usuario:
    """What the papers say of who attends, and the day of the secrecy term (TCMS) without which no paper is made."""
    alvo = Usuario.objects.select_for_update().get(pk=usuario_id)
    hoje = localdate()
    _exigir(alvo.pk == autor.pk or permissoes.pode_gerir_conta(autor, alvo, hoje))
    alvo.cpf, alvo.cargo, alvo.matricula, alvo.tcms_em = cpf, cargo, matricula, tcms_em
    alvo.save(update_fields=["cpf", "cargo", "matricula", "tcms_em"])
    lugar = autor.vinculo.municipio if autor.vinculo else None
    registrar("contas.dados_de_trabalho", municipio=lugar, autor=autor, alvo=alvo, tcms=tcms_em is not None)
    return alvo


@transaction.atomic
def reativar(usuario_id: int, *, autor: Usuario) -> Usuario:
    alvo = Usuario.objects.select_for_update().get(pk=usuario_id)
    hoje = localdate()
    _exigir(permissoes.pode_gerir_conta(autor, alvo, hoje))
    if not permissoes.pode_reativar(autor, alvo, hoje):
        raise ErroDeDominio("Um administrador do portal desativou esta conta. Peça a ele para reativar.")
    return _ativar(alvo, ativo=True, autor=autor)


def _ativar(alvo: Usuario, *, ativo: bool, autor: Usuario) -> Usuario:
    administra = autor.vinculo is not None and autor.vinculo.papel == Vinculo.Papel.ADMINISTRADOR
    reservada = not ativo and (administra or alvo.so_administrador_reativa)
    if (alvo.is_active, alvo.so_administrador_reativa) == (ativo, reservada):
        return alvo
    alvo.is_active, alvo.so_administrador_reativa = ativo, reservada
    alvo.save(update_fields=["is_active", "so_administrador_reativa"])
    acao = "contas.conta_reativada" if ativo else "contas.conta_desativada"
    registrar(acao, municipio=_municipio(autor), autor=autor, alvo=alvo)
    return alvo


def _travar_administradores() -> None:
    """All of them, in one order, before any other row: two administrators cannot remove each other at once."""
    list(Vinculo.objects.select_for_update().filter(papel=Vinculo.Papel.ADMINISTRADOR).order_by("pk"))


def _guardar_um_administrador(vinculo: Vinculo) -> None:
    if vinculo.papel != Vinculo.Papel.ADMINISTRADOR:
        return
    administradores = Vinculo.objects.vigentes(localdate()).filter(papel=Vinculo.Papel.ADMINISTRADOR)
    if not administradores.exclude(usuario=vinculo.usuario_id).exists():
        raise ErroDeDominio("O portal precisa de pelo menos um administrador.")


def _rever_painel_tecnico(usuario: Usuario) -> None:
    abertos = usuario.vinculos.abertos(localdate()).filter(papel=Vinculo.Papel.ADMINISTRADOR)
    _abrir_painel_tecnico(usuario, aberto=abertos.exists())


def _abrir_painel_tecnico(usuario: Usuario, *, aberto: bool) -> None:
    """Django's marks only open its admin; nothing else in the portal looks at them."""
    if usuario.is_staff == usuario.is_superuser == aberto:
        return
    usuario.is_staff = usuario.is_superuser = aberto
    usuario.save(update_fields=["is_staff", "is_superuser"])


def _municipio(usuario: Usuario) -> Municipio | None:
    return usuario.vinculo.municipio if usuario.vinculo else None


def _exigir(pode: bool) -> None:
    if not pode:
        raise ErroDeDominio("Você não pode mexer no acesso desta pessoa. Fale com o administrador do portal.")
