# Poise: `make demo` shows it at work, `make test` proves it. Both install what is missing first.

SHELL := /bin/bash
.DEFAULT_GOAL := help

# What the build, the engine and the sandbox for generated code need from Debian or Ubuntu.
APT_PACKAGES := bubblewrap libcurl4-openssl-dev libsqlite3-dev libssl-dev pkg-config python3-venv
SUDO := $(shell [ "$$(id -u)" = 0 ] || command -v sudo)
SOURCES := Package.swift $(shell find Sources -type f)
QUANTIZED := Models/quantized/.made
POISE := .build/release/poise
PROBE := .build/release/statistics-probe
# Without the dynamic library of Swift, a call into it costs less: a fifth of the client's CPU time.
STATIC := $(if $(filter Linux,$(shell uname -s)),--static-swift-stdlib)
# Of several --sanitize the compiler hears only one, and not always the same.
FUZZED := --sanitize fuzzer -Xswiftc -sanitize=fuzzer,address -Xcc -fsanitize=address -Xswiftc -enable-testing

.PHONY: help demo test axe bench bench-analysis bench-merge conformance torture cluster-test fuzz gate-example build setup packages format lint schemas clean

help: ## Show these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(POISE) $(QUANTIZED) ## Run three tiny real models on llama.cpp; writes Results/demo.sqlite and Results/demo.html
	$(POISE) judge calibrate Datasets/tiny/Rubrics/judged.yaml Datasets/tiny/judge-labels.jsonl \
	    --judges Datasets/demo.yaml --db Results/demo.sqlite
	$(POISE) run Datasets/demo.yaml --db Results/demo.sqlite

# Beside thousands of others on all cores, these would wait too long for what they watch.
ALONE := BrowserTests|LiveRunTests|LoopbackTests

test: setup ## Run every test
	swift build --build-tests
	swift test --skip-build --skip '$(ALONE)'
	swift test --skip-build --filter '$(ALONE)'

axe: .build/axe/installed ## Take axe-core from PyPI, for the tests of the page; without it they are skipped

# TOOLS=guidellm,vllm and ROUNDS=1 narrow it; Tests/Benchmarks/README.md says what is measured.
bench: $(POISE) ## Measure Poise against the field's tools; installs them into .build/bench
	python3 -B Tests/Benchmarks/bench.py --poise $(POISE) --folder .build/bench \
	    $(if $(TOOLS),--tools $(TOOLS)) $(if $(ROUNDS),--rounds $(ROUNDS))

bench-analysis: $(POISE) ## Time the analysis of 100,000 and the front of 1,000,000 made-up trials; 0.9 GB of disk
	python3 -B Tests/Benchmarks/analysis.py --poise $(POISE) --folder .build/bench

bench-merge: $(POISE) ## Time the merge of 1,000,080 made-up trials in 40 shards; 3 GB of disk
	python3 -B Tests/Benchmarks/merge.py --poise $(POISE) --folder .build/bench

# ORACLES=bleu,speed narrows it; Tests/Conformance/README.md says what is compared.
conformance: $(POISE) $(PROBE) ## Compare checks with the tools that define them; installs them into .build/conformance
	python3 -B Tests/Conformance/conformance.py --poise $(POISE) --folder .build/conformance \
	    $(if $(ORACLES),--oracles $(ORACLES))

# ONLY=kill,faults narrows it, QUICK=1 tries a small part; Tests/Torture/README.md says what is tried.
torture: $(POISE) ## Try what is promised under faults: kills, broken endpoints, full disks, hostile code
	python3 -B Tests/Torture/torture.py --poise $(POISE) --folder .build/torture \
	    $(if $(ONLY),--only $(ONLY)) $(if $(QUICK),--quick)

# ONLY=demo,killed narrows it, QUICK=1 tries a small part; Tests/Cluster/README.md says what is tried.
cluster-test: $(POISE) $(QUANTIZED) ## Try a suite on a real Slurm of four nodes, brought up here and taken down again
	sh Tests/Cluster/install.sh $(SUDO)
	python3 -B Tests/Cluster/cluster.py --poise $(POISE) --folder .build/cluster \
	    $(if $(ONLY),--only $(ONLY)) $(if $(QUICK),--quick)

# SECONDS=20 shortens it, ONLY=json,gguf narrows it, JOBS=2 runs two at a time; Tests/Fuzz/README.md says more.
fuzz: packages ## Give every reader of foreign bytes 5 minutes of libFuzzer under the address sanitizer
	POISE_LIBFUZZER=1 swift build -c release --product fuzz --scratch-path .build/fuzz/build $(FUZZED)
	python3 -B Tests/Fuzz/fuzz.py --fuzzer .build/fuzz/build/release/fuzz --folder .build/fuzz \
	    $(if $(SECONDS),--seconds $(SECONDS)) $(if $(ONLY),--only $(ONLY)) $(if $(JOBS),--jobs $(JOBS))

gate-example: $(POISE) $(QUANTIZED) ## Prove the CI gate: a sound quantization must not fail, a damaged one must
	GATE_POISE=$(abspath $(POISE)) bash .github/actions/poise-gate/proof.sh

build: $(POISE) ## Build the release binary, .build/release/poise

setup: packages .venv/installed $(QUANTIZED) ## Install what is missing: system libraries, the engine, the models

format: ## Format all Swift code in place
	swift format --in-place --parallel --recursive Package.swift Sources Tests

lint: ## Check the format; any finding is an error
	swift format lint --strict --parallel --recursive Package.swift Sources Tests

schemas: ## Write Datasets/schemas anew from the parser's own keys
	POISE_WRITE_SCHEMAS=1 swift test --filter PoiseSuiteTests

clean: ## Delete what was built and installed here; Results stay
	rm -rf .build .venv Models/quantized

# Asks for nothing where all is there: no root, no network.
packages:
	@if command -v apt-get >/dev/null && ! { pkg-config --exists libcurl sqlite3 libcrypto \
	    && command -v bwrap >/dev/null && python3 -c 'import ensurepip, venv'; } 2>/dev/null; then \
	    echo "installing $(APT_PACKAGES)"; \
	    $(SUDO) apt-get update -qq && DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq $(APT_PACKAGES); \
	fi

$(POISE): $(SOURCES) | packages
	swift build -c release --product poise $(STATIC)
	@touch $@

$(PROBE): Package.swift $(shell find Sources/PoiseCore Sources/PoiseStatistics Tests/Conformance/Probe -type f)
	swift build -c release --product statistics-probe $(STATIC)
	@touch $@

.venv/installed: Models/requirements.txt | packages
	python3 -m venv .venv
	.venv/bin/python3 -m pip install --quiet --disable-pip-version-check --require-hashes -r Models/requirements.txt
	@touch $@

.build/axe/installed: Tests/Browser/requirements.txt .venv/installed
	.venv/bin/python3 -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --upgrade \
	    --target .build/axe -r $<
	@touch $@

$(QUANTIZED): .venv/installed Models/quantize.py $(wildcard Models/*-f16.gguf)
	.venv/bin/python3 Models/quantize.py
	@touch $@
