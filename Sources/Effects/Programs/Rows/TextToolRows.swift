// SPDX-License-Identifier: Apache-2.0

extension ProgramFamilies {
    /// Searching, editing and comparing text.
    static let textTools = #"""
        grep, egrep, fgrep, rgrep, ggrep, gegrep, gfgrep, bzgrep, zgrep, zegrep, zfgrep, xzgrep, lzgrep, zstdgrep, bzegrep, bzfgrep, xzegrep, xzfgrep
          flags: -E --extended-regexp -F --fixed-strings -G --basic-regexp -P --perl-regexp -i --ignore-case
          flags: --no-ignore-case -w --word-regexp -x --line-regexp -s --no-messages -v --invert-match -V --version
          flags: --help -b --byte-offset -n --line-number --line-buffered -H --with-filename -h --no-filename -o
          flags: --only-matching -q --quiet --silent -a --text -I -c --count -T --initial-tab -N --no-group-separator -U
          flags: --binary
          values: -m --max-count --label --binary-files -D --devices --exclude --exclude-dir -B --before-context
          values: -A --after-context -C --context --group-separator
          option: --include search-filter
          option: -e --regexp inert ; drop
          option: -f --file read ; drop
          option: --exclude-from read
          flag: -r --recursive ; tree ; default read-tree .
          flag: -R --dereference-recursive ; tree ; default read-tree .
          option: -d --directories inert
          values?: --color --colour
          flag: -l --files-with-matches
          flag: -L --files-without-match
          flags: -NUM -y -S -p -O -z -Z --decompress --null-data --null
          handler: grep
          operands: inert read...

        pcregrep, pcre2grep
          option: -e --regexp inert ; drop
          option: -f --file read ; drop
          option: --file-list list-file
          option: --exclude-from read
          option: --include-from read
          flag: -r --recursive ; tree
          flags: -c -h -H -i -l -L -M -n -o -q -s -u -v -w -x -F --count --ignore-case --invert-match --line-number
          flags: --only-matching --multiline --no-filename --with-filename --files-with-matches
          values: -A -B -C -D -d -N --buffer-size --exclude --include
          values?: --color --colour
          operands: inert read...

        ag, ack
          option: --pager shell
          option: --ackrc read
          option: -p --path-to-ignore read
          option: --files-from list-file
          option: -x inert
          flag: -g ; operands inert read-dir...
          flag: -f ; operands read-dir...
          values: -A -B -C -m --max-count --depth --ignore --ignore-dir --type --after --before --context --match -G
          values: --file-search-regex --color-line-number --color-match --color-path --workers --ackmate-dir-filter
          values: --ignore-file --type-add --type-set --output
          any-option: yes
          flag: -l --files-with-matches
          flag: --files-without-match
          handler: grep
          operands: inert read-tree...
          default: read-tree .

        sed, gsed, ssed
          flags: -n --quiet --silent --debug --follow-symlinks --posix -s --separate --sandbox -u --unbuffered -z
          flags: --null-data --help --version
          option: -e --expression inert ; drop
          option: -f --file code-file ; drop
          option?: -i --in-place inert ; modify
          option?: -I inert ; modify
          flags: -a
          flags: -r -E --regexp-extended
          values: -l --line-length
          handler: sed
          operands: code:sed read...

        awk, gawk, mawk, nawk, original-awk, goawk, frawk
          option: -f --file code-file ; drop
          option: -e --source inert ; drop
          option: -i --include code-file
          option: -l --load code-file
          option: -E --exec code-file ; stop
          option?: -o --pretty-print write
          option?: -p --profile write
          option?: -d --dump-variables write
          option?: -D --debug inert
          values: -v --assign -F --field-separator
          option: -W inert
          values?: -L --lint
          flags: -b -c -C -g -h -I -k -M -n -N -O -P -r -s -S -t -V --characters-as-bytes --traditional --copyright
          flags: --gen-pot --help --trace --csv --bignum --non-decimal-data --use-lc-numeric --optimize --posix
          flags: --re-interval --no-optimize --sandbox --lint-old --version -version
          stops: yes
          handler: awk
          operands: code:awk read...

        diff, gdiff, colordiff, zdiff, bzdiff, xzdiff
          flags: --normal --left-column --suppress-common-lines --suppress-blank-empty --no-dereference
          flags: --unidirectional-new-file --ignore-file-name-case --no-ignore-file-name-case --strip-trailing-cr
          flags: --speed-large-files --help
          values: --LTYPE-line-format
          flag: -r --recursive ; tree
          option: --from-file read
          option: --to-file read
          option: -X --exclude-from read
          values: -S --starting-file
          values: -x --exclude -W --width --horizon-lines --label -L -F --show-function-line -I --ignore-matching-lines
          values: --tabsize --palette
          values: --old-group-format --new-group-format --unchanged-group-format --changed-group-format
          values: --GTYPE-group-format --line-format --old-line-format --new-line-format --unchanged-line-format
          values: -C -U -D --ifdef
          values?: --context --unified --color
          flags: -NUM -c -u -e -n -q -s -y -N -P -i -E -Z -b -w -B -a -d -t -T -l -p -v -H --brief
          flags: --report-identical-files --ed --rcs --side-by-side --show-c-function --expand-tabs --initial-tab
          flags: --paginate --new-file --ignore-case --ignore-tab-expansion --ignore-trailing-space --ignore-space-change
          flags: --ignore-all-space --ignore-blank-lines --text --minimal --version
          operands: read...

        cmp, zcmp, bzcmp, xzcmp
          flags: -b --print-bytes -l --verbose -s --quiet --silent --help -v --version
          values: -i --ignore-initial -n --bytes
          operands: read read inert...

        diff3
          flags: -A --show-all -e --ed -E --show-overlap -3 --easy-only -x --overlap-only -X -i -m --merge -a --text
          flags: --strip-trailing-cr -T --initial-tab --help -v --version
          values: -L --label
          option: --diff-program program
          operands: read...

        sdiff
          flags: -i --ignore-case -E --ignore-tab-expansion -Z --ignore-trailing-space -b --ignore-space-change -W
          flags: --ignore-all-space -B --ignore-blank-lines --strip-trailing-cr -a --text -t --expand-tabs -d --minimal
          flags: -H --speed-large-files --help -v --version
          values: -I --ignore-matching-lines -w --width --tabsize
          option: -o --output write
          option: --diff-program program
          flags: -l -s --left-column --suppress-common-lines
          operands: read...

        patch, gpatch
          flags: -l -c -e -n -u -N -R -E -Z -T -b --backup-if-mismatch --no-backup-if-mismatch -t -f -s --verbose
          flags: --dry-run --posix --binary -v --help
          values: -p -F -D --quoting-style -V -g --reject-format --read-only
          option: -B --prefix write-prefix
          option: -Y --basename-prefix -z --suffix name-part
          option: -i --input read
          option: -o --output write
          option: -r --reject-file write
          option: -d --directory directory
          values?: --merge
          handler: patch

        dos2unix, unix2dos, mac2unix
          flag: -n --newfile ; operands read write
          any-option: yes
          operands: modify...

        sponge
          flags: -a
          operands: write
          always: passes

        rev
          flags: -h --help -V --version
          any-option: yes
          operands: read...

        col
          flags: -b --no-backspaces -f --fine -p --pass -h --tabs -x --spaces -H --help -v --version
          values: -l --lines
          any-option: yes
          operands: read...

        colcrt
          flags: -2 --half-lines -h --help -V --version
          any-option: yes
          operands: read...

        ul
          flags: -i --indicated -h --help -V --version
          values: -t -T --terminal
          any-option: yes
          operands: read...

        column
          flags: -t --table -d --table-noheadings -e --table-header-repeat -L --keep-empty-lines -J --json -x --fillrows
          flags: -h --help -V --version
          values: -n --table-name -O --table-order -N --table-columns -l --table-columns-limit -E --table-noextreme -H
          values: --table-hide -R --table-right -T --table-truncate -W --table-wrap -r --tree -i --tree-id -p
          values: --tree-parent -c --output-width -o --output-separator -s --separator
          any-option: yes
          operands: read...

        colrm
          flags: -h --help -V --version
          operands: any

        hexdump, hd
          flags: -b --one-byte-octal -c --one-byte-char -C --canonical -d --two-bytes-decimal -o --two-bytes-octal -x
          flags: --two-bytes-hex -v --no-squeezing -h --help -V --version
          option: -f --format-file read
          values: -e --format -n --length -s --skip
          values?: -L --color
          any-option: yes
          operands: read...

        strings, gstrings
          at-files: yes
          flags: -a --all -d --data -f --print-file-name -o -U -h --help -v -V --version
          values: -n --bytes -t --radix -w --include-all-whitespace -T --target -e --encoding --unicode -s
          values: --output-separator
          any-option: yes
          operands: read...

        file
          flags: --help -v --version -z --uncompress -Z --uncompress-noreport -b --brief -c --checking-printout -i --mime
          flags: --apple --extension --mime-type --mime-encoding -k --keep-going -l --list -L --dereference -h
          flags: --no-dereference -n --no-buffer -N --no-pad -0 --print0 -p --preserve-date -s --special-files -S
          flags: --no-sandbox
          option: -f --files-from list-file
          option: -m --magic-file read
          flag: -C --compile ; write magic.mgc
          values: -F -e -P --exclude --separator --parameter --exclude-quiet
          flags: -d -D -r -R --raw --debug
          operands: read...

        xxd
          flags: -a -b -C -e -E -i -p -ps -plain -postscript -r -revert -u -v -d -h -autoskip -bits -capitalize -include
          flags: -version
          values: -c -cols -g -groupsize -l -len -n -name -o -s -seek -R
          operands: read write

        iconv
          option: -o --output write
          values: -f --from-code -t --to-code
          flags: -l --list -c -s --silent --verbose --help --version
          operands: read...

        uuencode
          flags: -m
          operands: read inert

        # Without -o the name is in what is decoded.
        uudecode
          option: -o --output-file write ; drop
          flag: -p ; drop
          flags: -m -i -s -c -r
          operands: opaque:path-write...
          default: opaque:path-write

        jq, gojq, jaq
          option: -f --from-file read ; drop
          option: -L --library-path read-tree
          flags: -n --null-input -r --raw-output -R --raw-input -s --slurp -c --compact-output -C --color-output -M
          flags: --monochrome-output -a --ascii-output -S --sort-keys -e --exit-status -j --join-output --tab --seq
          flags: --stream --stream-errors --unbuffered -h --help -V --version --raw-output0 -0 --build-configuration
          flags: --yaml-input --yaml-output
          values: --indent
          flag: --args ; operands code:jq inert...
          flag: --jsonargs ; operands code:jq inert...
          pair: --arg --argjson inert
          pair: --slurpfile --rawfile --argfile read
          operands: code:jq read...

        yq
          flag: -i --inplace --in-place ; modify
          option: --from-file code-file ; drop
          option: -s --split-exp opaque:path-write
          values: -p --input-format -o --output-format -I --indent --expression --xml-attribute-prefix --header-preprocess
          flags: -r --raw-output -P --prettyPrint -n --null-input -e --exit-status -C --colors -M --no-colors -N --no-doc
          flags: -v --verbose -j --tojson -y --yaml-output -S --sort-keys --unwrapScalar --help --version -c -a -R
          handler: yq
          operands: code:jq read...

        bc, dc, gbc
          option: -e --expression inert
          option: -f --file code-file
          flags: -h -i -l -q -s -w -v -V -x -P -C -g -L -R -z --help --interactive --mathlib --quiet --standard --warn
          flags: --version
          values: -O -I -S -E -c
          handler: calculator
          operands: code-file...

        units
          option: -f --file read
          option: -L --log write
          option: -H --history write
          any-option: plain
          operands: any

        getopt, gettext, ngettext, envsubst
          any-option: yes
          operands: any

        spell
          option: -i --ispell program
          option: -d --dictionary -s --stop-list read
          any-option: plain
          operands: read...

        look, words
          any-option: plain
          operands: inert read...

        aspell, ispell, hunspell
          subcommands: yes
          any-option: yes
          unknown: opaque:path-write

        aspell list, aspell --help
          any-option: plain

        m4, gm4
          option: -I --include read-tree
          option: -F --freeze-state write
          option: -R --reload-state code-file
          option: -o --error-output write
          option: --debugfile write
          flags: -E -e -i -P -Q -s -g -G --fatal-warnings --interactive --prefix-builtins --quiet --silent --synclines
          flags: --gnu --traditional --help --version
          values: -B -H -L -N -S -T -W -l -t --hashsize --nesting-limit --arglength --trace --warn-macro-sequence
          values?: -d --debug
          values: -D --define -U --undefine
          always: opaque:code
          operands: read...

        ed, red
          values: -p --prompt
          flags: -G -h -l -r -s -v -E -V --traditional --help --loose-exit-status --restricted --extended-regexp --quiet
          flags: --silent --verbose --version --strip-trailing-cr
          input-always: code:other
          operands: modify

        csvcut, csvgrep, csvlook, csvstat, csvsort, csvjoin, csvjson, in2csv, csvstack, csvformat, csvclean
          option: -f --file inert
          any-option: plain
          operands: read...

        mlr, miller
          always: opaque:code

        datamash
          any-option: yes
          operands: any

        rename, prename, file-rename, rename.ul, perl-rename
          any-option: yes
          handler: rename

        detox, convmv
          any-option: yes
          operands: modify-tree...

        bat cache, batcat cache
          flags: -b --build -c --clear --blank -h --help --acknowledgements
          option: --source read-tree
          option: --target write-tree
          operands: none

        bat, batcat
          subcommands: some
          option: --pager shell
          option: --config-file read
          option: -m --map-syntax inert
          values: -l --language -H --highlight-line --file-name --tabs --wrap --terminal-width --color --italic-text
          values: --decorations --paging --theme --style -r --line-range --diff-context --theme-dark --theme-light
          values: --binary --completion --strip-ansi --nonprintable-notation
          flags: -A --show-all -p --plain -d --diff -n --number -L --list-languages -P -s --squeeze-blank -u --unbuffered
          flags: -f --force-colorization -S --chop-long-lines --list-themes -h --help -V --version --config-dir
          flags: --cache-dir --diagnostic --acknowledgements --no-config --no-custom-assets --lessopen --no-lessopen
          operands: read...
          always: passes

        rg, ripgrep
          option: -e --regexp inert ; drop
          option: -f --file read ; drop
          option: --pre program
          option: --hostname-bin program
          option: --ignore-file read
          flag: --files ; operands read-dir... ; default read-dir .
          flag: --type-list ; default none ; operands any
          option: -g --glob --iglob --type-add search-filter
          values: -A -B -C -E -j -m -M -r -t -T -d --after-context --before-context --context --encoding
          values: --threads --max-count --max-columns --replace --type --type-not --type-clear --max-depth
          values: --maxdepth --max-filesize --color --colors --sort --sortr --context-separator --field-context-separator
          values: --field-match-separator --path-separator --engine --dfa-size-limit --regex-size-limit --pre-glob
          values: --hyperlink-format --generate
          flags: -a -b -c -F -H -h -i -I -L -n -N -o -p -P -q -s -S -u -U -v -V -w -x -z -0 -. --text --binary
          flags: --block-buffered --no-block-buffered --byte-offset --case-sensitive --column --no-column --count
          flags: --count-matches --crlf --no-crlf --debug --fixed-strings --follow --glob-case-insensitive --heading
          flags: --no-heading --help --hidden --no-hidden --ignore-case --ignore-file-case-insensitive --include-zero
          flags: --invert-match --json --line-buffered --line-number --line-regexp --max-columns-preview --mmap
          flags: --multiline --multiline-dotall --no-config --no-filename --no-ignore --no-ignore-dot --no-ignore-exclude
          flags: --no-ignore-files --no-ignore-global --no-ignore-messages --no-ignore-parent --no-ignore-vcs
          flags: --no-line-number --no-messages --no-mmap --no-pcre2-unicode --no-unicode --null --null-data
          flags: --one-file-system --only-matching --passthru --passthrough --pcre2 --pcre2-version --pretty --quiet
          flags: --search-zip --smart-case --stats --stop-on-nonmatch --trace --trim --unrestricted --version --vimgrep
          flags: --with-filename --word-regexp --require-git --no-require-git --auto-hybrid-regex
          flag: -l --files-with-matches
          flag: --files-without-match
          handler: grep
          operands: inert read-tree...
          default: read-tree .
        """#
}
