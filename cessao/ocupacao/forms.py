"""Acts on an occupation, its extensions and inspections."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from act_portal.contas.models import Usuario
from act_portal.telas.forms import CampoData, CampoDecimal, Coluna, Linha
from cessao.atos import AtoForm, paragrafo
from cessao.imoveis.forms import PorUnidade
from cessao.models import Ambiente, Dano, Decisao, Vistoria
from cessao.ocupacao.consultas import prorrogacao
from cessao.ocupacao.servicos.encerramento import quem_pode_assinar, sugerido
from cessao.ocupacao.servicos.vistorias import QUANDO
from cessao.pedido import forms as do_pedido
from cessao.pendencias import NOMES_NA_LISTA
from cessao.regras import em_meses
from cessao.situacoes import Ocupacao


class ProrrogarForm(AtoForm):
    rotulo_enviar = "Pedir prorrogação"
    meses = forms.IntegerField(label="Meses a mais", min_value=-99, max_value=999)
    justificativa = paragrafo("Por que precisa de mais tempo", 1000, 3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if cabe := prorrogacao(self.sobre, self.hoje):
            self.fields["meses"].help_text = f"Até {em_meses(cabe.resta)}: o limite é de {cabe.limite} meses somados."


class OpinarAditivoForm(AtoForm):
    rotulo_enviar = "Dar o parecer"
    conclusao = forms.ChoiceField(label="Conclusão", choices=Decisao.Conclusao.choices)
    condicoes = paragrafo("Condições", 2000, 2, required=False)
    texto = paragrafo("Parecer", 2000, 3)


class AprovarAditivoForm(do_pedido.DecisaoForm):
    condicoes = paragrafo("Condições", 2000, 2, required=False, help_text="Saem no termo aditivo.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parecer = self.pedido.ultima_decisao(Decisao.Ato.ADITIVO)
        self.fields["condicoes"].initial = parecer.condicoes if parecer else ""


class ExtratoForm(AtoForm):
    rotulo_enviar = "Fazer o extrato"


class VistoriaForm(AtoForm):
    rotulo_enviar = "Abrir a vistoria"
    tipo = forms.ChoiceField(label="Vistoria de", choices=Vistoria.Tipo.choices)
    dia = CampoData(label="Dia", passado=True)
    presentes = forms.CharField(label="Quem está presente", max_length=300)
    medidores = forms.CharField(label="Medidores", max_length=300, required=False, help_text="Energia, água: leitura.")
    chaves = forms.IntegerField(label="Chaves e controles", min_value=0, max_value=9999, initial=0)
    conforme = do_pedido.SimNao(label="O uso segue o plano?", required=False, empty_value=None)
    contas = forms.CharField(label="Contas e despesas", max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dia"].initial = self.hoje
        # What arrives is judged by the service, which says why it is not the hour.
        if "tipo" in self.fields and not self.is_bound:
            cabem = [tipo for tipo in Vistoria.Tipo if self.sobre.estado in QUANDO[tipo]]
            self.fields["tipo"].choices = [(tipo.value, tipo.label) for tipo in cabem]  # type: ignore[attr-defined]
            if self.sobre.estado in {Ocupacao.VENCIDO, Ocupacao.RETOMADA}:
                self.fields["tipo"].initial = Vistoria.Tipo.DEVOLUCAO

    def _de_entrega(self) -> bool:
        return bool(self.sobre.estado == Ocupacao.A_ENTREGAR)

    def leiaute(self) -> list:
        if self._de_entrega():
            # Nobody used the place yet, and no bill is of who comes.
            del self.fields["conforme"], self.fields["contas"]
        return [
            Linha(Coluna("tipo"), Coluna("dia"), Coluna("chaves")) if "tipo" in self.fields
            else Linha(Coluna("dia", largura=3), Coluna("chaves", largura=3)),
            "presentes", "medidores", *(nome for nome in ("conforme", "contas") if nome in self.fields),
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """As the service takes it: the kind apart from what was found."""
        dados = {"conforme": None, "contas": "", **(super().clean() or {})}
        tipo = dados.pop("tipo", None)
        return {"tipo": tipo, "dados": dados} if "tipo" in self.fields else {"dados": dados}


class CorrigirVistoriaForm(VistoriaForm):
    rotulo_enviar = "Salvar a vistoria"
    tipo = None  # type: ignore[assignment] # the kind of an inspection does not change

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        vistoria = kwargs["sobre"]
        kwargs["initial"] = {nome: getattr(vistoria, nome) for nome in self.base_fields}
        super().__init__(*args, **kwargs)

    def _de_entrega(self) -> bool:
        return bool(self.sobre.tipo == Vistoria.Tipo.ENTREGA)


class AmbienteForm(AtoForm):
    rotulo_enviar = "Guardar o ambiente"
    nome = forms.CharField(label="Ambiente", max_length=80, help_text="O mesmo nome corrige o que já está na lista.")
    estado = forms.ChoiceField(label="Estado", choices=Ambiente.Estado.choices)
    descricao = paragrafo("O que se vê", 600, 2, required=False)

    def leiaute(self) -> list:
        return [Linha(Coluna("nome", largura=4), Coluna("estado")), "descricao"]


class DanoForm(AtoForm):
    rotulo_enviar = "Anotar"
    onde = forms.ChoiceField(label="Onde", required=False)
    descricao = paragrafo("O que se viu", 600, 2, help_text="O que quebrou, falta ou mudou.")
    quem = forms.ChoiceField(
        label="Quem responde", choices=Dano.Quem.choices, initial=Dano.Quem.APURAR,
        widget=forms.RadioSelect(attrs={"class": do_pedido.LADO}),
    )  # fmt: skip
    valor = CampoDecimal(
        label="Valor estimado em R$", required=False, min_value=Decimal(0), max_digits=12, decimal_places=2,
        help_text="Vazio: a apurar.",
    )  # fmt: skip
    ate = CampoData(label="Reparar até", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nomes = self.sobre.ambientes.values_list("nome", flat=True)
        self.fields["onde"].choices = [*((n, n) for n in nomes), ("", "No espaço todo")]  # type: ignore[attr-defined]

    def leiaute(self) -> list:
        return ["onde", "descricao", "quem", Linha(Coluna("valor", largura=3), Coluna("ate", largura=3))]


class FecharForm(AtoForm):
    rotulo_enviar = "Fechar e assinar pelo INSS"


class DesfazerForm(AtoForm):
    rotulo_enviar = "Desfazer a vistoria"


class AssinarVistoriaForm(AtoForm):
    rotulo_enviar = "Assinar a vistoria"
    aceite = forms.ChoiceField(
        label="Você está de acordo?", choices=[("pleno", "De acordo"), ("ressalva", "De acordo, com ressalva")],
        widget=forms.RadioSelect(attrs={"class": do_pedido.LADO}),
    )  # fmt: skip
    ressalva = paragrafo("Ressalva", 1000, 2, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.sobre.tipo == Vistoria.Tipo.ENTREGA:
            self.fields["aceite"].choices = [  # type: ignore[attr-defined]
                *self.fields["aceite"].choices, ("nao_quis", "Não recebo o espaço assim"),  # type: ignore[attr-defined]
            ]  # fmt: skip
            self.fields["ressalva"].label = "Ressalva, ou por que não recebe"


class RecusaForm(AtoForm):
    rotulo_enviar = "Anotar a recusa"
    testemunhas = paragrafo("Nome e documento de duas testemunhas", 1000, 2)


class NotificarForm(AtoForm):
    rotulo_enviar = "Notificar"
    texto = paragrafo("O que foi visto e o que corrigir", 2000, 4)
    prazo = CampoData(label="Responder até", required=False, help_text="Vazio: o menor prazo.")


class RespostaForm(AtoForm):
    rotulo_enviar = "Responder"
    texto = paragrafo("Resposta", 2000, 4)


class RevogarForm(do_pedido.DecisaoForm):
    rotulo_enviar = "Retomar o espaço"
    devolver_ate = CampoData(label="Devolver até", required=False, help_text="Vazio: o menor aviso.")


class SairForm(AtoForm):
    rotulo_enviar = "Avisar a saída"
    devolver_ate = CampoData(label="Dia da saída")
    texto = paragrafo("Por que sai antes", 1000, 2)


class CampoQuemAssina(forms.ModelChoiceField):
    def __init__(self) -> None:
        super().__init__(
            Usuario.objects.none(), label="Quem assina o encerramento pelo INSS",
            help_text="Da Superintendência ou da DIROFL. O nome sai no termo.",
        )  # fmt: skip

    def label_from_instance(self, obj: Usuario) -> str:
        return f"{obj.nome}, {obj.cargo}"


class EncerrarForm(AtoForm):
    rotulo_enviar = "Receber o espaço e encerrar"
    chaves = forms.IntegerField(label="Chaves e controles devolvidos", min_value=0, max_value=9999)
    assina = CampoQuemAssina()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assina"].queryset = quem_pode_assinar(self.pedido)  # type: ignore[attr-defined]
        self.fields["assina"].initial = sugerido(self.pedido)


class TrocarQuemAssinaForm(AtoForm):
    rotulo_enviar = "Refazer o termo"
    assina = CampoQuemAssina()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outros = quem_pode_assinar(self.pedido).exclude(pk=self.sobre.assina_encerramento_id)
        self.fields["assina"].queryset = outros  # type: ignore[attr-defined]


class AssinarEncerramentoInssForm(do_pedido.AssinarInssForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if quem := self.sobre.assina_encerramento:
            self.fields["signatario"].initial, self.fields["signatario_cargo"].initial = quem.nome, quem.cargo


class AssinarSoInssForm(AssinarEncerramentoInssForm):
    conferido_em = None  # type: ignore[assignment] # the day is that of sending
    texto = paragrafo("Por que o órgão não assina", 600, 2, help_text="E quando foi chamado. Os dois lados leem.")


class CessoesForm(PorUnidade):
    rotulo_enviar = "Filtrar"
    mostrar_opcional = False
    quais = forms.ChoiceField(
        label="Quais", required=False,
        choices=[("", "Em curso"), ("ocupando", "Com as chaves entregues"), ("terminando", "Terminam em 180 dias"),
                 ("vencido", "Vencidas"), *((s.value, s.label) for s in Ocupacao if s != Ocupacao.VENCIDO),
                 *NOMES_NA_LISTA, ("todas", "Todas")],
    )  # fmt: skip
    busca = forms.CharField(label="Município, órgão ou imóvel", max_length=80, required=False)

    def leiaute(self) -> list:
        return [Linha(Coluna("quais", largura=3), Coluna("busca", largura=3)), "unidade"]
