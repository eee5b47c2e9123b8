// SPDX-License-Identifier: Apache-2.0

extension ProgramFamilies {
    /// GNU coreutils, and the same programs of BSD and macOS.
    static let coreutils = #"""
        cat
          flags: -A -b -e -E -n -s -t -T -u -v -l --show-all --number-nonblank --show-ends --number --squeeze-blank
          flags: --show-tabs --show-nonprinting --help --version
          operands: read...
          always: passes

        cp
          flags: -a -d -f -i -l -L -n -p -P -s -T -u -v -x -Z -H -c -N --archive --attributes-only --copy-contents --debug
          flags: --force --interactive --link --dereference --no-clobber --no-dereference --keep-directory-symlink
          flags: --strip-trailing-slashes --symbolic-link --no-target-directory --verbose --one-file-system --parents
          flags: --remove-destination --help --version
          flag: -R -r --recursive ; tree
          option: -S --suffix inert
          option: -t --target-directory inert
          option?: --backup inert
          flags: -b
          option?: --preserve inert
          option: --no-preserve inert
          option?: --reflink inert
          option: --sparse inert
          option?: --context inert
          option?: --update inert
          handler: copy
          operands: read...

        sort
          flags: -b -d -f -g -i -M -h -n -R -r -V -c -C -m -s -u -z
          flags: --ignore-leading-blanks --dictionary-order --ignore-case --general-numeric-sort --ignore-nonprinting
          flags: --month-sort --human-numeric-sort --numeric-sort --random-sort --reverse --version-sort --merge --stable
          flags: --unique --zero-terminated --debug --help --version
          option: --random-source read
          option: --sort inert
          option: --batch-size inert
          option?: --check inert
          option: --compress-program program
          option: --files0-from list-file
          option: -k --key inert
          option: -o --output write
          option: -S --buffer-size inert
          option: -t --field-separator inert
          option: -T --temporary-directory write-tree
          option: --parallel inert
          operands: read...

        timeout, gtimeout
          flags: -f -p -v --foreground --preserve-status --verbose --help --version
          option: -k --kill-after inert
          option: -s --signal inert
          operands: inert command...
        """#
}
