"""Form fields, their sentences, and the template pack."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from crispy_forms.layout import Fieldset
from django import forms
from django.template.loader import render_to_string
from django.utils.timezone import localdate

from act_portal.telas.forms import (
    CampoCEP,
    CampoCNPJ,
    CampoCPF,
    CampoData,
    CampoNIT,
    CampoTelefone,
    Coluna,
    FormularioBase,
    Linha,
)
from act_portal.telas.mensagens import FRASES


class Ficha(FormularioBase, forms.Form):
    rotulo_enviar = "Guardar"

    nome = forms.CharField(label="Nome completo", max_length=10, help_text="Como está no documento.")
    cpf = CampoCPF()
    sexo = forms.ChoiceField(label="Sexo", choices=[("f", "Feminino"), ("m", "Masculino")], widget=forms.RadioSelect)
    aceito = forms.BooleanField(label="Li o termo")
    apelido = forms.CharField(label="Apelido", required=False)
    arquivo = forms.FileField(label="Documento", required=False)
    origem = forms.CharField(widget=forms.HiddenInput, required=False)

    def leiaute(self) -> list:
        return [
            Fieldset("Quem é", Linha(Coluna("nome", largura=3), "cpf", "sexo"), "apelido"),
            "aceito",
            "arquivo",
            "origem",
        ]


def desenhada(form: forms.Form) -> str:
    return render_to_string("includes/formulario.html", {"form": form, "acao": "/aqui/", "csrf_token": "x" * 64})


@pytest.mark.parametrize(
    ("campo", "digitado", "guardado"),
    [
        (CampoCPF(), "529.982.247-25", "52998224725"),
        (CampoCPF(), " 52998224725 ", "52998224725"),
        (CampoCNPJ(), "11.222.333/0001-81", "11222333000181"),
        (CampoCNPJ(), "12.abc.345/01de-35", "12ABC34501DE35"),
        (CampoNIT(), "120.56789.04-1", None),
        (CampoNIT(), "120.12345.67-8", None),
        (CampoNIT(), "291.41777.63-8", "29141777638"),
        (CampoCEP(), "30130-000", "30130000"),
        (CampoTelefone(), "+55 (31) 99999-0000", "31999990000"),
        (CampoTelefone(), "031 3333-0000", "3133330000"),
        (CampoData(), "26/11/1960", date(1960, 11, 26)),
        (CampoData(), "1960-11-26", date(1960, 11, 26)),
        (CampoCPF(required=False), "", ""),
        (CampoData(required=False), "", None),
    ],
)
def test_campo_guarda_sem_mascara(campo, digitado, guardado):
    if guardado is None and digitado:
        with pytest.raises(forms.ValidationError):
            campo.clean(digitado)
    else:
        assert campo.clean(digitado) == guardado


@pytest.mark.parametrize(
    ("campo", "digitado", "frase"),
    [
        (CampoCPF(), "529.982.247-26", "Os números deste CPF não conferem. Olhe de novo no documento."),
        (CampoCPF(), "529.982.247", "O CPF tem 11 números. Você digitou 9."),
        (CampoCPF(), "111.111.111-11", "Os números deste CPF não conferem. Olhe de novo no documento."),
        (CampoCPF(), "nao sei", "O CPF só tem números."),
        (CampoCNPJ(), "11.222.333/0001-82", "As letras e os números deste CNPJ não conferem."),
        (CampoCNPJ(), "11.222", "O CNPJ tem 14 letras ou números. Você digitou 5."),
        (CampoNIT(), "12056789041", "Os números deste NIT não conferem."),
        (CampoCEP(), "3013", "O CEP tem 8 números. Você digitou 4."),
        (CampoTelefone(), "3333-0000", "Escreva o telefone com o DDD"),
        (CampoTelefone(), "(10) 3333-0000", "Confira o DDD"),
        (CampoData(), "0202-03-04", "Confira o ano: você escreveu 202."),
        (CampoData(), "9999-12-31", "Confira o ano: você escreveu 9999."),
        (CampoData(passado=True), (localdate() + timedelta(days=1)).isoformat(), "Esta data ainda não chegou."),
    ],
)  # fmt: skip
def test_campo_diz_o_que_esta_errado_em_uma_frase(campo, digitado, frase):
    with pytest.raises(forms.ValidationError) as erro:
        campo.clean(digitado)

    assert len(erro.value.messages) == 1
    assert erro.value.messages[0].startswith(frase)


def test_valor_guardado_volta_com_mascara():
    form = Ficha(initial={"cpf": "52998224725"})

    assert 'value="529.982.247-25"' in str(form["cpf"])


def test_formulario_tem_uma_moldura_um_token_e_um_botao_principal():
    html = desenhada(Ficha())

    assert html.count("<form") == 1
    assert html.count("csrfmiddlewaretoken") == 1
    assert html.count("botao--primario") == 1
    assert 'enctype="multipart/form-data"' in html
    assert "Guardar" in html
    assert "style=" not in html


def test_erro_aparece_no_resumo_com_elo_e_junto_do_campo():
    html = desenhada(Ficha({"nome": "Um nome comprido demais", "cpf": "1"}))

    assert 'role="alert"' in html
    for campo in ("nome", "cpf", "sexo", "aceito"):
        assert f'href="#id_{campo}"' in html
        assert re.search(rf'id="id_{campo}"', html), campo
    assert "Falta acertar 4 coisas" in html
    assert 'id="id_cpf_error"' in html
    assert re.search(r'<input[^>]*name="cpf"[^>]*aria-describedby="id_cpf_error"', html)
    assert re.search(r'<input[^>]*name="cpf"[^>]*aria-invalid="true"', html)
    assert "cabem 10 letras e há 23" in html


def test_o_resumo_conta_cada_frase_e_todo_elo_leva_a_um_campo():
    form = Ficha({"cpf": "1"})
    form.add_error(None, "Uma coisa do formulário inteiro.")
    form.add_error(None, "Outra coisa do formulário inteiro.")
    form.add_error("cpf", "Mais uma coisa do CPF.")

    resumo = re.search(r'<div class="resumo-erros".*?</div>', desenhada(form), re.DOTALL)[0]

    frases = re.findall(r"<li>", resumo)
    assert f"Falta acertar {len(frases)} coisas" in resumo
    assert len(frases) == 2 + sum(len(erros) for campo, erros in form.errors.items() if campo != "__all__")
    ids = set(re.findall(r'\sid="([^"]+)"', desenhada(form)))
    assert set(re.findall(r'href="#([^"]+)"', resumo)) <= ids


def test_todo_campo_visivel_tem_rotulo_e_todo_id_e_unico():
    html = desenhada(Ficha({}))

    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    for alvo in re.findall(r'\sfor="([^"]+)"', html):
        assert alvo in ids
    for descricao in re.findall(r'aria-describedby="([^"]+)"', html):
        assert set(descricao.split()) <= set(ids)


def test_opcional_diz_que_e_opcional():
    html = desenhada(Ficha())

    assert re.search(r"Apelido <small>\(se houver\)</small>", html)
    assert not re.search(r"Nome completo <small>", html)


def test_texto_do_usuario_sai_escapado():
    html = desenhada(Ficha({"nome": "<b>x</b>"}))

    assert "<b>x</b>" not in html


@pytest.mark.parametrize(("classe", "frases"), FRASES, ids=lambda v: getattr(v, "__name__", ""))
def test_frases_de_fabrica_foram_trocadas(classe, frases):
    extras = {
        forms.ModelChoiceField: {"queryset": None},
        forms.ModelMultipleChoiceField: {"queryset": None},
        forms.URLField: {"assume_scheme": "https"},
    }

    class Um(FormularioBase, forms.Form):
        campo = classe(**extras.get(classe, {}))

    mensagens = Um().fields["campo"].error_messages

    assert {chave: mensagens[chave] for chave in frases} == frases


def test_frase_escrita_no_formulario_fica():
    class Um(FormularioBase, forms.Form):
        campo = forms.CharField(error_messages={"required": "Diga o motivo."})

    assert Um({}).errors["campo"] == ["Diga o motivo."]
