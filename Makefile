# Musubi: everything that is done with the source. `make` alone tells what there is.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup run test check fix bench audit screenshots demo messages lock clean

# Compiled modules are kept, so that the second start is quick, whatever the shell around says.
unexport PYTHONDONTWRITEBYTECODE

PORT ?= 8000
HOST ?= 127.0.0.1
BIN := .venv/bin
STAMP_APP := .venv/.stamp-app
STAMP_TEST := .venv/.stamp-test
# Their .mo are made with the package: a changed translation is set up like a changed part.
CATALOGUES := $(wildcard src/musubi/locale/*/LC_MESSAGES/django.po)

help: ## この一覧を表示します
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 16

setup: $(STAMP_APP) ## 必要なものを .venv/ に入れます（二回目からはすぐ終わります）
	@:

run: $(STAMP_APP) ## サーバーと worker を始めます（make run PORT=8010 で別の番号）
	@exec $(BIN)/musubi serve --host $(HOST) --port $(PORT)

test: $(STAMP_TEST) ## 検査（check）とすべてのテストを、SQLite と PostgreSQL で行います
	@tools/browser.sh
	@$(MAKE) --no-print-directory check
	@tools/test.sh $(ARGS)

check: $(STAMP_TEST) ## 書き方・型・層の向きを調べます
	@tools/check.sh

fix: $(STAMP_TEST) ## 書き方を直せるところは直します
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djlint src --reformat --quiet || true

bench: $(STAMP_TEST) ## 10 万件で速さを測り、docs/performance.md に書きます
	MUSUBI_DATA_DIR=$(CURDIR)/var/bench $(BIN)/musubi bench --write docs/performance.md
	MUSUBI_DATA_DIR=$(CURDIR)/var/bench $(BIN)/musubi bench light --write docs/performance.md

audit: $(STAMP_TEST) ## すべてのページの開かれ方（アクセシビリティ）を、すべての見え方で調べ、docs/audit.md に書きます
	@tools/browser.sh
	@$(BIN)/python tools/audit.py $(ARGS)

screenshots: $(STAMP_TEST) ## README と docs/ja の画面の絵を撮り直します（make run で動いている実演から）
	@tools/browser.sh
	@$(BIN)/python tools/screenshots.py http://$(HOST):$(PORT)

demo: $(STAMP_APP) ## 実演のデータベースを作り直します
	$(BIN)/musubi demo --fresh

messages: $(STAMP_TEST) ## 画面のことばを探し直し、英語とやさしい日本語の訳の一覧（.po）を新しくします
	@$(BIN)/python tools/messages.py

lock: ## 部品の版を選び直し、requirements/ に書きます
	sh tools/lock.sh

clean: ## .venv/・.tools/・var/ などの作られたものを消します（実演のデータも消えます）
	rm -rf .venv .tools var .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find src engine tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(STAMP_APP): requirements/app.txt pyproject.toml engine/pyproject.toml tools/setup.sh tools/uv.sh tools/fonts.sh tools/apt.sh tools/messages_hook.py $(CATALOGUES)
	@sh tools/setup.sh app

$(STAMP_TEST): requirements/test.txt pyproject.toml engine/pyproject.toml tools/setup.sh tools/uv.sh tools/fonts.sh tools/apt.sh tools/messages_hook.py $(CATALOGUES)
	@sh tools/setup.sh test
