// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ProgramHandlers {
    /// `git ls-files`, `git diff --name-only`: names of files in the repository.
    static func gitNames(_ run: inout ProgramRun) {
        let plain = [
            "--cached", "--staged", "-z", "-c", "-m", "-o", "-d", "--others", "--modified", "--deleted",
            "--exclude-standard",
        ]
        let isNames = run.name == "git ls-files" || run.name == "git diff" && run.has("--name-only")
        let known = ["--name-only", "--diff-filter", "--cached"].compactMap { run.entry.spellings[$0] }
        let isPlain =
            run.words.unknown.allSatisfy { word in word.known.map { plain.contains($0.string) } ?? false }
            && run.words.options.allSatisfy { known.contains($0.rule) } && run.directory == nil
        // Of two paths outside of a repository git tells the names as they are.
        let isInside = run.operands.allSatisfy { word in
            guard let text = word.known?.string else { return false }
            return !text.hasPrefix("/") && !text.hasPrefix("~") && !text.contains("../") && text != ".."
        }
        if isNames, isPlain, isInside { run.add(.output(ShellValue(pieces: [.text("./"), .wildcard("**")]))) }
    }

    /// Without a directory, the new repository lies in one that is named after the old one.
    static func gitClone(_ run: inout ProgramRun) {
        guard run.operands.count == 1, let source = run.operands.first else { return }
        guard let name = source.lastComponent else {
            return run.path([.write], source.known == nil ? .unknown : ".", isTree: true)
        }
        var bytes = name.bytes
        if let colon = bytes.lastIndex(of: UInt8(ascii: ":")) { bytes.removeSubrange(...colon) }
        if bytes.suffix(4).elementsEqual(".git".utf8) { bytes.removeLast(4) }
        run.path([.write], ShellValue(bytes: bytes), isTree: true)
    }

    /// `git config`, in its old form (`key value`) and its new one (`set key value`).
    static func gitConfig(_ run: inout ProgramRun) {
        var operands = run.operands
        run.operands = []
        let verbs = [
            "list", "get", "set", "unset", "rename-section", "remove-section", "edit", "get-color", "get-colorbool",
        ]
        var verb = ""
        if let first = operands.first?.known?.string, verbs.contains(first) {
            verb = first
            operands.removeFirst()
        }
        let reads = run.has("--get") || verb.hasPrefix("get") || verb == "list"
        let changes =
            verb == "set" || run.has("--unset") || ["unset", "rename-section", "remove-section", "edit"].contains(verb)
        if reads || !changes && operands.count < 2 { return credentials(operands, &run) }
        for file in run.values("-f") { run.path([.write], file) }
        if run.has("--global") {
            run.path([.write], "~/.gitconfig")
        } else if run.has("--system") {
            run.path([.write], "/etc/gitconfig")
        } else if !run.has("-f"), !isPlain(operands, verb, run) {
            run.path([.write], ".git/config")
        }
        guard operands.count > 1, verb == "set" || verb.isEmpty, !run.has("--unset") else { return }
        guard let key = operands[0].known else { return run.add(opaque: .code) }
        GitSetting.apply(&run, key, operands[1])
    }

    /// `git apply`: the patch is a file's, or comes in.
    static func gitApply(_ run: inout ProgramRun) {
        let isRead = run.operands.allSatisfy { $0.is("-") } && run.values("--directory").isEmpty
        let looks: [UTF8String] = ["--stat", "--numstat", "--summary", "--check"]
        let isLooked = run.words.unknown.contains { word in word.known.map(looks.contains) ?? false }
        if !isLooked || run.words.unknown.contains(where: { $0.is("--apply") }) { patched(&run, isRead: isRead) }
    }

    /// Whether a setting of the repository is one of those that only say how git shows or names things: what it keeps of
    /// them is its own affair.
    private static func isPlain(_ operands: [ShellValue], _ verb: String, _ run: ProgramRun) -> Bool {
        guard verb == "set" || verb == "unset" || verb.isEmpty,
            let key = operands.first?.known, operands.count < 3, run.words.unknown.isEmpty
        else { return false }
        return GitSetting.isPlain(key)
    }

    /// git-extras' `git alias NAME COMMAND`.
    static func gitAlias(_ run: inout ProgramRun) {
        guard run.operands.count > 1 else { return }
        run.path([.write], "~/.gitconfig")
        GitSetting.apply(&run, "alias.x", run.operands[1])
    }

    /// `gh config set KEY VALUE`.
    static func ghConfig(_ run: inout ProgramRun) {
        guard run.name.hasSuffix(" set"), run.operands.count > 1 else { return }
        let runs = ["editor", "pager", "browser"]
        if run.operands[0].known.map({ runs.contains($0.string) }) ?? true {
            run.add(.shell(run.operands[1], run.setting()))
        }
    }

    /// `gh alias set NAME EXPANSION`: one that begins with `!` is a shell's.
    static func ghAlias(_ run: inout ProgramRun) {
        guard run.operands.count > 1 else { return }
        let expansion = run.operands[1]
        if expansion.prefix.hasPrefix("!") { run.add(.shell(expansion.dropping(1), run.setting())) }
        if expansion.known == nil || expansion.is("-") { run.add(opaque: .code) }
    }
}
