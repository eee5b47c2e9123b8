// SPDX-License-Identifier: Apache-2.0

extension ProgramFamilies {
    /// Archives and compression.
    static let archives = #"""
        tar, gtar, bsdtar, star
          flags: --check-device -G --incremental --ignore-failed-read --no-seek -n --seek -S --sparse --exclude-backups
          flags: --exclude-caches --exclude-caches-all --exclude-caches-under --exclude-vcs --exclude-vcs-ignores
          flags: --no-null --no-recursion --no-unquote --no-verbatim-files-from --null --recursion --unquote
          flags: --verbatim-files-from --anchored --ignore-case --no-anchored --no-ignore-case --no-wildcards
          flags: --no-wildcards-match-slash --wildcards --wildcards-match-slash --keep-directory-symlink
          flags: --keep-newer-files -k --keep-old-files --no-overwrite-dir --overwrite --overwrite-dir --recursive-unlink
          flags: --skip-old-files -W --verify --ignore-command-error --no-ignore-command-error --clamp-mtime
          flags: --delay-directory-restore -m --touch --no-delay-directory-restore --no-same-owner --no-same-permissions
          flags: --numeric-owner -p --preserve-permissions --same-permissions --same-owner --acls --no-selinux --selinux
          flags: --xattrs --force-local -M --multi-volume -B --read-full-records -i --ignore-zeros --old-archive
          flags: --portability --posix --no-auto-compress --hard-dereference -h --dereference
          flags: --one-file-system --full-time -l --check-links -R --block-number --show-defaults --show-omitted-dirs
          flags: --show-snapshot-field-ranges --show-transformed-names --show-stored-names --utc -v --verbose -w
          flags: --interactive --confirmation -o -? --help --restrict --usage --version
          option: --add-file inert
          values: --level --sparse-version --exclude --exclude-ignore --exclude-ignore-recursive --exclude-tag
          values: --exclude-tag-all --exclude-tag-under --group --group-map --mode --mtime --owner --owner-map --sort
          values: --xattrs-exclude --xattrs-include -L --tape-length -b --blocking-factor --record-size --pax-option -V
          values: --label -K --starting-file --newer-mtime -N --newer --after-date --suffix --strip-components --transform
          values: --xform --no-quote-chars --quote-chars
          option?: --one-top-level write-tree
          style: dashless
          option: -f --file inert
          option: -C --directory --cd inert
          flag: -x --extract --get
          flag: -c --create
          flag: -r --append
          flag: -u --update
          flag: -t --list
          flag: -d --diff --compare
          flag: -A --catenate --concatenate
          flag: --delete
          flag: --test-label
          flag: -P --absolute-names
          flag: -O --to-stdout
          option: -T --files-from list-file
          option: -X --exclude-from read
          option: -I --use-compress-program shell
          option: -F --info-script --new-volume-script shell
          option: --to-command shell
          option: --checkpoint-action inert
          option: --rsh-command program
          option: --rmt-command program
          option: --index-file write
          option: --volno-file modify
          option: -g --listed-incremental modify
          option?: --backup inert
          flag: --remove-files
          values?: --checkpoint --atime-preserve --occurrence --hole-detection --warning --no-check-device --quoting-style
          values?: --totals
          values: -s --options --uid --gid --uname --gname --format --preserve-order --same-order -H
          flag: -z --gzip --gunzip --ungzip
          flag: -j --bzip2
          flag: -J --xz
          flag: -Z --compress --uncompress
          flag: -a --auto-compress
          flag: --zstd
          flag: --lzip
          flag: --lzma
          flag: --lzop
          flags: -y -Y --lz4 -U --fflags --mac-metadata --no-mac-metadata --no-xattrs --no-fflags
          flags: --no-acls --strip --unlink-first
          handler: tar

        cpio, gcpio
          option: -F --file -I -O inert
          option: -D --directory directory
          option: -E --pattern-file read
          option: --rsh-command program
          flag: -i --extract
          flag: -o --create
          flag: -p --pass-through
          flag: -t --list
          flags: -0 -a -A -b -B -c -d -f -k -l -L -m -n -r -s -S -u -v -V -z -Z -J -j
          values: -C -H -R -M --io-size --format --owner --message --block-size --rename-batch-file
          flags: --null --reset-access-time --append --swap --numeric-uid-gid --make-directories --nonmatching --link
          flags: --dereference --preserve-modification-time --no-absolute-filenames --absolute-filenames --quiet --rename
          flags: --swap-bytes --swap-halfwords --to-stdout --unconditional --verbose --dot --only-verify-crc --sparse
          flags: --force-local --device-independent --reproducible --renumber-inodes --ignore-devno --help --version
          flags: --no-preserve-owner --insecure --trailer
          handler: cpio

        pax
          option: -f inert
          flag: -r
          flag: -w
          values: -b -B -E -G -o -p -s -T -U -x
          flags: -a -A -c -d -D -H -i -j -J -k -l -L -n -O -P -t -u -v -X -y -Y -z -Z -0
          handler: pax

        zip
          option: -TT --unzip-command shell
          option: -b --temp-path write-tree
          option: -O --output-file --out write
          option: -i@ -x@ read
          flag: -T --test
          flag: -m --move
          flag: -d --delete
          flag: -r --recurse-paths
          flag: -@ --names-stdin
          flag: -R
          values: -n --suffixes -t --from-date -tt --before-date -P --password -s --split-size -Z --compression-method
          option: -lf --logfile-path write
          flags: -0 -1 -2 -3 -4 -5 -6 -7 -8 -9 -a -A -c -D -e -E -f -F -FF -g -h -h2 -j -J -k -l -ll -L -la -li -MM -nw
          flags: -o -p -q -S -sb -sd -sf -so -sp -sv -u -v -ws -X -y -z -! -$ -FI -FS -AC -AS -DF -DG -UN
          flags: --quiet --recurse-patterns --junk-paths --verbose --version --help --freshen --update --encrypt
          flags: --symlinks --no-dir-entries --no-extra --filesync --grow --latest-time --copy --exclude-vcs
          option: -x --exclude inert
          option: -i --include inert
          handler: zip

        unzip, zipinfo, funzip
          option: -d inert
          flag: -l -Z -z
          flag: -t
          flag: -p -c
          option: -P inert
          flags: -a -aa -b -C -f -h -hh -I -j -K -L -M -n -o -O -q -qq -s -S -T -u -U -v -V -W -X -x -1 -2 -: -$ -/ -^ -D
          flags: -DD -B -F -i -N
          handler: unzip

        lzop
          option: -o --output write
          option?: -p --path write-tree
          option: -S --suffix name-part
          flag: -c --stdout --to-stdout ; operands read...
          flag: -l --list --ls --info ; operands read...
          flag: -t --test ; operands read...
          flag: -k --keep
          flags: -d -x -i -I -f -F -n -N -P -q -v -L -V -h -H -U -C -T --fast --best --force --decompress --extract --delete --unlink
          flags: --quiet --verbose --no-name --name --crc32 --no-checksum --no-stdin --no-warn --ignore-warn --help --version -NUM
          handler: compress

        gzip, gunzip, uncompress, uncompress.real, compress, bzip2, bunzip2, pbzip2, lbzip2, xz, unxz, lzma, unlzma, lzip, lunzip, plzip, zstd, unzstd, zstdmt, pzstd, lz4, unlz4, brotli, pigz, unpigz, lzo, rzip, lrzip, pixz
          option: -o --output write
          option: -D --patch-from --dict read
          option: --output-dir-flat --output-dir-mirror write-tree
          option: --files --files0 --filelist list-file
          flag: -c --stdout --to-stdout ; operands read...
          flag: -l --list ; operands read...
          flag: -t --test ; operands read...
          flag: -k --keep
          flag: -r --recursive ; tree
          flag: -NUM
          option: -S --suffix name-part
          values: -b --bits --memlimit --memlimit-compress --memlimit-decompress -M --block-size --check -C
          values: --format -F --threads -T -p --processes -q --quality -w --lgwin -B --flush-timeout --block-list --memory
          values?: --fast --ultra --long --adapt --rsyncable --lzma1 --lzma2 --x86 --arm --delta --sparse --verbose --jobs
          flags: -d -f -h -n -N -v -V -a -L -z -s -e -0 -1 -2 -3 -4 -5 -6 -7 -8 -9 -19 -m -i
          flags: --decompress --uncompress --force --help --no-name --name --quiet --version --license --synchronous
          flags: --small --extreme --best --robot --info-memory --no-sparse --single-stream --ignore-check --no-adjust
          flags: --rm --no-progress --no-check --compress --content-size --no-content-size --exclude-compressed --ascii
          flags: --repetitive-fast --repetitive-best --independent --first --huffman --no-time --rle --no-warn
          handler: compress

        zcat, bzcat, xzcat, lzcat, zstdcat, lz4cat, gzcat
          option: -o --output write
          option: --output-dir-flat --output-dir-mirror write-tree
          option: --files --files0 --filelist list-file
          option: -D --patch-from read
          any-option: plain
          operands: read...

        7z, 7za, 7zr, 7zz, p7zip
          style: single
          flag: -sdel ; opaque:path-write
          flags: -y -r -bd -bb0 -ssc -spf -snl -scs -r- -r0 -so -si -slt -sse
          option: -o* inert
          option: -w* write-tree
          option: -p* -m* -t* -x* -i* -v* -bs* -bb* -ax* -ai* -an* -ao* -u* -s* -scrc* inert
          handler: sevenzip

        rar, unrar
          any-option: yes
          handler: sevenzip

        gar
          style: dashless
          flag: -x
          flag: -p -t
          flag: -M
          flags: -d -m -q -r -s -a -b -i -c -D -f -l -N -o -P -S -u -U -v -V -T -O --help --version --thin
          option: --output directory
          option: --plugin code-file
          values: --target --record-libdeps
          handler: ar

        unar, lsar, atool, aunpack, apack, als, dtrx, patool
          option: -o --output-directory --outdir -X --extract-to write-tree
          option: -O --option opaque:arguments
          option: -f --config code-file
          any-option: plain
          operands: read...
          always: write-tree .

        cabextract, arj, lha, unarj, zoo, ark, file-roller, xar, xorriso, mksquashfs, makeself, shar, unshar
          always: opaque:arguments

        mkisofs, genisoimage
          option: -o -log-file write
          option: -path-list list-file
          option: -p -publisher -A -appid -V -volid -b -c -sysid -copyright -abstract -biblio -volset -input-charset -output-charset inert
          flags: -J -r -R -l -L -D -f -T -v -q -quiet -udf -joliet -rock -rational-rock -no-emul-boot -boot-info-table -graft-points
          any-option: plain
          operands: read-tree...
          style: single

        unsquashfs
          flag: -l -ll -lls -lln -lc -llc -s -stat -v -version -cat ; operands plain-read...
          option: -d -dest write-tree
          option: -e -ef -excludes -processors -p inert
          any-option: plain
          style: single
          operands: read...
          always: write-tree squashfs-root

        rpm2cpio
          any-option: plain
          operands: read...

        dpkg-split
          flag: -s --split ; operands read write-prefix
          flag: -a --auto --discard -d ; opaque:path-write
          option: -o --output write
          option: --depotdir write-tree
          any-option: plain
          operands: read...

        gstrip
          option: -o write
          any-option: plain
          operands: modify...
        """#
}
