"""The peers' own virtual environment, made once and again when their requirements change."""

import hashlib
import subprocess
import sys
from pathlib import Path

from harness.places import ROOT

_FOLDER = ROOT / ".venv-bench"
_REQUIREMENTS = ROOT / "benchmarks" / "requirements.txt"
_VERSIONS = (
    "aiosqlite", "asyncpg", "fastapi", "flask", "flask-sqlalchemy", "gunicorn", "psycopg", "sqlalchemy",
    "twilio", "uvicorn", "uvloop",
)  # fmt: skip


def peers_python() -> Path:
    """The interpreter that has the peers' packages; makes the environment (20 s) when it is not there."""
    python = _FOLDER / "bin" / "python"
    made_from = _FOLDER / "made-from"
    wanted = hashlib.sha256(_REQUIREMENTS.read_bytes()).hexdigest()
    if not made_from.exists() or made_from.read_text() != wanted:
        print(f"making {_FOLDER.name} for the peers …", flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", _FOLDER], check=True)
        pip = (python, "-m", "pip", "install", "--quiet", "--require-hashes")
        subprocess.run([*pip, "-r", _REQUIREMENTS], check=True)
        made_from.write_text(wanted)
    return python


def peers_versions() -> str:
    """The versions the peers run with, in one line."""
    ask = (
        "import sys; from importlib.metadata import version; "
        "print(', '.join(f'{name} {version(name)}' for name in sys.argv[1:]))"
    )
    answer = subprocess.run(
        [peers_python(), "-c", ask, *_VERSIONS], capture_output=True, text=True, check=True
    )
    return answer.stdout.strip()
