"""Forms of sign-in, own account and team."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.timezone import localdate

from act_portal.contas import permissoes
from act_portal.contas.models import Usuario, Vinculo
from act_portal.telas.forms import CampoCPF, CampoData, Coluna, FormularioBase, Linha
from act_portal.territorio.campos import CampoMunicipio
from act_portal.territorio.models import Municipio, UnidadeInss


def _campo_senha(rotulo: str, *, nova: bool = False, **opcoes: Any) -> forms.CharField:
    preenchimento = "new-password" if nova else "current-password"
    widget = forms.PasswordInput(attrs={"autocomplete": preenchimento})
    return forms.CharField(label=rotulo, widget=widget, strip=False, max_length=200, **opcoes)


class FormularioEntrada(FormularioBase, forms.Form):
    rotulo_enviar = "Entrar"
    mostrar_opcional = False

    email = forms.CharField(
        label="E-mail",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    senha = _campo_senha("Senha do portal")


class FormularioSegundoFator(FormularioBase, forms.Form):
    rotulo_enviar = "Continuar"
    mostrar_opcional = False

    codigo = forms.CharField(
        label="Código",
        max_length=20,
        help_text="Os 6 números do aplicativo autenticador, ou um código de recuperação.",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "autofocus": True}),
    )


class FormularioConfirmarSenha(FormularioBase, forms.Form):
    """Asks the password again before something that cannot be undone."""

    mostrar_opcional = False

    senha = _campo_senha("Sua senha atual")

    def __init__(self, *args: Any, usuario: Usuario, rotulo: str = "Confirmar", **kwargs: Any) -> None:
        self.usuario = usuario
        self.rotulo_enviar = rotulo
        super().__init__(*args, **kwargs)

    def clean_senha(self) -> str:
        senha = self.cleaned_data["senha"]
        if not self.usuario.check_password(senha):
            raise forms.ValidationError("A senha não confere. Digite de novo.")
        return senha


class FormularioAtivarSegundoFator(FormularioConfirmarSenha):
    """With the password again: whoever finds an open session must not tie the account to another phone."""

    codigo = forms.CharField(
        label="Código de 6 números",
        max_length=10,
        help_text="O aplicativo mostra um código novo a cada 30 segundos.",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
    field_order = ["codigo", "senha"]


class FormularioNovaSenha(FormularioBase, forms.Form):
    rotulo_enviar = "Guardar a nova senha"
    mostrar_opcional = False

    nova = _campo_senha("Nova senha", nova=True)
    repetida = _campo_senha("Nova senha, de novo", nova=True)

    def __init__(self, *args: Any, usuario: Usuario, **kwargs: Any) -> None:
        self.usuario = usuario
        super().__init__(*args, **kwargs)
        self.fields["nova"].help_text = (
            f"Pelo menos {settings.SENHA_MINIMA} letras, números ou sinais, e não só números. Não use o seu nome, o "
            "seu e-mail nem uma senha comum."
        )

    def clean_nova(self) -> str:
        nova = self.cleaned_data["nova"]
        validate_password(nova, self.usuario)
        return nova

    def clean(self) -> dict[str, Any]:
        dados = super().clean() or {}
        if dados.get("nova") and dados.get("repetida") and dados["nova"] != dados["repetida"]:
            self.add_error("repetida", "As duas senhas são diferentes. Digite a mesma nas duas.")
        return dados


class FormularioTrocarSenha(FormularioNovaSenha):
    atual = _campo_senha("Senha atual")
    field_order = ["atual", "nova", "repetida"]

    def clean_atual(self) -> str:
        atual = self.cleaned_data["atual"]
        if not self.usuario.check_password(atual):
            raise forms.ValidationError("A senha atual não confere. Digite de novo.")
        return atual


class FormularioEsqueci(FormularioBase, forms.Form):
    rotulo_enviar = "Receber o endereço por e-mail"
    mostrar_opcional = False

    email = forms.EmailField(label="Seu e-mail de trabalho", widget=forms.EmailInput(attrs={"autocomplete": "email"}))


class FormularioDados(FormularioBase, forms.Form):
    """What the papers print of whoever attends."""

    rotulo_enviar = "Salvar meus dados"

    nome = forms.CharField(label="Nome completo", max_length=120)
    cpf = CampoCPF(label="CPF", required=False)
    matricula = forms.CharField(label="Matrícula", max_length=30, required=False)
    cargo = forms.CharField(label="Cargo", max_length=80, required=False)


def _lado_a_lado(um: str, outro: str) -> Linha:
    return Linha(Coluna(um, largura=3), Coluna(outro, largura=3))


class FormularioTrabalho(FormularioBase, forms.Form):
    """What the papers say of who attends."""

    cpf = CampoCPF(required=False)
    cargo = forms.CharField(label="Cargo", max_length=80, required=False)
    matricula = forms.CharField(label="Matrícula", max_length=30, required=False)
    tcms_em = CampoData(
        passado=True,
        required=False,
        label="Assinou o termo de sigilo (TCMS) em",
        help_text="Sem esta data a pessoa não consegue fazer os papéis dos pedidos.",
    )

    def __init__(self, *args: Any, pessoa: Usuario, **kwargs: Any) -> None:
        atuais = {campo: getattr(pessoa, campo) for campo in ("cpf", "cargo", "matricula", "tcms_em")}
        super().__init__(*args, initial=atuais, **kwargs)

    def leiaute(self) -> list:
        return [_lado_a_lado("cpf", "matricula"), _lado_a_lado("cargo", "tcms_em")]


class FormularioConvite(FormularioBase, forms.Form):
    rotulo_enviar = "Enviar convite"

    email = forms.EmailField(label="E-mail", help_text="O convite vai para este endereço. Ele será o nome de entrada.")
    nome = forms.CharField(label="Nome completo", max_length=120)
    cargo = forms.CharField(label="Cargo", max_length=80, required=False)
    matricula = forms.CharField(label="Matrícula", max_length=30, required=False)
    papel = forms.ChoiceField(label="Papel")
    municipio = CampoMunicipio(
        required=False, help_text="Para atendente e gestor. Nome e UF, como Serra do Ipê/MG, ou código IBGE."
    )
    unidade = forms.CharField(
        label="Unidade do INSS",
        required=False,
        help_text="Para quem é do INSS. Nome completo ou código da unidade.",
    )
    inicio = CampoData(label="Começa em")
    fim = CampoData(label="Termina em", required=False, help_text="Deixe vazio se não há data certa.")

    def __init__(self, *args: Any, autor: Usuario, **kwargs: Any) -> None:
        self.autor = autor
        self.da_prefeitura = bool(autor.vinculo and autor.vinculo.papel == Vinculo.Papel.GESTOR)
        kwargs.setdefault("initial", {}).setdefault("inicio", localdate())
        super().__init__(*args, **kwargs)
        concede = permissoes.papeis_que_concede(autor)
        papel = self.fields["papel"]
        assert isinstance(papel, forms.ChoiceField)  # noqa: S101 - for the type checker
        papel.choices = [(p.value, p.label) for p in Vinculo.Papel if p.value in concede]

    def leiaute(self) -> list:
        if self.da_prefeitura:
            del self.fields["municipio"], self.fields["unidade"]
        lugares = [] if self.da_prefeitura else [_lado_a_lado("municipio", "unidade")]
        return [
            _lado_a_lado("email", "nome"),
            _lado_a_lado("cargo", "matricula"),
            "papel",
            *lugares,
            _lado_a_lado("inicio", "fim"),
        ]

    def clean_unidade(self) -> UnidadeInss | None:
        texto = self.cleaned_data["unidade"].strip()
        if not texto:
            return None
        achados = UnidadeInss.objects.filter(codigo=texto) or UnidadeInss.objects.filter(nome__iexact=texto)
        if len(achados) != 1:
            raise forms.ValidationError(
                "Não achamos esta unidade. Confira a escrita."
                if not achados
                else "Há mais de uma com este nome de unidade. Use o código da unidade."
            )
        return achados[0]

    def clean(self) -> dict[str, Any]:
        dados = super().clean() or {}
        inicio, fim = dados.get("inicio"), dados.get("fim")
        if inicio and fim and fim < inicio:
            self.add_error("fim", "O fim vem antes do começo. Confira as datas.")
        if dados.get("papel") == Vinculo.Papel.AUTORIDADE:
            for campo in ("cargo", "matricula"):
                if not dados.get(campo):
                    self.add_error(campo, "Preencha: as decisões desta pessoa saem com cargo e matrícula.")
        dados["lugar"] = self._lugar(dados)
        return dados

    def _lugar(self, dados: dict[str, Any]) -> Municipio | UnidadeInss | None:
        if self.da_prefeitura:
            return self.autor.vinculo.municipio if self.autor.vinculo else None
        papel = str(dados.get("papel"))
        campo = {papel in permissoes.DO_MUNICIPIO: "municipio", papel in permissoes.DO_INSS: "unidade"}.get(True, "")
        if campo and not dados.get(campo) and campo not in self.errors:
            self.add_error(campo, "Diga para onde é este papel.")
        return dados.get(campo) if campo else None
