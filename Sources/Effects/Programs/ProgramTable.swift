// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Synchronization

/// What common programs do with their options and operands: a table of texts, read entry by entry as programs come up.
final class ProgramTable: ProgramKnowledge {
    /// The table that comes with Writ.
    static let standard = ProgramTable(ProgramFamilies.all)

    private let index: ProgramIndex
    private let entries = Mutex<[UTF8String: ProgramEntry?]>([:])
    /// Subcommands' entries with what they have of their program's, by the program and then the subcommand.
    private let inherited = Mutex<[[UTF8String]: ProgramEntry]>([:])

    /// A table of these texts.
    init(_ families: [String]) { index = ProgramIndex(families) }

    /// What the program does; `nil` for one that is not in the table.
    func actions(of invocation: Invocation) -> [ProgramAction]? {
        for name in Self.names(invocation.program) {
            guard let entry = entry(name) else { continue }
            // A name with a blank in it is a subcommand's entry, not a program's.
            guard !name.string.utf8.contains(UInt8(ascii: " ")) else { continue }
            var run = ProgramRun(self, invocation, name, entry, depth: 0)
            return run.run()
        }
        return nil
    }

    /// The entry of a program or, with a blank between, of its subcommand.
    func entry(_ name: UTF8String) -> ProgramEntry? {
        entries.withLock { entries in
            if let known = entries[name] { return known }
            guard entries.count < Limits.rememberedEntriesMax else { return read(name) }
            let entry = read(name)
            entries[name] = .some(entry)
            return entry
        }
    }

    /// The entry of a program's subcommand, with the options that it has of the program.
    ///
    /// - Parameters:
    ///   - name: of the subcommand's own entry.
    ///   - program: the program's name, whose entry is `parent`.
    func entry(_ name: UTF8String, of program: UTF8String, _ parent: ProgramEntry) -> ProgramEntry? {
        guard parent.isInherited else { return entry(name) }
        if let known = inherited.withLock({ $0[[program, name]] }) { return known }
        guard var entry = entry(name) else { return nil }
        entry.inherit(parent)
        return inherited.withLock { inherited in
            if inherited.count < Limits.rememberedEntriesMax { inherited[[program, name]] = entry }
            return entry
        }
    }

    private func read(_ name: UTF8String) -> ProgramEntry? {
        guard let lines = index.lines(name) else { return nil }
        do throws(ProgramTableError) {
            return try ProgramEntryReader.entry(lines)
        } catch {
            // A test reads the whole table: this is for a table of somebody's own.
            var entry = ProgramEntry(names: [name])
            entry.always = [.action(RoleAction(role: .opaque(.arguments), value: ""))]
            return entry
        }
    }

    /// A program's name, and what it is without a version: `python3.12`, `gcc-12`, `lua5.4`. Only of programs that are
    /// installed so: another name that ends in a digit is another program (`ascii85` is not `ascii`).
    static func names(_ program: UTF8String) -> [UTF8String] {
        let bytes = program.bytes
        guard let last = bytes.last, last.isDigit else { return [program] }
        var base = bytes.prefix((bytes.lastIndex { !$0.isDigit && $0 != UInt8(ascii: ".") } ?? -1) + 1)
        if base.last == UInt8(ascii: "-") { base.removeLast() }
        guard let name = UTF8String(validating: base), versioned.contains(name) else { return [program] }
        return [program, name]
    }

    private static let versioned: Set<UTF8String> = [
        "python", "pypy", "pip", "pydoc", "idle", "python-config", "pytest", "ipython", "ruby", "gem", "irb", "rake",
        "bundle", "erb", "lua", "luac", "luajit", "luarocks", "php", "phpize", "php-config", "phar", "perl", "cpan",
        "node",
        "nodejs", "npm", "tclsh", "wish", "guile", "gcc", "g++", "c++", "cc", "cpp", "gcov", "gfortran", "gccgo",
        "gnat",
        "clang", "clang++", "clang-cpp", "clang-format", "clang-tidy", "clangd", "lld", "ld.lld", "lldb", "llc", "opt",
        "llvm-ar", "llvm-nm", "llvm-objdump", "llvm-cov", "llvm-profdata", "automake", "aclocal", "autoconf", "java",
        "javac", "go", "gofmt", "ghc", "runghc", "ghci", "ocaml", "swift", "julia", "erl", "bash", "ksh", "zsh", "psql",
        "pg_dump", "openssl", "gdb", "vim", "emacs", "bison", "flex", "meson", "cmake", "ctest", "sphinx-build",
    ]
}
