# What a person types. `.ci/run` types the same.

# Where `Scripts/release` puts what is shipped.
RELEASE = .build-static/release
SWIFT_BUILD = swift build --explicit-target-dependency-import-check error
# No peers are needed to build; tests that drive real clients and servers need them and say so where they are absent.
.PHONY: release setup build test test-interop check docs demo bench soak fuzz-cedar fuzz-parsers fmt clean

setup:            ## install what a fresh machine lacks (Debian packages and PyPI peers)
	@Scripts/setup

build: setup      ## one debug build, of everything, with warnings as errors
	@$(SWIFT_BUILD) --build-tests

test: build       ## every test, the real servers and clients included
	@Scripts/test

test-interop: build  ## every client with every server on both transports: [ONLY=WORD …]
	@Scripts/setup --interop
	@Tests/Interop/matrix.py --writ .build/debug/writ $(foreach word,$(ONLY),--only $(word))
	@$${WRIT_PEERS:-.peers}/mcp2/bin/python Tests/Interop/tokens.py --writ .build/debug/writ

check: build      ## warnings as errors, imports, layers, format, documentation
	@swift format lint --strict --recursive Package.swift Sources Tests Fuzz
	@swift test --skip-build --filter LayerTests
	@Scripts/docs

docs:             ## the documentation of the library Cedar, in .build/docs
	@$(SWIFT_BUILD) --target Cedar
	@Scripts/docs

demo:             ## build the release and play the acceptance scene; no network
	@Scripts/setup --build-only
	@Scripts/release writ
	@$(RELEASE)/writ demo

release:          ## what is shipped, writ and writd beside each other, and what measures it
	@Scripts/setup --release
	@Scripts/release --in-order writ writd WritBench

bench: release    ## Writ beside its peers, the disk and a C loop, in one run
	@Scripts/setup --bench
	@$(MAKE) --silent -C Benchmarks/baseline
	@Benchmarks/run.py --writ $(RELEASE)/writ --bench $(RELEASE)/WritBench --commit-loop .build/baseline/commit_loop
	@Benchmarks/gateway_peers.py --writ $(RELEASE)/writ --bench $(RELEASE)/WritBench

soak: release     ## ten minutes of calls through the gateway; memory must stay flat: [MINUTES=10]
	@Benchmarks/soak.py --writ $(RELEASE)/writ --bench $(RELEASE)/WritBench $(if $(MINUTES),--minutes $(MINUTES))

# SECONDS is a name that bash counts in, so it is handed over as an argument.
fuzz-cedar:       ## Cedar beside cedarpy on random cases: [SECONDS=600] [SEED=…] [SUITE=… [COUNT=…]]
	@Scripts/fuzz-cedar $(if $(SECONDS),--seconds $(SECONDS)) $(if $(SEED),--seed $(SEED)) \
		$(if $(SUITE),--suite $(SUITE)) $(if $(COUNT),--count $(COUNT))

fuzz-parsers:     ## every parser under libFuzzer, in turns: [SECONDS=60] [TARGET=…]
	@Scripts/fuzz-parsers $(SECONDS) $(TARGET)

fmt:              ## format the sources in place
	@swift format --in-place --recursive Package.swift Sources Tests Fuzz

clean:
	@rm -rf .build
