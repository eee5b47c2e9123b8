// SPDX-License-Identifier: Apache-2.0

/// Rust, Go, C and C++, Swift, Zig and the like: building and testing run what the project's files say; compilers read their
/// sources and write their output.
enum NativeToolRows {
    static let text = #"""
        cargo
          any-option: plain
          inherit: yes
          flags: -V --version --list -v -vv --verbose -q --quiet --frozen --locked --offline -r --release --all-targets --all-features --no-default-features --workspace --all --lib --bins --examples --tests --benches --doc --no-run --no-fail-fast --keep-going --ignore-rust-version --open --no-deps --document-private-items --allow-dirty --allow-staged --allow-no-vcs --broken-code --edition-idioms --no-verify --dry-run -n --force -f --debug --git-fetch --unit-graph --build-plan --future-incompat-report -h --help --dev --build --optional --no-optional
          option: -C directory
          option: --config cargo-setting
          option: --color -j --jobs -p --package --exclude --bin --example --test --bench --profile -F --features --target --message-format -Z --explain --timings --vers --registry --branch --tag --rev --rename --depth --invert --prune -e --edges --prefix -i --charset --format --limit --filter-platform --precise --token --edition --vcs --name --tool inert
          option: --manifest-path project-part
          option: --target-dir --artifact-dir --out-dir --root --sync write-tree
          option: --lockfile-path modify
          option: --path project-part
          option: --git url
          option: --index url
          subcommands: yes
          unknown: opaque:program

        cargo build, cargo b, cargo check, cargo c, cargo test, cargo t, cargo run, cargo r, cargo bench, cargo doc, cargo d, cargo clippy, cargo fix, cargo expand, cargo nextest, cargo llvm-cov, cargo tarpaulin, cargo miri, cargo criterion, cargo make, cargo xtask, cargo hack, cargo all-features, cargo msrv, cargo udeps, cargo machete, cargo asm, cargo bloat, cargo flamegraph, cargo fuzz, cargo insta, cargo mutants, cargo careful, cargo deny, cargo outdated, cargo geiger, cargo spellcheck, cargo readme, cargo leptos, cargo tauri, cargo dylint, cargo semver-checks, cargo public-api, cargo modules, cargo depgraph, cargo deps, cargo sort, cargo dist, cargo release, cargo workspaces, cargo smart-release, cargo component, cargo lambda, cargo ndk, cargo apk, cargo zigbuild, cargo xwin, cargo espflash, cargo embed, cargo flash, cargo size, cargo objdump, cargo nm, cargo strip, cargo objcopy, cargo profdata, cargo cov, cargo binutils, cargo chef, cargo pgo, cargo show-asm, cargo cyclonedx, cargo about, cargo vet, cargo crev, cargo auditable, cargo wasi, cargo web, cargo shuttle, cargo sweep, cargo cache, cargo generate-rpm, cargo deb, cargo bundle, cargo packager, cargo batch, cargo script, cargo eval, cargo sqlx, cargo diesel, cargo loco, cargo pgrx, cargo test-all-features, cargo limit, cargo llvm-lines, cargo rdme, cargo sync-readme, cargo minimal-versions, cargo shear, cargo unused-features, cargo feature, cargo show, cargo prefetch, cargo license, cargo update-all
          operands: plain...
          always: project

        cargo rustc, cargo rustdoc
          operands: project-part...
          always: project

        cargo watch
          option: -x --exec inert
          option: -s --shell shell
          option: -w --watch read-tree
          option: -i --ignore -d --delay inert
          operands: plain...
          always: project

        cargo new, cargo init
          operands: write-tree
          default: write-tree .

        cargo fmt
          flag: --check ; default none
          default: write-tree .
          handler: cargo-fmt

        cargo clean, cargo generate-lockfile, cargo metadata, cargo pkgid, cargo tree, cargo verify-project, cargo read-manifest, cargo locate-project, cargo version, cargo help, cargo config, cargo report, cargo info, cargo remove, cargo rm, cargo vendor, cargo package, cargo uninstall
          operands: plain...

        cargo fetch, cargo add, cargo update, cargo search, cargo install, cargo binstall, cargo publish, cargo yank, cargo owner, cargo login, cargo logout, cargo audit, cargo install-update, cargo upgrade, cargo set-version, cargo generate, cargo quickinstall, cargo liner, cargo lichking, cargo information
          option: -a --add --remove inert
          operands: plain...
          always: url https://crates.io ; project

        rustc, clippy-driver, rustdoc
          at-files: yes
          any-option: plain
          option: --cfg --check-cfg --crate-type --crate-name --edition --print -A --allow -W --warn -D --deny -F --forbid --cap-lints --error-format --color --remap-path-prefix --target --explain -l --test-args inert
          option: --emit plain
          option: -L project-part
          option: -C --codegen rustc-codegen
          option: -Z* rustc-unstable
          option: -o write
          option: --out-dir --output write-tree
          option: --extern project-part
          option: --sysroot read
          operands: rustc-operand...
          always: write-tree .

        rustup
          any-option: plain
          subcommands: yes

        rustup update, rustup install, rustup target, rustup component, rustup default, rustup override, rustup self, rustup set, rustup doc, rustup man, rustup completions, rustup show, rustup check, rustup uninstall, rustup which, rustup dump-testament, rustup help, rustup upgrade
          any-option: plain
          option: --toolchain --profile -c --component -t --target --path inert
          operands: any
          always: url https://static.rust-lang.org

        rustup toolchain
          any-option: plain
          operands: project-part...
          always: url https://static.rust-lang.org

        rustup run
          stops: yes
          operands: inert command...

        rustfmt
          any-option: plain
          flag: --check ; operands read...
          option: --config-path read
          option: --emit --edition --config --color --print-config inert
          operands: modify...

        wasm-pack, trunk, cross, mdbook, bacon, sqlx, diesel, sea-orm-cli, wasm-bindgen, dx, cargo-make, makers, cbindgen, bindgen, uniffi-bindgen, rust-script, tauri-cli, espflash, probe-rs
          any-option: plain
          option: -o --out-dir --out-name -d --dest-dir --output plain
          operands: plain...
          always: project

        go
          flags: -h --help
          inherit: yes
          any-option: plain
          option: -C directory
          option: -exec -toolexec -vettool shell
          option: -ldflags -gccgoflags linker-flags
          option: -o -coverprofile -cpuprofile -memprofile -blockprofile -mutexprofile -trace -outputdir -pkgdir write
          option: -modfile -overlay -workfile project-part
          option: -pgo read
          option: -p -asmflags -buildmode -compiler -gcflags -installsuffix -mod -tags -run -bench -benchtime -count -covermode -coverpkg -cpu -fuzz -fuzztime -list -parallel -shuffle -skip -timeout -vet -buildvcs -f -reuse -go inert
          style: single
          subcommands: yes
          unknown: opaque:program

        go build, go test, go vet, go generate, go fix, go work
          operands: go-package...
          always: project

        go list, go doc, go version, go help, go clean, go bug, go telemetry
          operands: go-package...

        go fmt
          operands: go-package...
          always: write-tree .

        go env
          flag: -w ; write ~/.config/go/env ; project
          flag: -u ; write ~/.config/go/env ; project
          operands: plain...

        go tool
          operands: inert plain...
          stops: yes
          always: project

        go run
          stops: yes
          operands: go-package inert...
          always: project

        go get, go install
          operands: go-package...
          always: url https://proxy.golang.org ; project

        go mod
          subcommands: yes

        go mod init, go mod edit, go mod graph, go mod verify, go mod why, go mod vendor
          operands: any
          always: project

        go mod tidy, go mod download
          operands: any
          always: url https://proxy.golang.org ; project

        gofmt, goimports, gofumpt, golines, gci, goreturns
          any-option: plain
          style: single
          flags: -d -e -l -s -h
          flag: -w ; modify
          option: -r -local -cpuprofile -m inert
          operands: read-tree...

        golangci-lint, staticcheck, gosec, revive, errcheck, golint, gocyclo, gocognit, govulncheck, dlv, gotestsum, ginkgo, mockgen, mockery, wire, stringer, goreleaser, air, gow, reflex, fresh, buffalo, goose, migrate, sqlc, ent, swag, gqlgen, templ, gomplate, ko, gopls, godoc, pkgsite, benchstat, gorelease, apidiff, deadcode, modd, mage, realize, gox, gops, go-callvis, godotenv, counterfeiter, moq, impl, gotests, gomodifytags, ineffassign, misspell, nilaway, structslop, unconvert, wails, fyne, tinygo, garble, wgo, cobra-cli
          any-option: plain
          option: -o --output --out --out-dir -d plain
          option: -c --config --tags -v -run --timeout -e -E -D --enable --disable inert
          operands: plain...
          always: project

        pprof
          any-option: plain
          style: single
          option: -output write
          option: -http inert
          operands: plain...

        # Compilers: sources in, output where -o says, beside the sources otherwise.
        gcc, g++, cc, c++, c99, c89, clang, clang++, cpp, gcc-ar, x86_64-linux-gnu-gcc, x86_64-linux-gnu-g++, aarch64-linux-gnu-gcc, arm-none-eabi-gcc, arm-none-eabi-g++, arm-linux-gnueabihf-gcc, riscv64-linux-gnu-gcc, mpicc, mpic++, mpicxx, mpifort, gfortran, flang, f77, f95, nvcc, hipcc, icc, icx, icpx, dpcpp, tcc, emcc, em++, gdc, ldc2, dmd, gnat, gccgo, musl-gcc, avr-gcc, xtensa-esp32-elf-gcc, i686-w64-mingw32-gcc, x86_64-w64-mingw32-gcc, x86_64-w64-mingw32-g++, circle, chibicc, pcc, sdcc, clang-cl
          handler: compiler
          at-files: yes
          any-option: compiler-word
          option: -o --output -MF* -MJ* -dumpdir --dependencies-file write
          option: -I* -L* -iquote -isystem -idirafter -iprefix -iwithprefix --sysroot -isysroot -F* -framework-dir read
          option: -include -imacros -T -include-pch read
          option: -x -D* -U* -l* -std -e -u -z -Xarch_host -arch -target --target -framework -MT -MQ -A -G --param -march -mcpu -mtune -V -b -Xcompiler -J inert
          option: -B* code-file
          option: -Xlinker -Xpreprocessor -Xassembler -Xclang compiler-passed
          option: -wrapper --wrapper comma-command
          option: -specs --specs -fplugin -fpass-plugin -load code-file
          option: -fmodule-mapper module-mapper
          option: -config --config-system-dir --config-user-dir opaque:arguments
          option: -fprofile-use read
          flags: -c -S -E -g -g0 -g1 -g2 -g3 -ggdb -O -O0 -O1 -O2 -O3 -Os -Oz -Og -Ofast -w -v -s -P -C -CC -M -MM -MD -MMD -MP -H -shared -static -pipe -pthread -fPIC -fpic -fPIE -pie -no-pie -rdynamic -nostdlib -ansi -pedantic -save-temps -### -dumpmachine -dumpversion -dumpspecs --version --help -r -d
          style: single
          operands: read...

        ld, ld.bfd, ld.gold, ld.lld, lld, gold, mold, wild, ld64
          style: single
          any-option: plain
          at-files: yes
          option: -o* --output -Map -dependency-file -out-implib -output-def -reproduce -repro -separate-debug-file -lto-obj-path -time-trace -print-archive-stats -print-symbol-order -why-extract -dump-section write
          option: -thinlto-cache-dir write-tree
          option: -run opaque:arguments
          option: -L* -library-path -T -script -dynamic-list -version-script -R -just-symbols -rpath-link -sysroot -syslibroot -force_load -symbol-ordering-file -retain-symbols-file -default-script read
          option: -l* -m -e -entry -u -undefined -z -rpath -soname -h -I -dynamic-linker -y -Y -G -O -F -f -b -format -defsym -A -exported_symbols_list -install_name -framework -arch -dylinker -interpreter -build-id inert
          option: -plugin code-file
          option: -plugin-opt -a inert
          operands: read...
          handler: compiler

        as, gas, arm-none-eabi-as
          any-option: plain
          at-files: yes
          option: -o --MD write
          option?: -a* plain
          option: -I read
          option: --defsym -march -mcpu -mfpu --debug-prefix-map inert
          flags: -f -g -n -v -w -x -D -J -K -L -R -W -Z
          operands: read...
          handler: compiler

        nasm, yasm, fasm, llvm-as, masm
          at-files: yes
          any-option: plain
          option: -o* -MD* -MF* -Z* -l* -L* --objfile --mapfile --list write
          option: -i* -I* -p* -P* read
          option: -@* list-file
          option: -f* -F* -d* -D* -u* -U* -MT -MQ -X* -O* -w* -W* -g* -a* -m* -r* --prefix --postfix --before --pragma inert
          flags: -M -MG -MP -e -E -s -t -v -y -h
          operands: read...
          handler: compiler

        ar, llvm-ar, ranlib
          at-files: yes
          any-option: plain
          style: dashless
          operands: modify...

        # Reading object files.
        nm, objdump, readelf, addr2line, c++filt, llvm-nm, llvm-objdump, llvm-readelf, llvm-size, llvm-strings, otool, dwarfdump, llvm-dwarfdump, eu-readelf, eu-nm, pahole, gprof, llvm-symbolizer, llvm-cxxfilt, undname, dumpbin, rabin2, checksec, bloaty
          at-files: yes
          option: --plugin -plugin code-file
          any-option: yes
          option: -e --exe -T --target -M -j --section -t --radix -n --bytes -m -b -S --start-address --stop-address inert
          operands: read...

        strip, llvm-strip, elfedit, patchelf, chrpath, install_name_tool, dsymutil
          at-files: yes
          any-option: plain
          option: -o --output write
          option: -N --strip-symbol -K --keep-symbol -R --remove-section -F -I -O --set-rpath --set-interpreter --add-needed --remove-needed --replace-needed --input-osabi inert
          operands: modify...

        objcopy, llvm-objcopy
          at-files: yes
          any-option: plain
          option: --dump-section --add-section --update-section --add-gnu-debuglink --split-dwo opaque:path-write
          option: -I -O -B -F -j -R --only-section --remove-section --rename-section --set-section-flags --redefine-sym -N -K inert
          option: --redefine-syms --strip-symbols --keep-symbols read
          operands: modify write

        gcov, lcov, genhtml, gcovr, llvm-cov, llvm-profdata, kcov, fastcov
          any-option: plain
          option: -o --output --output-file --output-directory --object-directory -instr-profile plain
          option: -t --title --rc -a --add-tracefile -r --remove -e --extract --exclude --root inert
          operands: plain...

        make, gmake, bmake, nmake, remake, mingw32-make, pmake, colormake, checkmake
          any-option: plain
          flags: -b -m -B --always-make -d --debug -e --environment-overrides -i --ignore-errors -k --keep-going -n --just-print --dry-run --recon -p --print-data-base -q --question -r --no-builtin-rules -R --no-builtin-variables -s --silent --quiet --no-silent -S --no-keep-going --stop -t --touch --trace -v --version -w --print-directory --no-print-directory --warn-undefined-variables -L --check-symlink-times -h --help
          option: -C --directory directory
          option: -E --eval opaque:code
          option: -f --file --makefile code-file
          option: -I --include-dir project-part
          option: -o --old-file --assume-old -W --what-if --new-file --assume-new inert
          option?: -j --jobs -l --load-average --max-load -O --output-sync inert
          option?: --shuffle --jobserver-style inert
          handler: make

        cmake, cmake3
          any-option: yes
          handler: cmake

        ctest, cpack, cdash
          any-option: plain
          option: --test-dir --build-and-test directory
          option: -S --script -SP --script-new-process code-file
          option: -O --output-log --output-junit write
          option: --overwrite --extra-submit -R --tests-regex -E --exclude-regex -L --label-regex -LE --label-exclude -FA -j --parallel -C --build-config -I --tests-information -U -M --test-model -T --test-action -D --dashboard --timeout --repeat --stop-time --schedule-random --max-width --preset -G inert
          option: --config -B plain
          operands: any
          always: project

        ninja, samu, ninja-build
          any-option: plain
          option: -C directory
          option: -f code-file
          option: -t --tool -j -k -l -d -w inert
          operands: any
          always: project

        meson, muon
          any-option: plain
          option: -C directory
          option: --native-file --cross-file code-file
          option: --wrapper --wrap shell
          option: --prefix -D --buildtype --backend --default-library --suite -t -j --setup --destdir inert
          operands: plain...
          always: project

        bazel, bazelisk, buck, buck2, pants, plz, blaze, ibazel
          any-option: plain
          option: --run_under --test_arg --config -c --compilation_mode --jobs -j --platforms --define inert
          operands: label...
          always: project

        xmake, scons, premake, premake5, waf, b2, bjam, tup, redo, shake, gn, gyp, kati, build2, qmake, qmake6, qbs, tmake, moc, uic, rcc, autoconf, automake, aclocal, autoheader, autoreconf, autom4te, libtoolize, libtool, autoscan, autopoint, pkg-config, pkgconf, ccmake, cmake-gui, conan, vcpkg, west, idf.py, pio, platformio, arduino-cli, mbed, catkin_make, colcon, ament, rosdep, roslaunch, rosrun, ros2, verilator, iverilog, vvp, ghdl, yosys, nextpnr-ice40, vivado, quartus_sh, fusesoc, swig, sip, flex, bison, yacc, lex, byacc, re2c, ragel, antlr4, antlr, lemon, gperf, cproto, doxygen, ctags, universal-ctags, etags, gtags, global, cscope, cflow, bear, intercept-build, scan-build, analyze-build, include-what-you-use, iwyu, iwyu_tool, cppcheck, clang-tidy, run-clang-tidy, clang-check, clang-query, clangd, clang-apply-replacements, cpplint, flawfinder, infer, splint, sparse, smatch, uncrustify, astyle, indent, cppclean, vera++, oclint, abidiff, abidw, abi-compliance-checker, uftrace, heaptrack, hotspot, memusage, sourcetrail
          any-option: plain
          option: -o --output --output-file --outfile -d --build -B plain
          option: -D -U -I -L -l -x -j -f -C -c --config --std --enable -p -m -W -t -e -n -s --target inert
          operands: plain...
          always: project

        clang-format, clang-include-cleaner
          any-option: plain
          style: single
          flag: -i --i ; modify
          option: -style --style -assume-filename -fallback-style -lines -offset -length -cursor inert
          option: -files --files list-file
          operands: read...

        ccache, sccache, distcc, icecc, buildcache
          any-option: plain
          stops: yes
          option: -d --dir --directory --config-path plain
          option: -M --max-size -F --max-files -o --set-config inert
          operands: command...

        callgrind_annotate, cg_annotate, ms_print, vgdb, callgrind_control, kcachegrind
          any-option: plain
          operands: plain...

        gdb, gdb-multiarch, ugdb, gf2, nemiver
          style: single
          any-option: plain
          option: -ex -eval-command --eval-command -iex -init-eval-command -o --one-line -O --one-line-before-file -k debugger-command
          option: -x -command --command -ix -init-command --init-command -s --source -S code-file
          option: -c -core --core -e -exec --exec -se -symbols read
          option: -cd -d -directory directory
          option: -p -pid --pid --attach-name opaque:arguments
          option: -b -l -tty -i -interpreter --interpreter -n -P inert
          flag: -args --args
          flags: -batch -q -quiet -nx -nh -nw -tui -w -return-child-result
          handler: gdb
          operands: code-file...
          always: project

        swift
          any-option: plain
          inherit: yes
          option: --package-path -C directory
          option: --scratch-path --build-path --cache-path --config-path --security-path write-tree
          option: -c --configuration --product --target -Xswiftc -Xcc -Xcxx -Xlinker -j --jobs --filter --skip --triple --sanitize --swift-sdk --traits --num-workers inert
          option: -e opaque:code
          subcommands: yes
          handler: run-time

        swift build, swift test, swift run, swift package, swift sdk, swift plugin, swift experimental-sdk
          option: -o --output --xunit-output --output-path write
          operands: plain...
          always: project

        swift repl
          operands: any
          always: project

        swift format, swift help, swift package-registry, swift package-collection
          flag: -i --in-place ; modify
          option: --configuration read
          operands: read-tree...

        swiftc, swift-frontend, sourcekit-lsp
          at-files: yes
          style: single
          any-option: plain
          option: -o -emit-module-path -emit-dependencies-path -output-file-map write
          option: -module-cache-path write-tree
          option: -I* -L* -F* -sdk -import-objc-header read
          option: -D* -l* -module-name -target -swift-version -Xlinker -Xcc -Xfrontend -Xllvm -framework -num-threads -j inert
          option: -load-plugin-library -load-plugin-executable code-file
          operands: read...
          always: write-tree .

        swift-format, swiftformat, swiftlint, periphery, sourcery, swiftgen, xcodegen, tuist, sourcekitten, jazzy, xcbeautify, xcpretty
          any-option: plain
          flag: -i --in-place ; modify
          option: --configuration --config read
          option: --output --cache plain
          operands: plain...
          always: project

        opam, stack
          any-option: plain
          inherit: yes
          option: --stack-yaml project-part
          option: -o --output plain
          subcommands: some
          operands: plain...
          always: project

        opam exec, stack exec
          stops: yes
          operands: command...

        xcodebuild, xcrun, xctest, xcode-select, agvtool, pod, carthage, fastlane, xctrace, instruments, simctl, xctool, bitrise, ibtool, actool, codesign, altool, notarytool, stapler
          any-option: plain
          option: -derivedDataPath -resultBundlePath -archivePath -exportPath -o --out write-tree
          operands: plain...
          always: project

        zig, nim, crystal, haxe, rdmd, nimble, shards, v, odin, dub, haxelib, ponyc, jpm, gleam, roc, mojo, carbon, fpc, lazbuild, gprbuild, alr, gnatmake, purs, spago, elm, elm-make, elm-format, elm-test, elm-review, elm-live, rescript, bsb, reason, refmt, lake, elan, coqc, dafny, why3, isabelle, ghc, cabal, ghcup, hlint, ormolu, fourmolu, stylish-haskell, hpack, haskell-language-server, haddock, hspec, ocamlc, ocamlopt, ocamlfind, ocamlbuild, dune, esy, ocamlformat, merlin, mix, elixirc, erlc, rebar, rebar3, erlang.mk, hex, dialyzer, raco, ros, qlot, lein, boot, clj-kondo, cljfmt, shadow-cljs, matlab, scilab, dart, flutter, pub, fvm, melos, dartfmt, dartanalyzer, dart2js, webdev, luarocks, busted, luacheck, stylua, selene, ldoc, moonc, teal, cyan, tl, rojo, wally, aftman, lune, cpanm, cpan, prove, carton, dzil, minil, perltidy, perlcritic, perlbrew, plenv, ppi, milla, pp, plackup, morbo, hypnotoad, starman, wasmtime, wasmer, wasm-opt, wat2wasm, wasm2wat, wasm-objdump, wasm-tools, wasm-ld, emrun, emmake, emconfigure, emcmake, embuilder, llc, opt, lli, llvm-link, llvm-dis, mlir-opt, FileCheck, llvm-lit, creduce, cvise, afl-fuzz, afl-gcc, honggfuzz, forge, anvil, cast, chisel, foundryup, brownie, ape, anchor, solana, near, sui, aptos, cairo, scarb, starkli, cosmwasm, ignite, vyper, slither, mythril, echidna
          any-option: plain
          option: -o --output --out -out --outputdir --output-dir -d plain
          option: -e --eval -eval -E opaque:code
          option: -m -n --name -j -p --port --target -t --profile --mode -f --only --seed --package inert
          operands: plain...
          always: project
        """#
}
