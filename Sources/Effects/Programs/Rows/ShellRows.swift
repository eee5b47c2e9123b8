// SPDX-License-Identifier: Apache-2.0

extension ProgramFamilies {
    /// Shells, interpreters, editors and pagers.
    static let shells = #"""
        sh, bash, zsh, dash, ash, ksh, ksh93, mksh, pdksh, oksh, yash, posh, rbash, rksh, rzsh
          flag: -c ; stop
          flag: -s
          flag: --help --version
          option: --rcfile --init-file code-file
          option: -o inert
          option: -O inert
          option: +o +O inert
          flag: -i
          flag: -l --login
          flags: -a -b -e -f -h -k -m -n -p -r -t -u -v -x -B -C -D -E -H -P -T -y -d -g -N -V
          flags: +a +b +e +f +h +k +m +n +p +r +t +u +v +x +B +C +E +H +P +T
          flags: --posix --norc --noprofile --noediting --restricted --verbose --debugger --dump-strings
          flags: --dump-po-strings --no-rcs --no-globalrcs --emulate --interactive --errexit
          stops: yes
          handler: shell

        fish
          option: -c --command -C --init-command code:other ; no-input
          option: -o --debug-output write
          option: --profile --profile-startup write
          values: -d --debug -f --features
          flags: -i -l -N -n -P -v -h --interactive --login --no-config --no-execute --print-debug-categories
          flags: --print-rusage-self --private --version --help
          input: code:other
          stops: yes
          operands: code-file inert...

        csh, tcsh, nushell, rc, es
          option: -c -e --commands -Command -EncodedCommand code:other ; no-input
          option: -File -f code-file ; stop
          flags: -i -l -n -v -x -V -X -b -d -m -q -s -t --version --help -NoProfile -NonInteractive -NoLogo
          input: code:other
          stops: yes
          operands: code-file inert...

        git-shell, nologin, rssh, scponly
          option: -c opaque:code

        python, python2, python3, pypy, pypy3, micropython
          option: -c code:python ; stop ; no-input
          option: -m inert ; stop ; no-input
          option: -X inert
          values: -W -Q --check-hash-based-pycs
          flag: -h --help -V --version --help-env --help-xoptions --help-all ; no-input
          flag: -i
          flags: -b -B -bb -d -E -I -O -OO -P -q -s -S -t -u -v -x -R -3 -VV
          stops: yes
          handler: python
          input: code:python

        perl, perl5, cperl
          option: -e -E inert ; drop ; no-input
          option?: -i inert ; modify
          digits?: -0 -l
          option?: -C -D -x inert
          option?: -F inert
          option: -I code-file
          option: -m* -M* inert
          option?: -d inert
          flag: -v -h -V -? ; no-input
          flag: -c
          flag: -n -p
          flags: -a -f -g -s -S -t -T -u -U -w -W -X
          stops: yes
          handler: perl
          input: code:perl

        ruby, truffleruby, mruby, rbx
          option: -e inert ; drop ; no-input
          option?: -i inert ; modify
          option: -I code-file
          option: -r --require inert
          digits?: -0 -T -W
          option?: -F -x inert
          flags: -K
          option: -C directory
          option: -E --encoding --external-encoding --internal-encoding --disable --enable --dump --backtrace-limit --jit-max-cache --parser inert
          flag: -v --version -h --help --copyright ; no-input
          flags: -a -c -d -l -n -p -s -S -U -w -y --verbose --debug --yjit --jit --rjit --yydebug --noprompt
          flags: --simple-prompt
          stops: yes
          handler: ruby
          input: code:ruby

        node, nodejs, iojs
          option: -e --eval -p --print -pe inert ; drop ; no-input
          option: -r --require --import --loader --experimental-loader inert
          option: --env-file --env-file-if-exists read
          option: --redirect-warnings --report-filename --heap-prof-name --cpu-prof-name --diagnostic-dir --report-dir --report-directory --cpu-prof-dir --heap-prof-dir --trace-event-file-pattern write
          option: --openssl-config --icu-data-dir --experimental-sea-config --build-snapshot --build-snapshot-config --snapshot-blob code-file
          flag: --run ; project
          flag: -v --version -h --help --v8-options ; no-input
          flag: -c --check ; operands read
          flags: -i --interactive
          flag: --test ; project ; no-input
          option?: --inspect --inspect-brk --inspect-wait --inspect-port --debug-port listening-address
          values?: --watch
          values: -C --conditions --max-old-space-size --max-http-header-size --stack-trace-limit --input-type
          values: --unhandled-rejections --dns-result-order --test-name-pattern --test-reporter
          option: --test-reporter-destination write
          option: --test-global-setup --experimental-config-file code-file
          values: --test-concurrency --test-timeout --title --experimental-default-type
          option: --localstorage-file modify
          values: --watch-path --allow-fs-read --allow-fs-write --disable-warning --secure-heap
          values: --tls-cipher-list --use-largepages --v8-pool-size --icu-data --cpu-prof-interval --test-skip-pattern
          values: --test-shard --test-coverage-include --test-coverage-exclude --test-isolation
          flags: --no-warnings --trace-warnings --trace-deprecation --throw-deprecation --no-deprecation --expose-gc
          flags: --enable-source-maps --experimental-vm-modules --experimental-modules --experimental-strip-types
          flags: --experimental-transform-types --experimental-json-modules --experimental-wasm-modules
          flags: --preserve-symlinks --preserve-symlinks-main --prof --prof-process --cpu-prof --heap-prof --harmony
          flags: --experimental-fetch --trace-exit --trace-sync-io --trace-uncaught --abort-on-uncaught-exception
          flags: --openssl-legacy-provider --pending-deprecation --experimental-test-coverage --test-only
          flags: --experimental-sqlite --experimental-specifier-resolution --use-strict --experimental-permission
          flags: --permission --allow-child-process --allow-worker --allow-addons --disable-proto --frozen-intrinsics
          flags: --insecure-http-parser --no-experimental-fetch --no-addons --jitless --interpreted-frames-native-stack
          flags: --use-openssl-ca --use-bundled-ca --use-system-ca --track-heap-objects --zero-fill-buffers
          flags: --verify-base-objects --experimental-repl-await --expose-internals --trace-events-enabled
          flags: --completion-bash --test-force-exit --experimental-test-module-mocks --experimental-test-snapshots
          flags: --test-update-snapshots --entry-url --watch-preserve-output
          stops: yes
          handler: node
          input: code:node

        php, php-cgi, hhvm
          option: -r inert ; no-input ; drop
          option: -R -B -E inert ; no-input
          option: -f --file code-file ; no-input ; drop
          option: -F code-file
          option: -c --php-ini code-file
          option: -d --define inert
          option: -z --zend-extension code-file
          option: -S inert
          option: -t --docroot directory
          flag: -l -s -w --syntax-check --syntax-highlight --strip ; operands read
          flag: -v -i -m -h --version --info --modules --help --ini ; no-input
          option: --rf --rc --re --rz --ri --rfunction --rclass --rextension --rzendextension --rextinfo inert ; no-input
          flags: -a -e -H -n -C -q --interactive --no-php-ini --hide-args --no-header
          stops: yes
          handler: php
          input: code:php

        lua, luajit, texlua, luau
          option: -e code:lua ; no-input
          option: -l inert
          option: -b -j -O inert
          flag: -v ; no-input
          flag: -i
          flags: -E -W
          stops: yes
          handler: scripted
          input: code:lua

        luac
          option: -o write
          any-option: yes
          operands: read...

        tclsh, wish, jimsh, expectk
          input: code:other
          style: none
          operands: code-file inert...

        littler, r
          option: -e --expression code:other ; no-input ; drop
          option: -f --file code-file ; no-input
          flag: --version --help ; no-input
          any-option: yes
          stops: yes
          input: code:other
          operands: code-file inert...

        bsh, chicken-csi, gnuplot, idl, pico-lisp, pike, cobcrun, qjs, js, mujs, rhino, jsc, ngspice, genie, gimp-console, ammonite, nbb, lumo, vala, golfscript, yaegi, gomacro, cling, picoc, csx, fsharpi
          option: -e -E --eval --expression -x -ex --execute -c --command code:other ; no-input
          flag: -v --version -version -h --help -help ; no-input
          stops: yes
          input: code:other
          operands: code-file inert...

        vim, vi, nvim, view, gvim, rvim, vimdiff, gview, rview, rgvim, mvim, vim.basic, vim.tiny, vimx, evim, elvis, nvi, nview
          option: -c --cmd inert
          option: +* inert
          option: -S -s code-file
          option: -u -U inert
          option: -i modify
          option: -w -W write
          option: --remote-send --remote-expr opaque:code
          option: --server opaque:code
          option: -T -t --servername --listen --role --socketid --windowid inert
          option: -q read
          option: -r inert
          option: --startuptime write
          flag: -d
          flag: -e -E -es -Es
          option?: -o -O -p inert
          option?: -V vim-log
          flags: -b -f -g -h -l -m -M -n -N -R -v -x -X -y -Y -Z -A -C -D -F -H -L --clean --noplugin --not-a-term
          flags: --headless --embed --ttyfail --version --help --literal --nofork -- --remote --remote-silent
          flags: --remote-wait --remote-tab --serverlist --echo-wid
          handler: vim
          operands: modify...

        ex, nex
          option: -c --cmd inert
          option: +* inert
          option: -S code-file
          option: -u -U inert
          option: -w -W write
          flags: -e -E -es -Es -s -v -V -N -n -R -r -f -b -Z -y -m -M -i -T --version --help --clean --noplugin
          handler: vim
          input-always: code:other
          operands: modify...

        nano, pico, rnano
          option: -s --speller shell
          option: -f --rcfile code-file
          option: -C --backupdir write-tree
          option: -o --operatingdir inert
          values: -T --tabsize -Q --quotestr -r --fill -X --wordchars -Y --syntax -J --guidestripe
          flags: -A -B -D -E -F -G -H -I -K -L -M -N -O -P -R -S -U -V -W -Z -a -b -c -d -e -g -h -i -j -k -l -m -n -p -q
          flags: -t -u -v -w -x -y -z -% -_ -! -/ -0 -1 -$ --version --help --view --nowrap --mouse --linenumbers
          flags: --restricted --backup --softwrap --autoindent --tabstospaces --noreadwlines
          values: +*
          operands: modify...

        emacs, emacsclient, xemacs, jmacs, mg, zile, jed
          option: --eval --execute -eval -e code:other
          option: -l --load -load --script -script code-file
          option: -f --funcall -funcall code:other
          option: --insert -insert read
          option: -L --directory -directory code-file
          option: -u --user -user code-file
          option: --chdir directory
          values: --socket-name -s --server-file --frame-parameters -F --display -g --geometry --title
          option: -a --alternate-editor shell
          flags: -Q -q -nw -t -c -n -r -batch --batch --quick --no-init-file --no-site-file --no-splash --debug-init
          flags: --version --help -x --daemon --bg-daemon --fg-daemon --no-desktop --no-window-system -nl --no-wait --tty
          flags: --create-frame --quiet --suppress-output
          values: +*
          operands: modify...

        pluma, gnome-text-editor, micro, joe, ne, helix, hx, kak, textedit, notepad, featherpad, leafpad, dte, vis
          option: --install-extension opaque:code
          option: -e -u -c opaque:code
          flags: -n -r -w -g -d -a --new-window --reuse-window --wait --goto --diff --add --list-extensions
          flags: --show-versions -v --version -h --help --status
          values: --user-data-dir --profile --locale
          values: +*
          operands: modify...

        less, lessr, bzless, xzless, zless, lzless, bzmore, xzmore, zmore, most, pg, lv
          flags: -- -? -a -A -b -B -c -d -D -e -f -F -g -G -h -i -I -j -J -K -L -m -n -p -P -q -r -s -S -u -V -w -W -x -X
          flags: -y -z -" -~ -#
          option: -o -O --log-file --LOG-FILE write
          option: -k --lesskey-file --lesskey-src code-file
          option: --lesskey-content --cmd opaque:code
          option: +* inert
          option: -t -T --tag --tag-file inert
          any-option: yes
          handler: pager
          operands: read...

        more
          flags: -d --silent -f --logical -l --no-pause -c --print-over -p --clean-print -e --exit-on-eof -s --squeeze -u
          flags: --plain -< -h --help -V --version
          values: -n --lines
          option: +* inert
          flags: -NUM
          handler: pager
          operands: read...

        man, info, pinfo, whatis, apropos, manpath, help, run-help
          option: -P --pager shell
          option: -H --html shell
          option: -C --config-file code-file
          option: --preprocessor -p inert
          option: -o --output write
          option: --restore code-file
          option: --dribble write
          any-option: yes
          handler: manual

        perldoc
          option: -d write
          option: -M -w opaque:code
          option: -n program
          flag: -F
          flags: -h -D -t -u -m -l -U -T -X -r -i -V -v
          values: -o -f -q -a -L
          operands: plain-read...

        python -m http.server, python -m SimpleHTTPServer
          option: -d --directory read-tree
          option: -b --bind host
          values: -p --protocol
          flags: --cgi
          handler: webserver
          always: read-tree .
          operands: any

        python -m json.tool
          flags: --sort-keys --no-ensure-ascii --json-lines --tab --no-indent --compact -h --help
          values: --indent
          operands: read write

        python -m venv, python -m virtualenv
          values: --prompt -p --python
          flags: --system-site-packages --symlinks --copies --clear --upgrade --without-pip --upgrade-deps
          flags: --without-scm-ignore-files
          operands: write-tree...

        python -m code, python -m asyncio
          any-option: plain
          input-always: code:python

        python -m pickle, python -m shelve
          any-option: plain
          operands: code-file...

        python -m tokenize, python -m ast, python -m dis, python -m tabnanny
          any-option: plain
          operands: read-tree...

        # What is compiled lies beside its source.
        python -m py_compile, python -m compileall
          any-option: plain
          operands: modify-tree...

        python -m calendar, python -m site, python -m this, python -m sysconfig, python -m platform, python -m pydoc, python -m ensurepip
          any-option: plain
          operands: plain...

        python -m zipfile, python -m tarfile, python -m gzip, python -m base64, python -m uuencode
          flag: -l --list -t --test ; operands read
          flag: -c --create ; operands write read-tree...
          flag: -e --extract ; operands read write-tree
          any-option: yes
          operands: modify...

        python -m timeit
          values: -n --number -r --repeat -u --unit -o
          option: -s --setup code:python
          flags: -p --process -v --verbose -h --help
          operands: code:python...

        python -m pdb
          always: project
          option: -c --command code:other
          option: -m inert ; stop
          flags: -h --help
          stops: yes
          handler: pythonmodule
          input-always: code:other
          operands: code-file inert...

        python -m cProfile, python -m profile, python -m trace
          always: project
          option: -m inert ; stop
          option: -o --outfile -f --file write
          option: -C --coverdir write-tree
          any-option: yes
          stops: yes
          handler: pythonmodule
          operands: code-file inert...

        python -m unittest
          always: project
          option: -s --start-directory -t --top-level-directory code-file
          option: -p --pattern -k --durations inert
          flags: -v --verbose -q --quiet -f --failfast -c --catch -b --buffer --locals -h --help
          operands: project-part...

        python -m IPython, python -m ipykernel
          always: project
          option: -c opaque:code
          any-option: plain
          operands: code-file inert...

        python -m idlelib
          always: project
          option: -c opaque:code
          option: -r code-file
          any-option: plain
          operands: code-file inert...

        python -m doctest, python -m runpy
          always: project
          option: -o --outfile write
          any-option: yes
          operands: code-file inert...

        python -m smtplib, python -m smtpd, python -m ftplib, python -m telnetlib, python -m webbrowser, python -m urllib.request
          always: opaque:host
        """#
}
