// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Variables that a shell gives a meaning to.
enum ShellVariables {
    /// Always whole numbers.
    static let numbers: Set<UTF8String> = [
        "RANDOM", "SRANDOM", "SECONDS", "LINENO", "BASHPID", "PPID", "UID", "EUID", "EPOCHSECONDS", "COLUMNS", "LINES",
        "SHLVL", "HISTCMD", "OPTIND", "BASH_SUBSHELL", "COPROC_PID",
    ]
    /// Others whose values a shell evaluates as numbers.
    static let evaluated: Set<UTF8String> = ["TMOUT", "FUNCNEST", "EPOCHREALTIME", "BASH_ARGV0", "HISTSIZE"]

    /// Whether what is assigned is evaluated as a number.
    static func isEvaluated(_ name: UTF8String) -> Bool { numbers.contains(name) || evaluated.contains(name) }

    /// Paths that are absolute wherever they are set.
    static let absolute: Set<UTF8String> = ["HOME", "PWD", "OLDPWD", "PATH", "SHELL"]
    /// Set by the shell as it goes on, whatever was assigned.
    static let dynamic: Set<UTF8String> = [
        "BASH_REMATCH", "FUNCNAME", "BASH_COMMAND", "BASH_SOURCE", "BASH_ARGV", "BASH_ARGC", "BASH_LINENO",
        "BASH_EXECUTION_STRING", "PIPESTATUS", "GROUPS", "DIRSTACK", "MATCH", "match", "mbegin", "mend", "funcstack",
        "pipestatus", "COMP_LINE", "COMP_WORDS", "READLINE_LINE",
    ]
    /// Their values are run by a shell.
    static let running: Set<UTF8String> = ["PROMPT_COMMAND", "PS0", "PS1", "PS2", "PS4"]
    static func hasUpper(_ name: UTF8String) -> Bool { name.string.utf8.contains { (0x41...0x5a).contains($0) } }

    /// They say which commands a shell keeps, and where.
    static let history: Set<UTF8String> = ["HISTFILE", "HISTSIZE", "HISTFILESIZE", "HISTCONTROL", "HISTIGNORE"]
    /// Their values are expanded by a shell.
    static let prompts: Set<UTF8String> = ["PS0", "PS1", "PS2", "PS4"]

    /// Functions that bash or zsh call by themselves: for a name that is no command, before and after commands and
    /// directories, at signals and at the end.
    static func isHook(_ name: UTF8String) -> Bool {
        name.hasPrefix("command_not_found_handle") || name.hasPrefix("TRAP")
            || ["precmd", "preexec", "chpwd", "periodic", "zshexit", "zshaddhistory"].contains(name)
    }

    /// Folders that programs are looked up in anyway.
    static let systemFolders: [UTF8String] = [
        "/bin", "/sbin", "/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin", "/opt/homebrew/bin",
    ]
    /// Places that only an administrator writes to.
    static let systemTrees: [UTF8String] = [
        "/usr/", "/bin/", "/sbin/", "/opt/", "/snap/", "/nix/", "/Library/", "/System/",
    ]
    /// Folders below the home folder in which people have their tools installed.
    static let toolFolders: [UTF8String] = [
        ".local/bin", ".cargo/bin", "go/bin", ".go/bin", ".nvm", ".bun/bin", ".deno/bin", ".rbenv", ".pyenv", ".volta",
        ".npm-global/bin", ".asdf", ".sdkman", ".dotnet", ".yarn/bin", ".poetry/bin", ".fnm", ".swiftly/bin",
        ".nix-profile/bin", ".foundry/bin", ".config/yarn", ".composer/vendor/bin", "miniconda3", "anaconda3",
    ]
}

extension ShellWalk {
    /// What the environment gives a variable that the text did not set.
    func initial(_ name: UTF8String) -> ShellVariable.Content {
        if let value = environment.variables[name] { return .scalars([ShellValue(value)]) }
        switch name {
        case "IFS": return .scalars([ShellValue(" \t\n")])
        case "HOME": if let home = environment.home { return .scalars([ShellValue(home)]) }
        case "OPTIND": return .scalars([ShellValue("1")])
        case "TMPDIR": return .scalars([nil, .unknown])
        default: break
        }
        if ShellVariables.numbers.contains(name) { return .scalars([.number]) }
        if ShellVariables.absolute.contains(name) { return .scalars([ShellValue(pieces: [.text("/"), .unknown])]) }
        return .scalars([.unknown])
    }

    /// What a variable can be; `nil` is unset.
    func values(of name: UTF8String, _ state: ShellState) -> [ShellValue?] {
        if let first = name.bytes.first, first.isDigit || name.byteCount == 1 {
            if let special = special(name, state) { return special }
        }
        guard let variable = state.variables[name] else {
            switch name {
            case "PWD":
                if let directories = state.directories { return directories.map { ShellValue($0) } }
            case "OLDPWD":
                if let directories = state.earlierDirectories { return directories.map { ShellValue($0) } }
            default: break
            }
            return content(initial(name))
        }
        return content(variable.content)
    }

    private func content(_ content: ShellVariable.Content) -> [ShellValue?] {
        switch content {
        case .scalars(let values): return values
        case .lists(let lists): return lists.map(\.first)
        case .bag(let values): return values + [nil]
        }
    }

    private func special(_ name: UTF8String, _ state: ShellState) -> [ShellValue?]? {
        switch name {
        case "?", "#", "$", "!":
            if name == "#", let lists = state.positional, lists.allSatisfy({ !$0.contains(.unknown) }) {
                return lists.map { ShellValue(UTF8String("\($0.count)")) }
            }
            return [.number]
        case "-": return [.token]
        case "_": return [.unknown]
        case "0": return state.shellName
        default: break
        }
        guard name.bytes.allSatisfy(\.isDigit) else { return nil }
        guard let lists = state.positional, let number = Int(name.string) else { return [.unknown] }
        return lists.map { list in
            if list.prefix(number).contains(.unknown) { return .unknown }
            return number <= list.count ? list[number - 1] : nil
        }
    }

    /// The elements that `$@` or `${a[@]}` stands for: every list that it can be.
    func elements(of name: UTF8String, _ state: ShellState) -> [[ShellValue]] {
        if name == "@" || name == "*" { return state.positional ?? [[.unknown]] }
        switch state.variables[name]?.content ?? initial(name) {
        case .scalars(let values): return values.map { $0.map { [$0] } ?? [] }
        case .lists(let lists): return lists
        case .bag(let values):
            // In an order that is not followed: any may be the first, and some may be gone.
            guard values.count > 1 else { return values.isEmpty ? [[]] : [values] }
            guard values.count <= Limits.listAlternativesMax else { return [[.unknown]] }
            return values.indices.map { first in
                [values[first]] + values.indices.filter { $0 != first }.map { values[$0] }
            }
        }
    }

    /// Where programs are found after an assignment to `PATH`. `$PATH` in it is what it was.
    func search(after word: ShellWord, _ values: [ShellValue], _ state: ShellState) -> SearchPath {
        var isOld = state.search
        var pieces: [ShellValue.Piece] = []
        func add(_ parts: [ShellWord.Part]) -> Bool {
            for part in parts {
                switch part {
                case .parameter(let parameter)
                where parameter.name == "PATH" && parameter.index == nil && !parameter.isIndirect:
                    switch parameter.operation {
                    case .value: pieces.append(.text("/usr/bin"))
                    default: return false
                    }
                case .text(let text), .quoted(let text): pieces.append(.text(text))
                case .doubleQuoted(let parts): guard add(parts) else { return false }
                case .tilde(""): pieces.append(.text(environment.home ?? "~"))
                case .parameter(let parameter) where parameter.operation == .value && parameter.index == nil:
                    guard let value = self.values(of: parameter.name, state).first, let text = value?.known else {
                        return false
                    }
                    pieces.append(.text(text))
                default: return false
                }
            }
            return true
        }
        if add(word.parts), values.count == 1, let text = ShellValue(pieces: pieces).known {
            // `export PATH=…` is one word.
            let bytes = text.hasPrefix("PATH=") ? text.bytes.dropFirst(5) : text.bytes[...]
            for folder in bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false) {
                isOld = max(isOld, UTF8String(validating: folder).map { search(in: $0, state) } ?? .unknown)
            }
            return isOld
        }
        return search(in: values, state)
    }

    /// Where programs are found with these values of `PATH`.
    func search(in values: [ShellValue], _ state: ShellState) -> SearchPath {
        values.allSatisfy { $0.known != nil }
            ? values.compactMap(\.known).flatMap { $0.bytes.split(separator: UInt8(ascii: ":")) }
                .map { UTF8String(validating: $0).map { search(in: $0, state) } ?? .unknown }.max() ?? .unknown
            : .unknown
    }

    private func search(in folder: UTF8String, _ state: ShellState) -> SearchPath {
        let folder = folder.isEmpty ? "." : folder
        var worst = SearchPath.system
        let bases: [UTF8String?] = folder.hasPrefix("/") ? [nil] : (state.directories ?? []).map { $0 }
        if bases.isEmpty { return .unknown }
        for base in bases {
            guard let path = CanonicalPath(exact: folder, in: environment, base: base) else { return .unknown }
            for reading in path.readings { worst = max(worst, search(at: reading)) }
        }
        return worst
    }

    private func search(at folder: UTF8String) -> SearchPath {
        let tree = UTF8String("\(folder)/")
        if isOwn(tree) { return .project }
        if ShellVariables.systemTrees.contains(where: { tree.hasPrefix($0) }) { return .system }
        if let home = environment.home,
            ShellVariables.toolFolders.contains(where: { tree.hasPrefix(UTF8String("\(home)/\($0)/")) })
        {
            return .system
        }
        return .unknown
    }

    /// Whether a path is in the project, or the project itself. Where nobody says what that is, it is the directory that the
    /// call runs in; where somebody does, it is not: a call may choose its directory.
    func isOwn(_ path: UTF8String) -> Bool {
        guard let place = environment.root ?? environment.workingDirectory, place != "/" else { return false }
        return path == place || path.hasPrefix(place.hasSuffix("/") ? place : UTF8String("\(place)/"))
    }
}
