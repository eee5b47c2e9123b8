// SPDX-License-Identifier: Apache-2.0

import HomeFolder
import Hooks
import StrictJSON

/// The command line that a harness's settings have.
struct HookLine: Equatable {
    /// This program, absolute.
    var program: String
    var harness: Harness
    var asks: Asks
    /// The project, absolute, where the settings are of one.
    var project: String?
    var approves = false

    /// Where the hook has its decisions from.
    enum Asks: Equatable {
        /// An installation's folder, a passport, and the key that it is bound to where it is; all absolute.
        case installation(home: String, passport: String, passportKey: String?)
        /// A protected installation's socket: there the user is the agent.
        case door(AnswerDoor)

        fileprivate var arguments: [String] {
            switch self {
            case .installation(let home, let passport, let key):
                ["--home", home, "--passport", passport] + (key.map { ["--passport-key", $0] } ?? [])
            case .door(let door): door.arguments
            }
        }
    }

    /// Without the program.
    var arguments: [String] {
        ["hook", harness.rawValue] + asks.arguments + (project.map { ["--project", $0] } ?? [])
            + (approves ? ["--auto-approve"] : [])
    }

    /// For a shell. Whatever ends the program otherwise than it means to, and a program that is not there, is a refusal.
    var shell: String { Self.shell([program] + arguments) }

    static func shell(_ words: some Sequence<String>) -> String {
        words.map(ShellQuoting.quoted).joined(separator: " ") + " || exit 2"
    }
}

/// A command line found in a harness's settings: a program with its arguments, or a text for a shell.
struct FoundLine: Equatable {
    enum Form: Equatable {
        case program(String, [String])
        case shell(String)
    }

    var form: Form
    /// In seconds, where the settings say.
    var timeout: Double?
    var failsClosed: Bool?
    /// Whether the harness starts it and goes on at once, whatever it says then.
    var isAsynchronous = false
    /// Whether the harness asks it for some calls only.
    var isConditional = false

    /// What is wrong with the handler itself, so that nobody can tell what the harness makes of it.
    var faults: [String] = []

    /// A handler of a harness's settings, by the members that this harness reads; `nil` where it runs no command.
    init?(_ handler: JSON, of harness: Harness) {
        guard handler["type"] == nil || handler["type"] == "command", let form = Self.form(handler, harness) else {
            return nil
        }
        self.form = form
        isAsynchronous = ["async", "asyncRewake"].contains { handler[$0].map { $0.bool != false } ?? false }
        isConditional = handler["if"].map { !$0.isNull } ?? false
        failsClosed = handler["failClosed"]?.bool
        if handler["type"] == nil, harness != .cursor, harness != .openclaw {
            faults.append("it has no `type`, which must be \"command\"")
        }
        let commands = harness == .copilot ? ["exec", "bash", "command"].filter { handler[$0] != nil } : []
        if commands.count > 1 {
            faults.append(
                "it has \(commands.map { "`\($0)`" }.joined(separator: " and ")), of which the harness runs only one")
        }
        let waits = (harness == .copilot ? ["timeoutSec", "timeout"] : ["timeout"]).compactMap { handler[$0] }
        timeout = waits.compactMap { $0.number?.double }.min()
        // Longer than a timer of Node's can be is no time at all to it.
        let most = Double(Int32.max) / (harness == .gemini ? 1 : 1000)
        if !waits.allSatisfy({ ($0.number?.double).map { $0 <= most } ?? false }) {
            faults.append("its `timeout` is no number that the harness could wait for")
        } else if waits.contains(where: { $0 != waits[0] }) {
            faults.append("its `timeoutSec` and `timeout` contradict each other")
        }
    }

    private static func form(_ handler: JSON, _ harness: Harness) -> Form? {
        let command = handler["command"]?.string
        switch harness {
        case .claudeCode:
            return command.map {
                handler["args"]?.array == nil ? .shell($0.string) : .program($0.string, words(handler["args"]))
            }
        case .codex, .cursor, .gemini: return command.map { .shell($0.string) }
        case .copilot, .openclaw:
            if let program = handler["exec"]?.string { return .program(program.string, words(handler["args"])) }
            return (handler["bash"]?.string ?? command).map { .shell($0.string) }
        }
    }

    private static func words(_ json: JSON?) -> [String] { (json?.array ?? []).map { $0.string?.string ?? "" } }

    /// For people.
    var text: String {
        switch form {
        case .program(let program, let arguments): ([program] + arguments).joined(separator: " ")
        case .shell(let text): text
        }
    }

    /// Whether it runs Writ's hook for a harness, as `writ install` writes it.
    func isWrit(for harness: Harness) -> Bool {
        switch form {
        case .program(let program, let arguments):
            Self.isWrit(program) && arguments.starts(with: ["hook", harness.rawValue])
        case .shell(let text):
            Self.words(of: text).map { words in
                words.count > 2 && Self.isWrit(words[0]) && Array(words[1...2]) == ["hook", harness.rawValue]
            } ?? false
        }
    }

    /// The program, where it can be told.
    var program: String? {
        switch form {
        case .program(let program, _): program
        case .shell(let text): Self.words(of: text)?.first
        }
    }

    /// The arguments, where they can be told.
    var arguments: [String] {
        switch form {
        case .program(_, let arguments): arguments
        case .shell(let text): Array((Self.words(of: text) ?? []).dropFirst())
        }
    }

    /// Whether a shell's line is what `writ install` writes: its words, nothing that would make of a failure something
    /// else, and a refusal at the end.
    var refusesWhatFails: Bool {
        guard case .shell(let text) = form, let words = Self.words(of: text) else { return false }
        return HookLine.shell(words.dropLast(3)) == text
    }

    /// An option's value, the last one where it is given twice.
    func option(_ name: String) -> String? {
        var found: String?
        for (place, word) in arguments.enumerated() {
            if word == name, place + 1 < arguments.count { found = arguments[place + 1] }
            if word.hasPrefix(name + "=") { found = String(word.dropFirst(name.count + 1)) }
        }
        return found
    }

    /// This very program, or one that is called as Writ is, with a version behind it or without.
    private static func isWrit(_ program: String) -> Bool {
        guard let name = program.split(separator: "/").last else { return false }
        if name == "writ" || name.hasPrefix("writ-") || name.hasPrefix("writ_") { return true }
        do { return try program == DaemonProgram.ownPath() } catch { return false }
    }

    /// The words of what `HookLine.shell` writes; `nil` for what has quotes that do not end.
    private static func words(of text: String) -> [String]? {
        var words: [String] = []
        var word: String?
        var isQuoted = false
        var isEscaped = false
        for character in text {
            if isEscaped {
                word = (word ?? "") + String(character)
                isEscaped = false
            } else if character == "'" {
                isQuoted.toggle()
                word = word ?? ""
            } else if isQuoted {
                word = (word ?? "") + String(character)
            } else if character == "\\" {
                isEscaped = true
            } else if character == " " || character == "\t" {
                if let done = word { words.append(done) }
                word = nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        if let word { words.append(word) }
        return isQuoted ? nil : words
    }
}
