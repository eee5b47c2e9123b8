// SPDX-License-Identifier: Apache-2.0

extension ProgramFamilies {
    /// Programs that run what they are told.
    static let wrappers = #"""
        find, gfind, bfs
          style: none
          handler: find

        fd, fdfind
          option: -x --exec inert ; stop
          option: -X --exec-batch inert ; stop
          option: -C --base-directory directory
          option: --search-path read-dir
          option: --ignore-file read
          values: -d --max-depth --min-depth --exact-depth -t --type -e --extension -S --size --changed-within
          values: --changed-before --newer --older --change-newer-than --change-older-than -o --owner -E --exclude -c
          values: --color -j --threads --max-buffer-time --max-results --path-separator --batch-size --gen-completions
          values: --format --and
          flags: -H -I -u -s -i -g -F -a -l -L -p -0 -1 -q -h -V --hidden --no-hidden --no-ignore --no-ignore-vcs
          flags: --no-ignore-parent --no-global-ignore-file --unrestricted --case-sensitive --ignore-case --glob --regex
          flags: --fixed-strings --absolute-path --relative-path --list-details --follow --no-follow --full-path --print0
          flags: --prune --quiet --show-errors --one-file-system --strip-cwd-prefix --help --version --ignore
          flags: --no-require-git --has-results
          handler: fd
          operands: inert read-dir...
          default: read-dir .

        # Some systems have it as a file, as POSIX asks.
        command
          flags: -p -v -V
          stops: yes
          operands: command...

        which, gwhich
          any-option: yes
          operands: any
          handler: which

        locate, mlocate, plocate, slocate, whereis, type, whence, where, mdfind
          any-option: yes
          operands: any

        updatedb, makewhatis, mandb, locate.updatedb
          always: opaque:arguments

        xargs, gxargs
          option: -a --arg-file list-file
          option: -I inert
          option: -J inert
          option?: -i --replace inert
          option?: -e --eof inert
          option?: -l --max-lines inert
          option: -d --delimiter inert
          option: --process-slot-var inert
          option: -E -L inert
          option: -n --max-args inert
          option: -s --max-chars inert
          values: -P --max-procs -R -S
          flag: -0 --null
          flag: -r --no-run-if-empty
          flags: -p --interactive -t --verbose -x --exit -o --open-tty --show-limits --help --version
          handler: xargs
          stops: yes

        parallel, gparallel, sem, rush
          any-option: yes
          stops: yes
          handler: parallel

        time, gtime
          option: -o --output write
          values: -f --format
          flags: -a --append -p --portability -v --verbose -q --quiet -l -h --help -V --version
          operands: command...

        setsid
          flags: -c --ctty -f --fork -w --wait -h --help -V --version
          operands: command...

        ionice
          flags: -t --ignore -h --help -V --version
          values: -p --pid -P --pgid -u --uid -c --class -n --classdata
          operands: command...

        chrt
          flags: -b --batch -d --deadline -f --fifo -i --idle -o --other -r --rr -R --reset-on-fork -a --all-tasks -m
          flags: --max -v --verbose -h --help -V --version
          values: -T --sched-runtime -P --sched-period -D --sched-deadline
          flag: -p --pid ; operands any
          operands: inert command...

        taskset
          flags: -h --help -V --version
          flag: -p --pid ; operands any
          flags: -a -c --all-tasks --cpu-list
          operands: inert command...

        choom
          flags: -h --help -V --version
          values: -n --adjust
          option: -p --pid inert ; operands any
          operands: command...

        prlimit
          flags: --noheadings --raw --verbose -h --help -V --version -c --core -d --data -e --nice -f --fsize -i
          flags: --sigpending -l --memlock -m --rss -n --nofile -q --msgqueue -r --rtprio -s --stack -t --cpu -u --nproc
          flags: -v --as -x --locks -y --rttime
          values: -o --output
          option: -p --pid inert ; operands any
          operands: command...

        setarch
          flags: -B --32bit -F --fdpic-funcptrs -I --short-inode -L --addr-compat-layout -R --addr-no-randomize -S
          flags: --whole-seconds -T --sticky-timeouts -X --read-implies-exec -Z --mmap-page-zero -3 --3gb --4gb
          flags: --uname-2.6 -v --verbose --list -h --help -V --version
          operands: inert command...

        linux32, linux64, i386, x86_64, uname26
          flags: -B --32bit -F --fdpic-funcptrs -I --short-inode -L --addr-compat-layout -R --addr-no-randomize -S
          flags: --whole-seconds -T --sticky-timeouts -X --read-implies-exec -Z --mmap-page-zero -3 --3gb --4gb
          flags: --uname-2.6 -v --verbose -h --help -V --version
          operands: command...

        setpriv
          flags: -d --dump --nnp --no-new-privs --clear-groups --keep-groups --init-groups --pdeathsig --reset-env -h
          flags: --help -V --version
          values: --ambient-caps --inh-caps --bounding-set --ruid --euid --rgid --egid --reuid --regid --groups
          values: --securebits --selinux-label --apparmor-profile
          operands: command...

        unshare
          flags: -f --fork -r --map-root-user -c --map-current-user --map-auto --propagation --setgroups --keep-caps -h
          flags: --help -V --version
          values: --map-user --map-group --map-users --map-groups -S --setuid -G --setgid --monotonic --boottime
          values?: -m --mount -u --uts -i --ipc -n --net -p --pid -U --user -C --cgroup -T --time --kill-child --mount-proc
          option: -R --root opaque:arguments
          option: -w --wd directory
          always: opaque:arguments
          operands: command...

        nsenter
          flags: -a --all --preserve-credentials -F --no-fork -Z --follow-context -h --help -V --version
          values: -t --target -S --setuid -G --setgid -W --wdns
          values?: -m --mount -u --uts -i --ipc -n --net -p --pid -C --cgroup -U --user -T --time -r --root -w --wd
          always: opaque:arguments
          operands: command...

        flock
          flags: -s --shared -x --exclusive -u --unlock -n --nonblock -o --close -F --no-fork --verbose -h --help -V
          flags: --version
          values: -w --timeout -E --conflict-exit-code
          option: -c --command shell
          handler: flock
          operands: write command...

        script
          flags: -a --append -e --return -f --flush --force -q --quiet -h --help -V --version
          values: -m --logging-format -E --echo -o --output-limit
          option: -c --command shell
          option: -O --log-out write
          option: -I --log-in write
          option: -B --log-io write
          option: -T --log-timing write
          option?: -t --timing write
          handler: script

        scriptreplay, scriptlive
          option: -c --command shell
          option: -T --log-timing list-file
          any-option: yes
          operands: code-file...

        strace, ltrace, truss, dtruss
          option: -o --output piped-output
          option: -p --attach opaque:arguments
          values: -e -s -a -E -u -b -I -O -P -S -U -X -A -F -l -n -x -D --trace --trace-path --signal --status --fault
          values: --inject --kvm --abbrev --verbose --raw --read --write --user --env --interruptible --columns
          values: --string-limit --summary-sort-by --summary-columns --summary-syscall-overhead --argv0 --library --config
          values: --demangle --indent --const-print-style --strings-in-hex --decode-fds --daemonize --relative-timestamps
          values: --absolute-timestamps --quiet --decode-pids --detach-on
          flags: -c -C -d -f -ff -h -i -k -q -qq -r -t -tt -ttt -T -v -V -w -y -yy -z -Z -L --follow-forks
          flags: --output-separately --output-append-mode --summary-only --summary --summary-wall-clock --stack-traces
          flags: --instruction-pointer --syscall-number --syscall-times --no-abbrev --help --version --debug
          flags: --seccomp-bpf --successful-only --failed-only --tips
          operands: command...

        lldb, cgdb, rr, radare2, r2, gdbserver, lldb-server, gdbtui, rust-gdb, rust-lldb
          flag: -v --version -h --help
          any-option: yes
          handler: debugger
          stops: yes

        perf
          subcommands: yes

        perf list, perf report, perf annotate, perf script, perf diff, perf version, perf evlist
          option: -i --input read
          any-option: yes

        perf stat, perf record, perf trace
          option: -o --output write
          option: -p --pid inert
          values: -e --event -F --freq -c --count -r --repeat --delay -I --interval-print --call-graph -C --cpu -t --tid
          values: -u --uid -m --mmap-pages -x --field-separator -G -j
          flags: -a -d -g -v -q -s -i -n -A -B -N --all-cpus --verbose --quiet --no-inherit --per-core --per-socket
          flags: --per-thread --no-big-num --append --table --detailed --null --sync --json
          operands: command...

        valgrind
          values: --tool --leak-check --show-leak-kinds --track-origins --error-exitcode --num-callers --gen-suppressions
          values: --xml --trace-children --child-silent-after-fork --track-fds --time-stamp --demangle --max-stackframe
          values: --undef-value-errors --leak-resolution --cache-sim --branch-sim --dump-instr --collect-jumps
          values: --instr-atstart --vgdb --vgdb-error --time-unit --detailed-freq --threshold --max-snapshots --heap
          values: --stacks --show-reachable --show-possibly-lost --errors-for-leak-kinds --keep-stacktraces
          values: --expensive-definedness-checks
          option: --suppressions read
          option: --log-file --xml-file --callgrind-out-file --cachegrind-out-file --massif-out-file --dhat-out-file write
          flags: -v -q -s -h -d --verbose --quiet --help --version --stats
          operands: command...

        hyperfine
          option: -p --prepare -c --cleanup -s --setup --conclude shell
          option: --export-json --export-markdown --export-csv --export-asciidoc --export-orgmode write
          option: -S --shell program
          option: --input read
          option: --output inert
          values: -w --warmup -m --min-runs -M --max-runs -r --runs -L --parameter-list -D --parameter-step-size --style
          values: --sort -u --time-unit -n --command-name --min-benchmarking-time
          pair: -P --parameter-scan inert
          flags: -i --ignore-failure -N --show-output -h --help -V --version
          operands: shell...

        watch
          values: -n --interval -s -q --equexit
          values?: -d --differences
          flags: -b --beep -c --color -C --no-color -e --errexit -f -g --chgexit -p --precise -r --no-rerun -t --no-title
          flags: -w --no-wrap -h --help -v --version --no-linewrap
          flag: -x --exec
          handler: watch
          stops: yes

        rlwrap, eatmydata, catchsegv, dbus-run-session, dbus-launch, torsocks, torify, tsocks, usewithtor, grc, chronic, run-one, run-this-one, prime-run, optirun, gamemoderun, systemd-inhibit, aoss, padsp, nocache, dumb-init, tini, unbuffer, ifne, setlock, errno, taskpolicy, firejail, bwrap, proot, sandbox-exec, aa-exec, cgexec, ld.so, ld-linux-x86-64.so.2, ld-linux.so.2, ld-linux-aarch64.so.1, chpst, softlimit, cpulimit, envdir, numactl, faketime, systemd-cat
          flags: -v -q --help --version
          operands: command...

        mispipe
          operands: shell...

        gosu, su-exec, s6-setsidgid, envuidgid, setuidgid
          always: opaque:arguments
          operands: inert command...

        xvfb-run
          flags: -a -l -h --auto-servernum --listen-tcp --help
          option: -e --error-file write
          option: -f --auth-file write
          values: -n --server-num -p --xauth-protocol -s --server-args -w --wait
          operands: command...

        caffeinate
          flags: -d -i -m -s -u
          values: -t -w
          operands: command...

        fakeroot
          option: -s write
          option: -b inert
          option: -i read
          option: -l --lib code-file
          option: --faked program
          flags: -u -h -v --unknown-is-real --help --version
          operands: command...

        proxychains, proxychains4
          flags: -q
          option: -f read
          always: host proxy
          operands: command...

        sudo, gsudo, doas, pkexec, run0, please, calife, dzdo, pfexec
          option: -u --user inert
          option: -D --chdir directory
          option: -C -g -h -p -r -t -T -U -a -R --close-from --group --host --prompt --role --type --command-timeout --other-user --chroot --login-class inert
          flag: -i --login
          flag: -s --shell
          flag: -e --edit
          flag: -l --list
          flag: -v --validate
          flag: -k -K --reset-timestamp --remove-timestamp
          flags: -A -b -B -E -H -n -N -P -S -V -L --askpass --background --bell --preserve-groups --set-home
          flags: --non-interactive --stdin --version --help --keep-cwd --disable-internal-agent --preserve-env
          flags: --no-update
          stops: yes
          handler: sudo

        sudoedit
          any-option: yes
          operands: modify...

        visudo, vipw, vigr
          option: -f --file modify
          any-option: yes
          always: opaque:arguments

        su, runuser, sg, newgrp, login, sulogin, sux, machinectl, systemd-run, capsh, start-stop-daemon, daemonize, run-parts, cronie, runsv
          style: none
          handler: privileged

        at, batch
          option: -f list-file
          values: -q -t
          option: -d -r inert ; no-input
          flag: -l ; no-input
          flag: -c ; no-input
          flags: -m -M -v -V -b -k
          always: opaque:arguments
          input-always: shell

        atq, atrm
          any-option: yes

        crontab
          option: -u inert
          flag: -l --list ; read /var/spool/cron ; operands any
          flag: -e -r ; modify /var/spool/cron
          flag: -i -s
          handler: crontab

        anacron, cron, crond, fcrontab, incrontab
          always: opaque:arguments

        busybox, toybox
          flag: --list --list-full --help ; operands any
          flag: --install ; operands write-tree... ; default write-tree /bin
          flag: -s
          operands: command...

        expect, autoexpect
          option: -c opaque:code
          option: -f code-file ; stop
          flag: -d -D -i -n -N -v -b
          input: code:other
          stops: yes
          operands: code-file inert...

        entr
          flag: -s ; operands shell
          flags: -a -c -d -n -p -r -x -z
          operands: command...

        tmux
          option: -c shell
          option: -f code-file
          option: -L -S -T inert
          flag: -V
          flags: -2 -C -D -l -N -q -u -v -h
          handler: tmux
          stops: yes

        screen
          option: -c code-file
          option: -L inert
          option: -Logfile write
          flag: -X
          option: -S -e -h -p -s -t -T inert
          flag: -ls -list
          flags: -4 -6 -a -A -d -D -m -r -R -RR -i -l -wipe -n -O -q -Q -U -x
          flag: -v -version
          handler: screen
          stops: yes

        dtach, abduco, byobu, zellij, ttyd, gotty, tmate, wemux
          always: opaque:code
        """#
}
