// SPDX-License-Identifier: Apache-2.0

extension ProgramFamilies {
    /// GNU coreutils, and the same programs of BSD and macOS.
    static let coreutils = #"""
        arch, hostid, logname, whoami, users, groups, nproc, uname, tty, pathchk, factor, seq, yes, sleep, gsleep, who, pinky, id, gid, uptime, w, locale, uuidgen, cal, ncal, mcookie, tzselect
          any-option: yes
          operands: any

        true, false, expr, gexpr, [, test, :
          style: none
          operands: any

        basename, gbasename
          flags: -a --multiple -z --zero --help --version
          values: -s --suffix

        dirname, gdirname
          flags: -z --zero --help --version

        cat, gcat
          flags: -A --show-all -b --number-nonblank -e -E --show-ends -n --number -s --squeeze-blank -t -T --show-tabs -u
          flags: -v --show-nonprinting --help --version
          flags: -l
          operands: read...
          always: passes

        tac, gtac
          flags: -b --before -r --regex --help --version
          values: -s --separator
          flags: -NUM
          any-option: yes
          operands: read...

        nl, gnl
          flags: -p --no-renumber --help --version
          values: -b --body-numbering -d --section-delimiter -f --footer-numbering -h --header-numbering -i
          values: --line-increment -l --join-blank-lines -n --number-format -s --number-separator -v
          values: --starting-line-number -w --number-width
          flags: -NUM
          any-option: yes
          operands: read...

        fold, gfold
          flags: -b --bytes -s --spaces --help --version
          values: -w --width
          flags: -NUM
          any-option: yes
          operands: read...

        fmt, gfmt
          flags: -c --crown-margin -s --split-only -t --tagged-paragraph -u --uniform-spacing --help --version
          values: -p --prefix -w --width -g --goal
          flags: -NUM
          any-option: yes
          operands: read...

        expand, gexpand
          flags: -i --initial --help --version
          values: -t --tabs
          flags: -NUM
          any-option: yes
          operands: read...

        unexpand, gunexpand
          flags: -a --all --first-only --help --version
          values: -t --tabs
          flags: -NUM
          any-option: yes
          operands: read...

        pr, gpr
          flags: -a --across -c --show-control-chars -d --double-space -F -f --form-feed -J --join-lines -m --merge -r
          flags: --no-file-warnings -t --omit-header -T --omit-pagination -v --show-nonprinting --help --version
          values: -C --columns -D --date-format -h --header -l --length -N --first-line-number -o --indent -w --width -W
          values: --page-width
          values?: -e --expand-tabs -i --output-tabs -n --number-lines -s --separator -S --sep-string
          flags: -NUM
          any-option: yes
          operands: read...

        tsort, gtsort
          flags: --help --version
          flags: -NUM
          any-option: yes
          operands: read...

        cut, gcut
          flags: -n --complement -s --only-delimited -z --zero-terminated --help --version -M
          values: -b --bytes -c --characters -d --delimiter -f --fields --output-delimiter
          flags: -NUM
          any-option: yes
          operands: read...

        paste, gpaste
          flags: -s --serial -z --zero-terminated --help --version
          values: -d --delimiters
          flags: -NUM
          any-option: yes
          operands: read...

        sum, gsum
          flags: -r -s --sysv --help --version
          flags: -NUM
          any-option: yes
          operands: read...

        cksum, gcksum
          flags: -c --check --tag --untagged -z --zero --ignore-missing --quiet --status --strict -w --warn --debug
          flags: --help --version
          values: -a --algorithm -l --length
          flags: -NUM
          any-option: yes
          operands: read...

        comm, gcomm
          flags: -1 -2 -3 --check-order --nocheck-order --total -z --zero-terminated --help --version
          values: --output-delimiter
          flags: -NUM
          any-option: yes
          operands: read...

        join, gjoin
          flags: -i --ignore-case --check-order --nocheck-order --header -z --zero-terminated --help --version
          values: -a -e -j -o -t -v -1 -2
          flags: -NUM
          any-option: yes
          operands: read...

        od, god
          flags: -v --output-duplicates --traditional --help --version -a -b -c -d -f -i -l -o -s -x
          values: -A --address-radix --endian -j --skip-bytes -N --read-bytes -S --strings -t --format
          values?: -w --width
          flags: -NUM
          any-option: yes
          operands: read...

        head, ghead
          flags: -q --quiet --silent -v --verbose -z --zero-terminated --help --version
          flags: -NUM
          values: -n --lines
          option: -c --bytes inert
          handler: filter
          operands: read...

        tail, gtail
          flags: -F -q --quiet --silent --retry -v --verbose -z --zero-terminated --help --version
          values: -n --lines --max-unchanged-stats --pid -s --sleep-interval
          values?: -f --follow
          flags: -NUM
          option: -c --bytes inert
          values: +*
          handler: filter
          values: -b
          operands: read...

        base64, gbase64, base32, basenc
          flags: -d --decode --help --version --base64 --base64url --base32 --base32hex --base16 --base2msbf --base2lsbf
          flags: --z85
          values: -w --wrap
          option: --ignore-garbage -i read
          option: -o --output write
          flags: -D -b
          operands: read...

        md5sum, gmd5sum, sha1sum, sha224sum, sha256sum, gsha256sum, sha384sum, sha512sum, b2sum, shasum, md5, sha1, sha256, sha512
          flags: -b --binary --tag -t --text -z --zero --ignore-missing --quiet --status --strict -w --warn --help
          flags: --version
          values: -l --length
          flag: -c --check ; operands list-file...
          flags: -0 -U --UNIVERSAL -p -q -r -x -s
          values: -a --algorithm
          operands: read...

        sort, gsort
          flags: -b --ignore-leading-blanks -d --dictionary-order -f --ignore-case -g --general-numeric-sort -i
          flags: --ignore-nonprinting -M --month-sort -h --human-numeric-sort -n --numeric-sort -R --random-sort -r
          flags: --reverse -V --version-sort --debug -m --merge -s --stable -u --unique -z --zero-terminated --help
          flags: --version
          values: --sort --batch-size -k --key -S --buffer-size -t --field-separator --parallel
          values?: --check
          flags: -c -C
          option: --random-source read
          option: --compress-program program
          option: --files0-from list-file
          option: -o --output write
          option: -T --temporary-directory write-tree
          flags: -NUM
          handler: filter
          operands: read...

        uniq, guniq
          flags: -d --repeated -D -i --ignore-case -u --unique -z --zero-terminated --help --version
          values: -f --skip-fields -s --skip-chars -w --check-chars
          values?: --all-repeated --group
          flag: -c --count
          flags: -NUM
          handler: filter
          operands: read write

        tr, gtr
          flags: -d --delete -s --squeeze-repeats -t --truncate-set1 --help --version
          flags: -C -c --complement
          handler: translation
          operands: any

        wc, gwc
          flags: -c --bytes -m --chars -l --lines -L --max-line-length -w --words --help --version
          option: --files0-from list-file
          operands: read...

        shuf, gshuf
          flags: -r --repeat -z --zero-terminated --help --version
          values: -n --head-count
          option: -o --output write
          option: --random-source read
          flag: -e --echo ; operands any
          flag: --input-range -i ; operands any
          operands: read...

        numfmt
          flags: --debug --grouping -z --zero-terminated --help --version -M ->
          values: -d --delimiter --field --format --from --from-unit --invalid --padding --round --suffix --to --to-unit
          values?: --header
          operands: any

        ptx
          flag: -G --traditional ; operands read write
          flags: -A --auto-reference -R --right-side-refs -f --ignore-case -r --references -t
          flags: --typeset-mode --help --version
          values: -F --flag-truncation -M --macro-name -O --format -S --sentence-regexp -T -W --word-regexp -g --gap-size
          values: -w --width
          option: -o --only-file read
          option: -i --ignore-file read
          option: -b --break-file read
          operands: read...

        split, gsplit
          flags: -d -x -e --elide-empty-files -u --unbuffered --verbose --help --version
          values: -a --suffix-length --additional-suffix -b --bytes -C --line-bytes -l --lines -n --number -t --separator
          values?: --numeric-suffixes --hex-suffixes
          option: --filter shell
          flags: -NUM
          values: -p
          handler: split
          operands: read write-prefix

        csplit, gcsplit
          flags: -k --keep-files --suppress-matched -s --quiet --silent -z --elide-empty-files --help --version
          values: -n --digits
          option: -b --suffix-format name-part
          option: -f --prefix write-prefix
          always: write-prefix xx
          operands: read inert...

        tee, gtee
          flags: -a --append -i --ignore-interrupts -p --help --version
          values?: --output-error
          operands: write...
          always: passes

        ls, gls, dir, vdir, lsd
          flags: -a --all -A --almost-all --author -b --escape -B --ignore-backups -c -C -d --directory -D --dired -f
          flags: --file-type --full-time -g --group-directories-first -G --no-group -h --human-readable --si -H
          flags: --dereference-command-line --dereference-command-line-symlink-to-dir -i --inode -k --kibibytes -L
          flags: --dereference -m -n --numeric-uid-gid -N --literal -o -q --hide-control-chars --show-control-chars -Q
          flags: --quote-name -r --reverse -s --size -S -t -u -U -v -x -X -Z --context --zero -1 --help --version
          values: --block-size --format --hide -I --ignore --quoting-style --sort --time --time-style -T --tabsize -w
          values: --width
          values?: --color --hyperlink --indicator-style --classify -F -p
          flags: -@ -O -e -W -% -y -P -J --tree --git --icons --header
          flag: -l
          flag: -R --recursive
          handler: ls
          operands: read-dir...
          default: read-dir .

        exa, eza
          any-option: yes
          operands: read-dir...
          default: read-dir .

        tree
          option: -o write
          option: --fromfile list-file
          option: --gitfile read
          option: --infofile read
          values: -L -P -I -H -T --charset --filelimit --timefmt --sort
          values?: --gitignore
          flags: -a -d -l -f -x -q -N -Q -p -u -g -s -h -D -F -R -i -A -S -n -C -X -J -v -t -c -U -r
          flags: --si --du --inodes --device --noreport --nolinks --dirsfirst --filesfirst --prune --matchdirs
          flags: --ignore-case --metafirst --hintro --houtro --fflinks --info --help --version --hyperlink
          operands: read-dir...
          default: read-dir .

        du, gdu
          flags: -0 --null -a --all --apparent-size -b --bytes -c --total -D --dereference-args -H -h --human-readable
          flags: --inodes -L --dereference -l --count-links -P --no-dereference -S --separate-dirs --si -s --summarize
          flags: --time -x --one-file-system --help --version
          values: -B --block-size -d --max-depth -t --threshold --time-style --exclude
          option: --files0-from list-file
          option: -X --exclude-from read
          values: -I
          flags: -k -m -g -r -A
          operands: read-dir...
          default: read-dir .

        df, gdf
          flags: -a --all -h --human-readable -H --si -i --inodes -k -l --local --no-sync -P --portability --sync --total
          flags: -T --print-type -v --help --version
          values: -B --block-size -t --type -x --exclude-type
          values?: --output
          flags: -b -g -n -c -Y
          operands: any

        stat, gstat
          flags: -L --dereference -f --file-system -t --terse --help --version
          values: -c --format --cached --printf
          flags: -F -l -n -q -r -s -x
          operands: read...

        readlink, greadlink, realpath, grealpath
          flags: -f --canonicalize -e --canonicalize-existing -m --canonicalize-missing -n --no-newline -q --quiet -s
          flags: --silent -v --verbose -z --zero --help --version -L --logical -P --physical --strip --no-symlinks
          values: --relative-to --relative-base
          operands: any

        mountpoint, namei
          any-option: yes
          operands: any

        cp, gcp
          flags: --attributes-only --copy-contents -d -f --force -i --interactive -H -l --link -L --dereference -n
          flags: --no-clobber -P --no-dereference -p --parents --remove-destination --strip-trailing-slashes -s
          flags: --symbolic-link -T --no-target-directory -u --update -v --verbose -x --one-file-system -Z --help
          flags: --version
          values: --no-preserve --sparse -S --suffix
          values?: --preserve --reflink --context
          flag: -R -r --recursive ; tree
          flag: -a --archive ; tree
          flags: -b
          values?: --backup
          option: -t --target-directory inert
          flags: -c -N
          handler: copy
          operands: read...

        mv, gmv
          flags: -f --force -i --interactive -n --no-clobber --strip-trailing-slashes -T --no-target-directory -u
          flags: --update -v --verbose -Z --context --help --version
          values: -S --suffix
          values?: --backup
          flags: -b
          option: -t --target-directory inert
          always: tree
          handler: copy
          operands: move...

        install, ginstall
          flags: -c -C --compare -D -p --preserve-timestamps -s --strip -T --no-target-directory -v --verbose
          flags: --preserve-context -Z --help --version
          values: -g --group -m --mode -o --owner -S --suffix
          values?: --context
          option: -t --target-directory inert
          flag: -d --directory ; operands write...
          option: --strip-program program
          values?: --backup
          flags: -b
          values: -B -f -h -l -M
          flags: -U
          handler: install
          operands: read...

        ln, gln, link
          flags: -f --force -i --interactive -L --logical -n --no-dereference -P --physical -T --no-target-directory -v
          flags: --verbose --help --version
          values: -S --suffix
          flag: -s --symbolic
          flag: -r --relative
          option: -t --target-directory inert
          values?: --backup
          flags: -b -h -w -F -d --directory
          handler: link
          operands: read...

        rm, grm, unlink, srm, trash, trash-put, rmtrash
          flags: -f --force -i -I --one-file-system --no-preserve-root -d --dir -v --verbose --help --version
          values?: --interactive --preserve-root
          flag: -r -R --recursive ; tree
          flags: -P -W -x -m -s
          operands: delete...

        rmdir, grmdir
          flags: --ignore-fail-on-non-empty -p --parents -v --verbose --help --version
          operands: delete...

        mkdir, gmkdir
          flags: -p --parents -v --verbose -Z --help --version
          values: -m --mode
          values?: --context
          operands: write...

        mkfifo
          flags: -Z --help --version
          values: -m --mode
          values?: --context
          operands: write...

        mknod
          flags: -Z --help --version
          values: -m --mode
          values?: --context
          operands: write inert...

        touch, gtouch
          flags: -a -c --no-create -f -h --no-dereference -m --help --version
          values: -d --date -t --time
          option: -r --reference read
          values: -A
          operands: write...

        truncate, gtruncate
          flags: -c --no-create -o --io-blocks --help --version
          values: -s --size
          option: -r --reference read
          operands: write...

        fallocate
          flags: -c --collapse-range -d --dig-holes -i --insert-range -n --keep-size -p --punch-hole -v --verbose
          flags: -z --zero-range -x --posix -w --write-zeroes -r --report-holes -h --help -V --version
          values: -l --length -o --offset
          operands: write...

        shred, gshred
          flags: -f --force -v --verbose -x --exact -z --zero --help --version
          values: -s --size
          option: --random-source read
          flag: -u ; operands delete...
          option?: --remove inert ; operands delete...
          values: -n --iterations
          operands: modify...

        mktemp, gmktemp
          flags: -q --quiet --help --version
          values: --suffix
          option?: --tmpdir inert
          option: -p inert
          flag: -t
          flag: -u --dry-run
          flag: -d --directory
          handler: mktemp

        dd, gdd
          flags: --help --version
          style: assign
          option: if= read
          option: of= write
          values: bs= ibs= obs= cbs= count= skip= seek= iseek= oseek= conv= iflag= oflag= status= files= speed= fillchar=
          operands: none

        chmod, gchmod
          flags: -c --changes -f --silent --quiet -v --verbose --no-preserve-root --preserve-root --help --version
          flag: -R --recursive ; tree
          option: --reference read ; drop
          flags: -h -H -L -P -E -N -C -i -I -r -w -x -s -t -u -g -X
          handler: chmod
          operands: inert write...

        chown, gchown, chgrp, gchgrp, chcon, chflags, chattr, setfattr, setfacl
          flags: --dereference --no-preserve-root --preserve-root --help --version
          values: --from
          flag: -R --recursive ; tree
          option: --reference read ; drop
          flag: -b --remove-all ; drop
          flag: -k --remove-default ; drop
          option: -m --modify inert ; drop
          option: -x --remove inert ; drop
          option: -M --modify-file read ; drop
          option: -X --remove-file read ; drop
          option: -n --name inert ; drop
          option: -s --set inert ; drop
          option: --set-file read ; drop
          option: --restore list-file
          values: -u --user -r --role -t --type -l --range -v --value -p --verbose
          flags: -f -i -a -c -d -e -h -H -L -P --mask --no-mask --default --physical --logical --test --no-dereference
          flags: --changes --silent --quiet
          operands: inert write...

        getfattr, getfacl, lsattr
          any-option: yes
          operands: read-dir...

        xattr
          flag: -w ; operands inert inert write...
          flag: -d ; operands inert write...
          flag: -c ; operands write...
          flag: -p ; operands inert read...
          flags: -l -r -s -v -x -h
          operands: read...

        sync
          flags: -d --data -f --file-system --help --version
          operands: any

        date, gdate
          flags: --debug --resolution -R --rfc-email -u --utc --universal --help --version
          option: -d --date inert
          values: --rfc-3339
          option: -s --set inert
          option: -f --file read
          option: -r --reference inert
          flags: -j -n
          values: -v
          values?: -I --iso-8601
          handler: date
          operands: any

        printenv, pwd, gpwd
          flags: -0 --null -L -P --logical --physical --help --version
          operands: any

        echo, gecho
          style: none
          handler: echo

        printf, gprintf
          style: none
          handler: printf

        dircolors
          flags: -b --sh --bourne-shell -c --csh --c-shell -p --print-database --print-ls-colors --help --version
          operands: read

        stty, tput, tset, reset, clear, setterm, infocmp, toe, tabs, resize, mesg
          any-option: yes
          operands: any

        hostname, ghostname
          option: -F --file read
          flags: -a -A -d -f -b -i -I -s -y -v -h -V --alias --all-fqdns --boot --domain --fqdn --long --ip-address
          flags: --all-ip-addresses --short --yp --nis --help --version
          operands: opaque:arguments

        domainname, dnsdomainname, nisdomainname, ypdomainname
          operands: opaque:arguments

        env, genv
          flags: -i --ignore-environment -0 --null --list-signal-handling -v --debug --help --version
          values?: --block-signal --default-signal --ignore-signal
          option: -S --split-string inert ; stop
          option: -u --unset inert
          option: -C --chdir directory
          option: -P inert
          stops: yes
          handler: env

        nice, gnice
          flags: --help --version
          values: -n --adjustment
          flags: -NUM
          operands: command...

        nohup, gnohup
          always: write nohup.out
          flags: --help --version -p
          operands: command...

        timeout, gtimeout
          flags: --preserve-status --foreground -v --verbose --help --version
          values: -k --kill-after -s --signal
          operands: inert command...

        stdbuf, gstdbuf
          flags: --help --version
          values: -i --input -o --output -e --error
          operands: command...

        chroot, gchroot
          flags: --skip-chdir --help --version
          values: --groups --userspec
          handler: chroot
          stops: yes

        runcon
          flags: -c --compute --help --version
          values: -t --type -u --user -r --role -l --range
          handler: runcon
          stops: yes

        kill, killall, pkill, skill, snice, killall5
          style: none
          handler: signal
          operands: any

        pgrep, pidof, pidwait
          style: none
          handler: signal
          operands: any

        renice
          style: none
          operands: any
        """#
}
