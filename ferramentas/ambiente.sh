#!/bin/sh
# Make .venv from the hash-locked list and see that the system libraries are there; a second call takes milliseconds.
# usage: ambiente.sh [dev]
set -eu
cd "$(dirname "$0")/.."
modo="${1:-run}"
lista=requirements.txt
[ "$modo" = dev ] && lista=requirements-dev.txt

aviso() { printf '%s\n' "$*" >&2; }

como_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

pode_instalar() {
    command -v apt-get >/dev/null 2>&1 || return 1
    [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null
}

# Find a Python 3.11, or say which package brings it.
achar_python() {
    for candidato in python3.11 /usr/bin/python3.11 python3 /usr/bin/python3; do
        if "$candidato" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
            command -v "$candidato"
            return 0
        fi
    done
    return 1
}

tem_biblioteca() { "$python" -c 'import ctypes, sys; ctypes.CDLL(sys.argv[1])' "$1" 2>/dev/null; }

# Debian packages that are missing, one word each.
pacotes_que_faltam() {
    if [ ! -x .venv/bin/python ]; then
        "$python" -c 'import ensurepip, venv' 2>/dev/null || echo python3-venv
    fi
    tem_biblioteca libpango-1.0.so.0 || echo libpango-1.0-0
    tem_biblioteca libpangoft2-1.0.so.0 || echo libpangoft2-1.0-0
    # Without this one every PDF takes four times as long, and nothing says so.
    tem_biblioteca libharfbuzz-subset.so.0 || echo libharfbuzz-subset0
    # The narrow font of the papers: with a wider one they still come out, on more sheets.
    [ -e /usr/share/fonts/truetype/dejavu/DejaVuSansCondensed.ttf ] || echo fonts-dejavu-extra
    if [ "$modo" = dev ]; then
        [ -n "${CHROMIUM:-}" ] || command -v chromium >/dev/null 2>&1 || echo chromium
        # Where nothing may be skipped, the second pair of engines and ClamAV are needed; elsewhere used when present.
        if [ "${CI:-}" = true ]; then
            [ -n "${TESTE_DATABASE_URL:-}" ] || ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || echo postgresql
            [ -n "${TESTE_CELERY_BROKER_URL:-}" ] || command -v redis-server >/dev/null 2>&1 || echo redis-server
            PATH="$PATH:/usr/sbin" command -v clamd >/dev/null 2>&1 || echo clamav-daemon
        fi
    fi
}

if ! python=$(achar_python); then
    aviso "Falta o Python 3.11. No Debian 12: apt-get install python3 python3-venv"
    exit 1
fi

faltam=$(pacotes_que_faltam | tr '\n' ' ' | sed 's/ *$//')
if [ -n "$faltam" ] && pode_instalar; then
    aviso "Instalando pacotes do sistema: $faltam"
    (
        export DEBIAN_FRONTEND=noninteractive
        como_root apt-get update -qq || true
        # shellcheck disable=SC2086  # a list of package names
        como_root apt-get install -y -qq --no-install-recommends $faltam </dev/null >/dev/null
    ) || true
    faltam=$(pacotes_que_faltam | tr '\n' ' ' | sed 's/ *$//')
fi
if [ -n "$faltam" ]; then
    aviso "Faltam pacotes do sistema. Como administrador, rode: apt-get install --no-install-recommends $faltam"
    case " $faltam " in
        *" python3-venv "* | *" libpango"*) exit 1 ;;
    esac
fi

# A virtual environment whose Python went away (upgrade, moved folder) is made again.
if ! .venv/bin/python -c 'import pip' 2>/dev/null; then
    aviso "Criando o ambiente Python em .venv"
    rm -rf .venv
    "$python" -m venv .venv
fi

soma=$(cksum <"$lista")
if [ "$(cat ".venv/.$lista" 2>/dev/null)" != "$soma" ]; then
    aviso "Instalando as dependências de $lista (só na primeira vez e quando a lista muda)"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --compile \
        --require-hashes -r "$lista"
    printf '%s\n' "$soma" >".venv/.$lista"
    # The development list holds the whole running list with the same pins.
    [ "$modo" = dev ] && cksum <requirements.txt >.venv/.requirements.txt
fi
exit 0
