"""The sentences of Django's own fields, in plain Portuguese: what is wrong and what to do."""

from __future__ import annotations

from django import forms

FRASES: list[tuple[type[forms.Field], dict[str, str]]] = [
    (
        forms.Field,
        {
            "required": "Falta preencher este campo.",
            "max_length": "O texto passou do tamanho: cabem %(limit_value)d letras e há %(show_value)d.",
            "min_length": "O texto está curto: escreva pelo menos %(limit_value)d letras. Há %(show_value)d.",
            "max_value": "O número é grande demais. O maior que cabe aqui é %(limit_value)s.",
            "min_value": "O número é pequeno demais. O menor que cabe aqui é %(limit_value)s.",
            "null_characters_not_allowed": "O texto tem um sinal que não se pode guardar. Digite de novo.",
        },
    ),
    (forms.IntegerField, {"invalid": "Escreva só números, sem letras."}),
    (
        forms.DecimalField,
        {
            "max_digits": "O número tem algarismos demais: cabem %(max)s.",
            "max_decimal_places": "Use no máximo %(max)s casas depois da vírgula.",
            "max_whole_digits": "O número tem algarismos demais antes da vírgula: cabem %(max)s.",
        },
    ),
    (forms.DateField, {"invalid": "Escreva a data com dia, mês e ano, como 26/11/1960."}),
    (forms.DateTimeField, {"invalid": "Escreva o dia e a hora, como 26/11/2026 14:30."}),
    (forms.TimeField, {"invalid": "Escreva a hora como 14:30."}),
    (forms.EmailField, {"invalid": "Confira o e-mail: falta alguma parte. Exemplo: nome@exemplo.com.br."}),
    (forms.URLField, {"invalid": "Confira o endereço. Exemplo: https://www.exemplo.gov.br."}),
    (forms.BooleanField, {"required": "Para continuar, marque esta opção."}),
    (
        forms.ChoiceField,
        {
            "required": "Escolha uma das opções.",
            "invalid_choice": "Esta opção não está na lista. Escolha uma da lista.",
        },
    ),
    (
        forms.ModelChoiceField,
        {
            "required": "Escolha uma das opções.",
            "invalid_choice": "Esta opção não está na lista. Escolha uma da lista.",
        },
    ),
    (
        forms.MultipleChoiceField,
        {
            "required": "Escolha pelo menos uma das opções.",
            "invalid_list": "Escolha as opções pela lista.",
            "invalid_choice": "Uma das opções não está na lista. Escolha de novo.",
        },
    ),
    (
        forms.ModelMultipleChoiceField,
        {
            "required": "Escolha pelo menos uma das opções.",
            "invalid_list": "Escolha as opções pela lista.",
            "invalid_choice": "Uma das opções não está na lista. Escolha de novo.",
            "invalid_pk_value": "Uma das opções não está na lista. Escolha de novo.",
        },
    ),
    (
        forms.FileField,
        {
            "required": "Escolha um arquivo.",
            "invalid": "O arquivo não chegou. Escolha de novo.",
            "missing": "O arquivo não chegou. Escolha de novo.",
            "empty": "O arquivo está vazio. Abra o arquivo para conferir e escolha de novo.",
            "max_length": "O nome do arquivo é comprido demais. Mude para um nome curto.",
            "contradiction": "Escolha um arquivo novo ou marque para tirar o atual, não os dois.",
        },
    ),
    (forms.ImageField, {"invalid_image": "Este arquivo não é uma imagem, ou está estragado."}),
]


def falar_portugues(campo: forms.Field) -> None:
    """Changes the messages that still are Django's; those that a form or a field wrote stay."""
    de_fabrica: dict[str, object] = {}
    for classe in reversed(type(campo).__mro__):
        if classe.__module__.startswith("django."):
            de_fabrica.update(getattr(classe, "default_error_messages", {}))
    for classe, frases in FRASES:
        if isinstance(campo, classe):
            for chave, frase in frases.items():
                atual = campo.error_messages.get(chave)
                if atual is None or atual == de_fabrica.get(chave) or atual in _NOSSAS:
                    campo.error_messages[chave] = frase


_NOSSAS = {frase for _, frases in FRASES for frase in frases.values()}
