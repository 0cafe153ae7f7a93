"""Errors that the domain raises and that the border (view, task, command) translates."""


class ErroDeDominio(Exception):
    """Its text is already written, in plain Portuguese, for whoever uses the portal."""


class TransicaoInvalida(ErroDeDominio):
    """The state table does not allow this move."""


class OutroChegouAntes(ErroDeDominio):
    """Somebody else changed the row first; the text says who and when."""


class FalhaDefinitiva(Exception):
    """Background work that is useless to repeat."""
