# Each target does its own set-up; `make demo` and `make test` work on a fresh Debian machine.
.PHONY: demo run test check bench format messages set-up
BIN := .venv/bin
# A window where there is a display; else Qt draws off screen.
QT := $(if $(DISPLAY)$(WAYLAND_DISPLAY),,QT_QPA_PLATFORM=offscreen)

set-up:
	@installer/set-up.sh

demo: set-up  ## the main job on the sample customer: table, PDF, XLSX, window
	$(BIN)/roi-tool demo --out demo-output

run: set-up  ## the window
	$(BIN)/roi-tool

test: set-up  ## every test but the nightly ones
	$(QT) $(BIN)/python -m pytest -n 2 -m "not nightly"

check: set-up  ## lint, types, floors, quick tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(QT) $(BIN)/python -m pytest -q -n 2 -m "not nightly and not slow"

bench: set-up  ## the speed figures, as ratios in one run
	$(BIN)/python -m benchmarks

format: set-up
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

messages: set-up  ## read the texts out of the source, update and compile the catalogues
	$(BIN)/python -m roi_tool.wording.catalogues
