from django.apps import AppConfig


class RequerimentosConfig(AppConfig):
    name = "requerimentos"
    verbose_name = "Requerimentos"

    def ready(self) -> None:
        # The handlers register themselves with the outbox when their module is loaded.
        from django.contrib.auth.signals import user_logged_out

        from act_portal.telas.oferta import registrar_oferta
        from requerimentos import contagens, painel, rotulos, titulares
        from requerimentos.acompanhamento import contagens as contagens_do_acompanhamento
        from requerimentos.acompanhamento import trabalhos as _acompanhamento  # noqa: F401
        from requerimentos.agenda import trabalhos as _agenda  # noqa: F401
        from requerimentos.avisos import trabalhos as _avisos  # noqa: F401
        from requerimentos.digitalizacao.celular.servicos import desligar_ao_sair
        from requerimentos.digitalizacao.conserto import trabalhos as _conserto  # noqa: F401
        from requerimentos.digitalizacao.retorno import trabalhos as _retorno  # noqa: F401
        from requerimentos.envio import trabalhos as _envio  # noqa: F401
        from requerimentos.oferta import oferta
        from requerimentos.papeis import modelos
        from requerimentos.papeis import trabalhos as _papeis  # noqa: F401

        user_logged_out.connect(desligar_ao_sair, dispatch_uid="requerimentos.celular")
        modelos.registrar()
        rotulos.registrar()
        painel.registrar()
        registrar_oferta(oferta)
        titulares.registrar()
        contagens.registrar()
        contagens_do_acompanhamento.registrar()
