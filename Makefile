# `make` lists what there is. Needs make and Python 3.11, 3.12 or 3.13; everything else is set up here.
#
#   make test PYTHON=python3.12                      another Python (after `make clean`)
#   make test PYTHON=python3.12 VENV=.venv-3.12      … or beside the first
#   make test ARGS="-k rounding"                     arguments for pytest
#   make lock ARGS=--upgrade                         arguments for uv

VENV  := .venv
TOOLS := .tools
ARGS  :=

export UV_PYTHON_DOWNLOADS = never
export PIP_DISABLE_PIP_VERSION_CHECK = 1

# Installs into $(VENV): with uv where there is one and it can reach its index, else with pip. Both read their own settings.
INSTALL = install() { \
	    if [ -x $(TOOLS)/bin/uv ]; then \
	        $(TOOLS)/bin/uv pip install --quiet --python $(VENV)/bin/python "$$@" && return; \
	        echo "uv 安装未成功，改用 pip · uv did not succeed, trying pip"; \
	    fi; \
	    $(VENV)/bin/python -m pip install --quiet "$$@"; \
	}; install

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo serve test acceptance bench check desktop format lock clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' Makefile | while IFS= read -r line; do \
	    printf '  make %-12s %s\n' "$${line%%:*}" "$${line##*## }"; done

setup: $(VENV)/.made/run ## install what is needed to run; leaves .venv/bin/mujun
	@echo "$(VENV)/bin/mujun 已就绪 · is ready"

demo: $(VENV)/.made/run ## make a fictitious province, evaluate all seven domains, print where things are
	$(VENV)/bin/mujun demo --out out/demo

serve: $(VENV)/.made/run ## start the site and its worker on a fictitious round: http://127.0.0.1:8000/
	$(VENV)/bin/mujun serve --demo

test: $(VENV)/.made/test desktop ## the test suite, two workers, under ten minutes
	$(VENV)/bin/python -m pytest -n 2 $(ARGS)

acceptance: $(VENV)/.made/test desktop ## the long suite: thousands of generated cases, whole published tables
	$(VENV)/bin/python -m pytest -n 2 -m acceptance $(ARGS)

bench: $(VENV)/.made/bench ## mujun beside its rivals, and what proofs cost: figures into docs/bench.md
	$(VENV)/bin/python -m bench --write docs/bench.md $(ARGS)
	$(VENV)/bin/python -m bench.proof --write docs/bench.md
	$(VENV)/bin/python -m bench.intake --write docs/bench.md
	$(VENV)/bin/python -m bench.site --write docs/bench.md

check: $(VENV)/.made/test ## lint, format, types, layers, and the schemes themselves
	$(VENV)/bin/ruff check
	$(VENV)/bin/ruff format --check
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(VENV)/bin/mujun check

format: $(VENV)/.made/test ## put the code in its usual form
	$(VENV)/bin/ruff check --fix
	$(VENV)/bin/ruff format

# One version of each package for all supported Pythons (--fork-strategy fewest); no address of an index in the result.
COMPILE = $(TOOLS)/bin/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
	    --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(ARGS)

lock: $(TOOLS)/.made ## resolve requirements/*.in into hashed requirements/*.txt
	@[ -x $(TOOLS)/bin/uv ] || { echo "锁定依赖需要 uv · locking needs uv: make clean, then try again"; exit 1; }
	$(COMPILE) requirements/run.in requirements/build.in -o requirements/run.txt
	$(COMPILE) requirements/run.in requirements/build.in requirements/test.in -c requirements/run.txt -o requirements/test.txt
	$(COMPILE) requirements/run.in requirements/build.in requirements/bench.in -c requirements/run.txt -o requirements/bench.txt
	$(COMPILE) requirements/tools.in -o requirements/tools.txt
	@! grep -nE '://|^ *(-i|-f|--[a-z-]*(index|links|host))|file:' requirements/*.txt || { echo "锁文件不得写入地址 · no addresses in locks"; exit 1; }

clean: ## remove what make has made
	rm -rf .venv .venv-* $(VENV) $(TOOLS) out/demo build dist mujun.egg-info
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find mujun tests -name __pycache__ -type d -prune -exec rm -rf {} +

desktop:
	@sh .ci/desktop

# --- what the targets stand on; each leaves a stamp, so that a second run does nothing ------------------------------

$(VENV)/.made/python:
	@if [ -n "$(PYTHON)" ]; then set -- "$(PYTHON)"; else set -- python3.13 python3.12 python3.11 python3 python; fi; \
	without_venv=; \
	for python do \
	    "$$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' >/dev/null 2>&1 || continue; \
	    "$$python" -c 'import ensurepip, venv' >/dev/null 2>&1 || { without_venv=$$python; continue; }; \
	    echo "$$("$$python" --version) → $(VENV)"; \
	    "$$python" -m venv --clear $(VENV) && mkdir -p $(VENV)/.made && touch $@; exit; \
	done; \
	if [ -n "$$without_venv" ]; then \
	    echo "$$without_venv 缺少 venv 模块，请安装（Debian、Ubuntu、UOS 上为 python3-venv 软件包），再运行 make。"; \
	    echo "$$without_venv has no venv module. Install it (package python3-venv on Debian and its kin), then run make again."; \
	else \
	    echo "找不到 Python 3.11、3.12 或 3.13（已试：$$*）。请安装其一，或指明位置：make setup PYTHON=/path/to/python3.12"; \
	    echo "No Python 3.11, 3.12 or 3.13 found (tried: $$*). Install one, or name it: make setup PYTHON=/path/to/python3.12"; \
	fi >&2; \
	exit 1

# uv in a place of its own. Where it cannot be had, pip does everything but `make lock`.
$(TOOLS)/.made: requirements/tools.txt | $(VENV)/.made/python
	@$(VENV)/bin/python -m venv --clear $(TOOLS)
	@$(TOOLS)/bin/python -m pip install --quiet --only-binary :all: --require-hashes -r requirements/tools.txt \
	    || echo "装不上 uv，改用 pip · no uv here, using pip"
	@touch $@

$(VENV)/.made/run: requirements/run.txt pyproject.toml $(VENV)/.made/python $(TOOLS)/.made
	@echo "requirements/run.txt → $(VENV)"
	@$(INSTALL) --require-hashes -r requirements/run.txt
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.made/test: requirements/test.txt $(VENV)/.made/run
	@echo "requirements/test.txt → $(VENV)"
	@$(INSTALL) --require-hashes -r requirements/test.txt
	@touch $@

$(VENV)/.made/bench: requirements/bench.txt $(VENV)/.made/run
	@echo "requirements/bench.txt → $(VENV)"
	@$(INSTALL) --require-hashes -r requirements/bench.txt
	@touch $@
