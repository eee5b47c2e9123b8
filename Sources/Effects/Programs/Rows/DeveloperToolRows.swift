// SPDX-License-Identifier: Apache-2.0

/// What else developers run: searching, viewing and watching, task runners, version managers, schema compilers, editors
/// with windows, models and agents.
enum DeveloperToolRows {
    static let text = #"""
        yq3, yq4, tomlq, xq, dasel, dyff, yj
          subcommands: some
          any-option: plain
          flags: -r -y -Y -P -C -M -n -j -s -e -v -N -0 -c -S -x -a --prettyPrint --colors --null-input --tojson --yaml-output --unwrapScalar --no-doc --no-colors --verbose --arrayIfMissing
          flag: -i --inplace --in-place ; modify
          option: -o --output-format -p --input-format -I --indent --xml-attribute-prefix --front-matter --split-exp --header-preprocess --expression -w --width -d --doc inert
          option: -f --from-file --script read
          operands: inert read...

        fx, jless, gron, jc, jo, jd, json, jello, jp, jmespath, jsonpath, jtbl, xidel, pup, htmlq, csvkit, xsv, qsv, xan, visidata, vd, textql, octosql, dsq, trdsql, tabview, tidy-viewer, tv, pspg
          any-option: plain
          flag: -i -I --in-place ; modify
          option: -o --output plain
          option: -e --expression -f -n -s -c --columns -d --delimiter inert
          operands: plain-read...

        erd, broot, br, nnn, ranger, lf, vifm, ls++, colorls, dust, ncdu, dua, diskus, dutree, tre, as-tree
          any-option: plain
          option: -o --output -O --export --outcmd plain
          option: -L --level -P -I --filelimit --charset -s --sort -t --time --color --icons --time-style -H -T --ignore-glob -d --depth -n --number-of-lines inert
          option: --fromfile --gitfile --infofile read
          operands: read-tree...
          default: read-tree .

        rga
          flags: -i --ignore-case -S --smart-case -s --case-sensitive -v --invert-match -w --word-regexp -x --line-regexp -c --count --count-matches -l --files-with-matches --files-without-match -n --line-number -N --no-line-number -H --with-filename -I --no-filename -o --only-matching -q --quiet -F --fixed-strings -P --pcre2 -U --multiline --multiline-dotall -a --text -z --search-zip -L --follow -0 --null --null-data -p --pretty --heading --no-heading --hidden -. -u --unrestricted -uu -uuu --no-ignore --no-ignore-vcs --no-ignore-global --no-ignore-parent --no-ignore-dot --no-ignore-exclude --no-ignore-files --no-ignore-messages --no-messages --no-config --json --stats --trim --vimgrep --column --no-column --passthru --passthrough --debug --trace --type-list --crlf --block-buffered --line-buffered --byte-offset -b --one-file-system --sort-files --no-mmap --mmap --no-unicode --glob-case-insensitive --include-zero --stop-on-nonmatch --version -V --help -h --pcre2-version --no-pcre2-unicode --auto-hybrid-regex --no-hidden --no-follow --no-binary --binary --no-require-git --no-fixed-strings --no-pre --no-json --no-stats --no-context-separator
          option: -A --after-context -B --before-context -C --context -g --glob --iglob -t --type -T --type-not --type-add --type-clear -m --max-count -d --max-depth --maxdepth -M --max-columns --max-filesize --color --colors --encoding -E -j --threads -r --replace --sort --sortr --engine --context-separator --field-match-separator --field-context-separator --dfa-size-limit --regex-size-limit --path-separator --hyperlink-format --generate inert
          option: -e --regexp inert ; drop
          option: -f --file read ; drop
          option: --ignore-file read
          option: --pre program
          option: --pre-glob inert
          option: --hostname-bin program
          flag: --files ; drop
          operands: inert read-tree...
          default: read-tree .

        ack-grep, pt, sift, ugrep, ug, ugrep+, hgrep, ucg, semble, ast-grep, comby, zoekt, codesearch, csearch, livegrep, hound
          any-option: plain
          option: --pager --filter shell
          option: -A -B -C --after --before --context -G -m --max-count --depth --color-match --ignore --ignore-dir --type -t --lang --rewrite inert
          option: -g --glob --iglob --include search-filter
          option: -p --path-to-ignore -f --file --files-from plain
          option: --match -e --pattern inert ; drop
          operands: inert plain-read...
          default: read-tree .

        ccat, highlight, glow, mdcat, mdless, delta, diff-so-fancy, difft, difftastic, riff, hexyl, ov, moar, icdiff, ydiff, cdiff, diffoscope, meld, kdiff3, jsondiff, tokei, cloc, scc, sloccount, loc, gocloc, onefetch, git-quick-stats, vivid
          any-option: plain
          flags: -n -p -A -P -u -f -h -V -d -l -w --number --plain --show-all --unbuffered --list-languages --list-themes --diff --no-pager --help --version --by-file --by-file-by-lang --md --csv --json --yaml --xml --sql --git --quiet
          option: --pager program
          option: -o --output --out --report-file plain
          option: --language -H --highlight-line -r --line-range --theme --style --tabs --wrap --terminal-width --color --decorations --map-syntax --paging --exclude-dir --include-lang --exclude-lang --exclude-ext --include-ext --format -e --exclude -s --sort -t --type inert
          operands: read-tree...

        # What they keep is the shell's history.
        atuin, mcfly
          subcommands: yes
          unknown: read ~/.bash_history

        atuin init, atuin help, atuin gen-completions, atuin uuid, atuin info, atuin doctor, atuin stats, mcfly init, mcfly help
          any-option: plain
          operands: any

        atuin sync, atuin login, atuin register, atuin push
          any-option: plain
          operands: any
          always: read ~/.bash_history ; url https://api.atuin.sh

        tldr, tealdeer, cheat, navi, eg, zoxide, autojump, fasd, starship, powerline, oh-my-posh
          any-option: plain
          operands: any

        howdoi, how2, cht.sh
          any-option: yes
          operands: any
          always: opaque:host

        # What it proposes is a command that nobody has seen.
        thefuck
          any-option: yes
          operands: any
          always: opaque:program

        gum
          any-option: plain
          subcommands: yes

        gum spin
          option: -s --spinner --title --spinner.* --title.* -a --align --timeout --padding inert
          flags: --show-output --show-error --show-stdout --show-stderr -h --help
          operands: command...

        gum choose, gum confirm, gum file, gum filter, gum format, gum input, gum join, gum pager, gum style, gum table, gum write, gum log, gum version-check
          any-option: plain
          operands: plain...

        peco, percol
          option: --exec shell
          option: --eval opaque:code
          option: --rcfile code-file
          any-option: plain
          operands: read...

        sk
          option: -c --cmd --preview shell
          option: -i --cmd-query -I inert
          option: --bind fzf-binding
          option: --history --cmd-history modify
          any-option: plain
          operands: any

        fzf, dmenu
          any-option: plain
          option: --preview shell
          option: --bind fzf-binding
          option: -q --query -f --filter -d --delimiter -n --nth --with-nth --prompt --header --height --layout --border --color --preview-window --history-size --expect --tiebreak --margin --padding --info --marker --pointer --listen inert
          option: --history modify
          operands: any

        watchexec
          any-option: plain
          option: -w --watch -W --watch-non-recursive read-tree
          option: -e --exts -f --filter -i --ignore -d --debounce -s --signal --stop-signal --stop-timeout -E --env --delay-run --poll --fs-events -o --on-busy-update --shell inert
          option: --project-origin --workdir directory
          option: --filter-file --ignore-file read
          option: --log-file write
          stops: yes
          handler: joined-shell

        fswatch, chokidar
          any-option: plain
          option: -c --command shell
          option: -e --exclude -i --include -l --latency --event -m --monitor inert
          operands: read-tree...

        # Taskwarrior's.
        task exec, task execute
          stops: yes
          operands: command...

        just, task, mask, tusk, makesure, taskfile, xc, runme, mani, maid
          any-option: plain
          option: -t project-part
          option: -f --justfile --taskfile code-file
          option: -d --working-directory --dir directory
          option: --set --shell-arg --color -s --show inert
          option: --shell program
          option: -c --command opaque:code
          subcommands: some
          operands: project-part...
          always: project

        direnv
          any-option: plain
          subcommands: yes

        direnv allow, direnv permit, direnv grant, direnv edit, direnv reload, direnv status, direnv show_dump, direnv deny, direnv block, direnv disallow, direnv revoke, direnv prune, direnv version, direnv help, direnv hook, direnv export, direnv stdlib, direnv fetchurl, direnv log, direnv dump
          any-option: plain
          operands: plain...
          always: project

        direnv exec
          stops: yes
          operands: plain command...
          always: project

        asdf, mise, rtx, pyenv, rbenv, goenv, luaenv, swiftenv, sdkman, aqua, devbox, flox, hermit, vfox, pkgx, chruby, rvm, kerl, evm, kiex
          any-option: plain
          inherit: yes
          operands: plain...
          subcommands: yes
          unknown: project

        asdf install, asdf update, asdf plugin, asdf plugin-add, asdf latest, mise install, mise i, mise use, mise u, mise upgrade, mise up, mise plugins, mise plugin, mise self-update, mise sync, goenv install
          any-option: plain
          operands: plain...
          always: project ; opaque:host

        pyenv install, pyenv update
          any-option: plain
          operands: plain...
          always: project ; url https://www.python.org

        rbenv install
          any-option: plain
          operands: plain...
          always: project ; url https://cache.ruby-lang.org

        asdf exec, mise exec, mise x, pyenv exec, rbenv exec, goenv exec, devbox run, flox activate, rvm do
          handler: version-manager-exec
          stops: yes

        shellcheck
          any-option: plain
          flags: -a -x --check-sourced --external-sources --list-optional
          option: -s --shell -f --format -e --exclude -i --include -o --enable -S --severity -W --wiki-link-count inert
          option?: -C --color inert
          option: -P --source-path --rcfile plain-read
          operands: read...

        shfmt, yamlfmt, taplo, tombi, nixfmt, alejandra, nixpkgs-fmt, statix, deadnix, vint, luafmt, checkbashisms, shellharden, beautysh, bashate, typos, vale, ec, markdownfmt, mdl, markdown-toc, doctoc, lychee, linkchecker, htmlproofer, muffet, xmlstarlet, xmlformat, tidy, sqlfluff, sqlformat, pg_format, pgformatter, sleek, buildifier, dotenv-linter, jsonnetfmt, nls, editorconfig, kcl, cue, jsonnet, jsonnet-lint, dhall, dhall-to-json, dhall-to-yaml, nickel, pkl
          any-option: plain
          flags: -l -d -s -bn -ci -sr -kp -mn --list --diff --simplify --check
          flag: -w --write -i --inplace --in-place --fix --write-changes ; modify
          option: -o --output --output-file -t --tofile write
          option: -f --format --shell -e --exclude --enable --include -S --severity --color --wiki-link-count -P --source-path -ln --language-dialect --filename -c --config --rcfile plain-read
          operands: read...

        protoc
          any-option: protoc-argument
          option: -I* --proto_path read
          option: -o* --descriptor_set_out --dependency_out write
          option: --descriptor_set_in read
          option: --plugin code-file
          option: --encode --decode inert
          operands: read...

        buf
          subcommands: some
          any-option: plain
          operands: plain...
          always: project ; opaque:host

        buf lint, buf format, buf build, buf breaking, buf config, buf --version
          option: -o --output --against --config --template plain
          flag: -w --write ; modify
          any-option: plain
          operands: plain...
          always: project

        prototool, grpc_tools_node_protoc, grpcurl, grpcui, evans, ghz, flatc, capnp, capnpc, thrift, avro-tools, asn1c, smithy, openapi-diff, oasdiff, optic, swagger, swag-cli, redoc-cli, apib, dredd, prism, mockoon-cli, wiremock, hoverfly
          any-option: plain
          option: -o --output --out -d --data plain
          operands: plain...
          always: project ; opaque:host

        # HTTP by hand.
        http, https, httpie, xh, xhs, curlie, hurl, httpx, restish, ain
          any-option: plain
          flags: -j --json -f --form -v --verbose -h --headers -b --body -F --follow -d --download -c --continue -S --stream --offline --check-status --multipart --ignore-stdin -q --quiet --debug --traceback
          option: -o --output write
          option: --cert --cert-key --verify --session --session-read-only plain
          option: --proxy protocol-proxy
          option: --resolve --unix-socket opaque:host
          option: -a --auth -A --auth-type --timeout -p --print --pretty -s --style --max-redirects --boundary --ssl --ciphers --raw inert
          handler: httpie

        wrk, wrk2
          option: -s --script code-file
          option: -c --connections -d --duration -t --threads -H --header --timeout -R --rate inert
          flags: --latency -L -v --version -U --u_latency -B
          operands: url...

        siege
          option: -f --file opaque:host
          option: -R --rc code-file
          option?: -l --log write
          option: -c --concurrent -r --reps -t --time -d --delay -m --mark -H --header -A --user-agent -T --content-type inert
          flags: -V --version -h --help -C --config -v --verbose -q --quiet -g --get -p --print -i --internet -b --benchmark -D --debug -N --no-parser --no-follow -j --json-output
          default: opaque:host
          operands: url...

        ab, hey, vegeta, bombardier, oha, plow, autocannon, loadtest, tsung, gatling, jmeter
          any-option: plain
          option: -n -c -t -d -T -H -m -A -k -s -z -q inert
          option: -p -D -b -o -f --output plain
          operands: url...

        plantuml
          any-option: plain
          option: -o -output write-tree
          option: -graphvizdot --graphvizdot program
          option: -config --config -I* read
          option: -charset -exclude -S* -D* -P* -nbthread -timeout inert
          operands: beside...

        blockdiag, seqdiag, actdiag, nwdiag
          any-option: plain
          option: -o write
          option: -c --config -f --font --fontmap read
          option: -T* -s --size -a inert
          operands: beside...

        mmdc
          any-option: plain
          option: -i --input beside
          option: -o --output write
          option: -a --artefacts write-tree
          option: -p --puppeteerConfigFile code-file
          option: -c --configFile -C --cssFile read
          option: -t --theme -b --backgroundColor -w --width -H --height -s --scale -e --outputFormat -I --svgId --iconPacks inert
          operands: none

        asciidoctor, asciidoc
          any-option: plain
          option: -o --out-file write
          option: -D --destination-dir write-tree
          option: -r --require -T --template-dir -I --load-path -f --conf-file --filter code-file
          option: -B --base-dir -R --source-dir read
          option: -a --attribute -b --backend -d --doctype -E --template-engine -S --safe-mode --failure-level --log-level inert
          operands: beside...

        # The second name is the one that is written.
        d2, ditaa, nomnoml, rst2html, rst2html5, rst2html4, rst2latex, rst2man, rst2odt, rst2xml, rst2s5
          any-option: plain
          option: --font-regular --font-italic --font-bold --font-semibold -c -i --stylesheet-path --template read
          option: --browser program
          option: -t --theme -l --layout --dark-theme --pad --timeout --host -p --port --scale --target -e --encoding -b -r -g -s inert
          operands: beside write

        # Pictures and texts out of descriptions.
        dot, neato, fdp, sfdp, twopi, circo, osage, patchwork, pikchr, svgbob, structurizr, kroki, excalidraw, markdown, cmark, multimarkdown, kramdown, redcarpet, discount, showdown, mistune
          any-option: plain
          option: -o* --output --out-file -D --destination-dir write
          option: -i --input read
          option: -T* -K* -G* -N* -E* -s* -a --attribute -b --backend -d --doctype inert
          option: -r --require code-file
          flag: -O ; operands beside...
          operands: read...

        # Editors with a window open what they are given; what a person does there is the person's.
        code, code-insiders, codium, vscodium, cursor, windsurf, zed, zeditor, subl, sublime_text, atom, pulsar, mate, idea, pycharm, webstorm, goland, clion, rustrover, phpstorm, rubymine, studio, fleet, gedit, kate, geany, brackets, lapce, kwrite, mousepad, bbedit, xed, lite-xl, theia
          subcommands: some
          any-option: plain
          flags: -w --wait -n --new-window -r --reuse-window -d --diff -m --merge -a --add -g --goto --help --version --verbose --status --list-extensions --show-versions --disable-extensions --disable-gpu -v -h
          option: --install-extension --pre-release --uninstall-extension --disable-extension --enable-proposed-api code-extension
          option: --extensions-dir tool-folder
          option: --user-data-dir --profile-dir plain
          option: --profile --locale --log --sync --category --line -l --column inert
          option: --add-mcp --extensionDevelopmentPath --extensionTestsPath code-file
          option: --remote --folder-uri --file-uri plain
          operands: modify...

        code tunnel, code serve-web, code chat, code ext, code version, cursor tunnel, cursor serve-web, cursor agent
          any-option: plain
          operands: any
          always: opaque:program

        # Models and agents: another agent does what it decides.
        claude, codex, gemini, aider, opencode, cline, cursor-agent, amp, crush, droid, auggie, q, kiro, kiro-cli, copilot, qwen, qwen-code, kimi, openhands, swe-agent, sweagent, mini-swe-agent, plandex, gptme, mentat, sgpt, shell-gpt, aichat, open-interpreter, interpreter, llm, fabric, mods, smol, devin, cn, tabnine, codeium, sourcegraph, cody, langchain, crewai, autogpt, agy, jules, rovodev, pi, codebuff, forgecode, letta, vibe, grok, trae, trae-cli
          any-option: yes
          operands: any
          always: opaque:program


        ollama
          any-option: plain
          subcommands: yes

        ollama list, ollama ls, ollama ps, ollama show, ollama stop, ollama rm, ollama cp, ollama help
          any-option: plain
          operands: any

        ollama pull, ollama push, ollama run, ollama signin, ollama signout, ollama serve, ollama launch
          any-option: plain
          operands: any
          always: url https://registry.ollama.ai

        ollama create
          any-option: plain
          option: -f --file read
          operands: any

        llama-cli, llama-server, llamafile, lms, vllm, mlx_lm, whisper, whisper-cpp, piper, comfy, stable-diffusion
          any-option: plain
          operands: plain...
          always: project

        # Other version control.
        hg, svn, fossil, bzr, jj, sl, darcs, pijul, cvs, p4, repo, gclient, gt, spr, ghstack, git-cola, sapling, got, rcs, ci-rcs, mr, myrepos, vcs, vcsh, gita, mu-repo, ghq, gitmoji, gitlint, git-chglog, git-cliff, bumpver, release-plz, semver-tool, convco, cog, cocogitto, svu, standard-changelog, mob, git-machete, git-town
          any-option: plain
          option: --config --config-option -e --ssh --remotecmd opaque:code
          option: -R --repository --cwd directory
          option: -F --file --logfile read
          option: -m --message -r --rev --revision -u --user -d --date -b --branch -T --template -k --keyword --username --password --depth -n inert
          operands: vcs-argument...
          always: project

        # Brokers of packages for whole systems are elsewhere; these are for projects.
        nix, nix-build, nix-shell, nix-env, nix-instantiate, nix-store, nix-collect-garbage, nix-channel, nixos-rebuild, home-manager, darwin-rebuild, devenv, cachix, niv, guix
          any-option: plain
          option: --run --command -c opaque:code
          option: -E --expr opaque:code
          option: -o --out-link -f --file -I plain
          operands: plain...
          always: project ; url https://cache.nixos.org

        # Devices.
        adb, fastboot, idevice_id, ideviceinstaller, esptool, esptool.py, avrdude, openocd, st-flash, dfu-util, picotool, JLinkExe, pyocd, minicom, picocom, stm32flash, scrcpy, maestro, appium
          any-option: plain
          option: -s -H -P -t -p -c -b inert
          operands: plain...
          always: opaque:host

        # Databases for a project's tests, and what moves them.
        atlas-cli, dbmate, sqitch, skeema, pgroll, tbls, dbdiagram, dbdocs, usql, pgcli, mycli, litecli, harlequin, sqlite-utils, datasette, duckdb
          any-option: plain
          option: -f --file -c --command -o --output plain
          operands: plain...
          always: opaque:code
        """#
}
