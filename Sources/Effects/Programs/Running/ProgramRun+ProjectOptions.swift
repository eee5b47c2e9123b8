// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Options by which programs that run the project's code are given other code: settings, modules, plugins, build files.
extension ProgramRun {
    /// What lies outside of the working directory and is named by such an option is run or loaded, whatever else the entry
    /// says of the option.
    mutating func applyProjectOptions() {
        guard runsProject else { return }
        for option in words.options {
            let rule = entry.options[option.rule]
            guard let value = option.value, Self.isOnlyLookedAt(rule.role), rule.names.contains(where: Self.bringsCode)
            else { continue }
            projectPart(value)
        }
        for word in words.unknown where Self.bringsCode(word.prefix) {
            if let value = word.split(at: UInt8(ascii: "="))?.after { projectPart(value) }
        }
        // Which of the options they follow is not known any more.
        if words.unknown.contains(where: { Self.bringsCode($0.prefix) }) {
            for word in words.afterUnknown { projectPart(word) }
        }
    }

    private var runsProject: Bool {
        entry.always.contains { if case .action(let action) = $0 { action.role == .project } else { false } }
    }

    private mutating func projectPart(_ value: ShellValue) {
        if ProgramRoles.isElsewhere(value.prefix.bytes) { ProgramRoles.projectPart(&self, value) }
    }

    /// Whether an argument with this role is no more than read.
    private static func isOnlyLookedAt(_ role: OperandRole) -> Bool {
        switch role {
        case .inert, .named("plain"), .named("plain-read"): true
        case .path(let verbs, _): verbs == [.read]
        default: false
        }
    }

    /// Whether an option's name says that its argument is, or has, code or settings.
    static func bringsCode(_ option: UTF8String) -> Bool {
        let name = option.bytes.prefix { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: "*") }
        let words = name.split { !$0.isAlphanumeric }.map { String(decoding: $0, as: UTF8.self) }
        if words.count == 1, let word = words.first, word.utf8.count == 1 { return letters.contains(word) }
        return words.contains { word in
            let word = word.lowercased()
            return codeWords.contains(word) || codeEndings.contains(where: word.hasSuffix)
        }
    }

    private static let letters: Set<String> = ["c", "f", "r", "p", "I"]
    private static let codeWords: Set<String> = [
        "cfg", "rc", "settings", "ini", "require", "import", "load", "loader", "plugin", "plugins", "plugindir",
        "ext", "extension", "extensions", "preset", "presets", "init", "hook", "hooks", "options", "toolchain", "rules",
        "rulesdir", "runner", "script", "scripts", "module", "modules", "rootdir", "extern", "under",
    ]
    private static let codeEndings = ["config", "conf", "configuration", "rc", "rcfile", "makefile", "rakefile"]
}
