#!/bin/sh
# Print a Python of version 3.11 or later, or say that there is none. PYTHON=… chooses one.
for python in "$PYTHON" python3 python3.14 python3.13 python3.12 python3.11 python; do
    test -n "$python" && command -v "$python" >/dev/null 2>&1 || continue
    if "$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        command -v "$python"
        exit 0
    fi
done
echo "salescli needs Python 3.11 or later with its venv module, and none was found (PYTHON=/path/to/python chooses one)" >&2
echo "Debian and Ubuntu keep the module apart: apt install python3-venv" >&2
exit 1
