# syntax=docker/dockerfile:1
# One image for web, worker, scheduler and the one-shot migration; docker-compose.yml chooses the command.

FROM python:3.11-slim-bookworm AS dependencias
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /venv
COPY requirements.txt /tmp/requirements.txt
# Wheels only: nothing is compiled, so no compiler enters any stage.
RUN /venv/bin/pip install --require-hashes --only-binary :all: --compile -r /tmp/requirements.txt

FROM python:3.11-slim-bookworm
# WeasyPrint needs pango; without libharfbuzz-subset0 it is silently four times slower.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-extra \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --user-group --no-create-home --home-dir /dados --shell /usr/sbin/nologin portal \
    && install -d -o portal -g portal -m 0700 /dados
COPY --from=dependencias /venv /venv
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    VAR=/dados \
    STATIC_ROOT=/app/estatico \
    HOST=0.0.0.0 \
    LOG_ACESSO=-
WORKDIR /app
COPY manage.py ./
COPY act_portal ./act_portal
COPY requerimentos ./requerimentos
COPY adesao ./adesao
COPY cessao ./cessao
COPY templates ./templates
COPY static ./static
COPY docs ./docs
# Collected with the embedded defaults in a throw-away folder: no secret is needed, none stays behind.
RUN VAR=/tmp/montagem python manage.py collectstatic --noinput -v 0 \
    && rm -rf /tmp/montagem \
    && python -m compileall -q act_portal requerimentos adesao cessao
# Set last, so that from here on a missing value stops the start.
ENV AMBIENTE=producao
USER portal
VOLUME /dados
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=40s CMD ["python", "-m", "act_portal.sonda", "web"]
CMD ["gunicorn", "--config", "python:act_portal.gunicorn"]
