"""A short run of `make fuzz`: no broken file ends in anything but an answer."""

from __future__ import annotations

from bench._defeituosos import passar


def test_todo_arquivo_defeituoso_tem_resposta(tmp_path):
    contagem, _ = passar(60, 7, tmp_path)

    assert contagem.total() == 60
    assert list(tmp_path.iterdir()) == []
