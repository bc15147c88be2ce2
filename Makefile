# The portal's commands. `make help` lists them.
SHELL := /bin/bash
tools := scripts/with-tools
# Where `make run` serves shops to try the portal on; `make run sandbox=` serves none.
sandbox ?= 127.0.0.1:3001
browser_part := -p app --lib --target wasm32-unknown-unknown --no-default-features --features hydrate --profile wasm-release

.PHONY: help run demo test release clean setup setup-test build lint test-rust test-volume test-crashes bench test-size test-browser
.DEFAULT_GOAL := help

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: setup build ## install what is missing, build, migrate and serve on http://127.0.0.1:3000
	@target/run/server migrate
	@exec env $(if $(sandbox),PORTAL_SANDBOX__LISTEN=$(sandbox)) target/run/server run

demo: setup build ## fill the data directory with a sample company
	@target/run/server migrate
	@target/run/server demo

test: setup-test lint build test-rust test-size test-browser ## everything that must pass
	@echo "Everything passed."

release: setup ## build the optimised server with its site into dist/
	@scripts/build-release

clean: ## remove what was built here; the cache of tools and compiled crates stays
	rm -rf target dist end2end/results

setup:
	@scripts/setup run

setup-test:
	@scripts/setup test

build: ## build the programs and the site without starting them
	@scripts/build

lint: ## formatting, clippy on both builds, links in the documentation
	@$(tools) cargo fmt --all --check
	@$(tools) cargo clippy --workspace --all-targets --quiet -- -D warnings
	@$(tools) bash -c 'cargo clippy $(browser_part) --target-dir "$$CARGO_TARGET_DIR/front" --quiet -- -D warnings'
	@RUSTDOCFLAGS='-D warnings' $(tools) cargo doc --workspace --no-deps --document-private-items --quiet

test-rust: ## unit and storage tests, on SQLite and PostgreSQL
	@scripts/with-postgres cargo test --workspace --no-fail-fast

test-volume: ## shops of 10,000 products and 5,000 orders, with the requests they took; minutes, not part of `make test`
	@scripts/with-postgres cargo test --package server --test web trade::volume -- --ignored --nocapture

test-crashes: ## the program killed a hundred times while it trades; minutes, not part of `make test`
	@CRASHES=100 scripts/with-postgres cargo test --package server --test web trade::crashes -- --nocapture

bench: setup-test ## how fast webhooks are taken in, in an optimised build; not part of `make test`
	@scripts/with-postgres cargo test --release --package server --test web speed -- --ignored --nocapture

test-size: ## the size of a page's first load
	@$(tools) node scripts/wasm-size.mjs

test-browser: ## the stories in Chromium
	@$(tools) scripts/test-browser
