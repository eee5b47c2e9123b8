// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Glibc
import HomeFolder
import Hooks
import StrictJSON

/// `writ install HARNESS`.
struct InstallCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "install",
        abstract: "Put Writ's hook into a coding agent's settings, or take it out.",
        discussion: """
            writ install claude-code
            writ install cursor --project /home/you/app
            writ install codex --remove

            In mode protected the hook asks at the installation's socket; run this as Writ's user or root, with the home \
            folder of the agent's user as --user-home (docs/custody.md).

            What changes is shown first. Everything else in the settings stays as it is, comments and order included; \
            --remove brings the file back byte for byte where nothing else has changed. `writ doctor` shows whether the \
            hook is in the way.
            """)

    @Argument(help: "claude-code, codex, cursor, gemini, copilot or openclaw.") var harness: String
    @OptionGroup var home: HomeOption
    @OptionGroup var place: HarnessPlace
    @Option(help: "The passport that the hook shows. [default: the configuration's agent's, else the only one]")
    var passport: String?
    @Option(help: "The key (JWK) that the passport is bound to. [default: `agent_key:`, for the configuration's]")
    var passportKey: String?
    @Flag(help: "Take the hook out.") var remove = false
    @Flag(help: "Do not ask.") var yes = false
    @Flag(help: "Only show what would change.") var print = false
    @Flag(help: "Let allowed calls run without the harness asking its user, where it can be told.")
    var autoApprove = false

    func run() throws {
        let harness = try HarnessPlace.harness(harness)
        let home = try installation()
        let changes = try changes(harness, home)
        let real = changes.filter { !$0.isNone }
        guard !real.isEmpty else {
            guard remove else { return Output.line("\(harness.title): Writ's hook is there already.") }
            // Somebody else has taken it out: nothing should be there any more.
            let isForgotten = !print && forget(changes, home)
            return Output.line(
                "\(harness.title): Writ's hook is not there" + (isForgotten ? ", nor expected any more." : "."))
        }
        for change in real { Output.bytes(Array(Self.shown(change.difference).utf8)) }
        if print { return }
        guard yes || confirmed(real) else {
            Output.line("Nothing was changed.")
            throw ExitStatus.denied.exitCode
        }
        for change in real {
            // First the way back: a record of a change that was not made changes nothing.
            if !remove, let after = change.after, let digest = InstallRecord.digest(after) {
                let earlier = try InstallRecord.read(home, of: change.path)
                let isOurs = earlier.map { earlier in change.before.flatMap(InstallRecord.digest) == earlier.after }
                try InstallRecord(
                    before: isOurs == true ? earlier?.before : change.original, after: digest
                ).write(home, of: change.path)
            }
            try change.write()
            Output.line("Wrote \(Output.escaped(UTF8String(change.path)))")
        }
        if remove { _ = forget(changes, home) }
        // The plugin's own folder, where nothing else is in it.
        if remove, harness == .openclaw { rmdir(try place.settings(.openclaw).path) }
        for line in remove ? [] : AfterInstall.lines(harness, options: placeOptions) { Output.line(line) }
    }

    /// Removes what is remembered of the files; whether there was something.
    private func forget(_ changes: [FileChange], _ home: Home) -> Bool {
        let paths = Set(changes.flatMap { [$0.path, $0.named] }).filter { InstallRecord.exists(home, of: $0) }
        for path in paths { InstallRecord.remove(home, of: path) }
        return !paths.isEmpty
    }

    private func installation() throws -> Home {
        let path = try home.resolve().path
        guard FileAccess.exists(path) else {
            throw CommandFailure(.configuration, "there is no installation in \(path); make one with `writ init`")
        }
        return Home(try FullPath.of(path, "the installation's folder"))
    }

    private func changes(_ harness: Harness, _ home: Home) throws -> [FileChange] {
        do {
            return try harness == .openclaw ? plugin(home) : [settings(harness, home)] + features(harness, home)
        } catch let error as HomeError where error.code == .malformed {
            throw CommandFailure(
                .configuration, "\(error.message). Mend that, or move the file away, then run this again")
        }
    }

    /// What was said of where things are, for the next command line.
    private var placeOptions: String {
        [("--home", home.path), ("--user-home", place.userHome), ("--project", place.project)]
            .compactMap { name, value in value.map { " \(name) \(ShellQuoting.quoted($0))" } }.joined()
    }

    private func confirmed(_ changes: [FileChange]) -> Bool {
        guard isatty(STDIN_FILENO) == 1 else {
            Output.note("writ: nobody can be asked here; give --yes")
            return false
        }
        Output.bytes(Array("Write \(changes.count == 1 ? "this" : "these") [y/N]? ".utf8))
        return readLine(strippingNewline: true)?.lowercased() == "y"
    }

    private static func shown(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { Output.escaped(UTF8String(String($0))) }
            .joined(separator: "\n")
    }

    // MARK: changes

    private func settings(_ harness: Harness, _ home: Home) throws -> FileChange {
        let settings = try place.settings(harness)
        var change = try FileChange(settings.path)
        if remove {
            guard let before = change.before else { return change }
            change.after = try removed(settings, before, change.path, home)
        } else {
            let there = try SettingsText(change.before ?? [], path: settings.path)
            change.after = try settings.installed(try line(harness, home), in: there).bytes
            // An older hook of Writ's is not what the file was before.
            let without = try settings.removed(from: there).bytes
            if without != there.bytes { change.original = without }
        }
        return change
    }

    /// As it was before, where nothing else has changed since; else without Writ's part.
    private func removed(
        _ settings: HarnessSettings, _ before: [UInt8], _ path: String, _ home: Home
    ) throws -> [UInt8]? {
        if let record = try InstallRecord.read(home, of: path), InstallRecord.digest(before) == record.after {
            return record.before
        }
        let text = try SettingsText(before, path: settings.path)
        let without = try settings.removed(from: text)
        return without.bytes == text.bytes ? before : without.bytes
    }

    /// Codex runs hooks only where its configuration says so.
    private func features(_ harness: Harness, _ home: Home) throws -> [FileChange] {
        guard harness == .codex else { return [] }
        let path = "\(try place.user())/.codex/config.toml"
        var change = try FileChange(path)
        if remove {
            // Other hooks may need the switch by now, so it goes only with a file that nobody else has changed.
            if let before = change.before, let record = try InstallRecord.read(home, of: change.path),
                InstallRecord.digest(before) == record.after
            {
                change.after = record.before
            }
            return [change]
        }
        change.after = try TOMLSwitch.turnOn("hooks", in: "features", of: change.before ?? [], path: path)
        return [change]
    }

    private func plugin(_ home: Home) throws -> [FileChange] {
        let folder = try place.settings(.openclaw).path
        let line = try remove ? nil : line(.openclaw, home)
        return try OpenClawPlugin.files.map { name, text in
            var change = try FileChange("\(folder)/\(name)")
            let isCode = name == OpenClawPlugin.code.name
            if let line {
                change.after = Array(text(line.program, line.arguments).utf8)
                if isCode, change.before.map(OpenClawPlugin.isCode) ?? false {
                    change.original = try InstallRecord.read(home, of: change.path)?.before
                }
                return change
            }
            guard let before = change.before else { return change }
            if let record = try InstallRecord.read(home, of: change.path) {
                // The code is the hook, and goes in any case; what somebody has changed since is theirs otherwise.
                if isCode || InstallRecord.digest(before) == record.after { change.after = record.before }
            } else if isCode ? OpenClawPlugin.isCode(before) : before == Array(text("", []).utf8) {
                change.after = nil
            }
            return change
        }
    }

    private func line(_ harness: Harness, _ home: Home) throws -> HookLine {
        HookLine(
            program: try FullPath.of(try DaemonProgram.ownPath(), "this program"), harness: harness,
            asks: try asks(home, Configuration.read(home)), project: try place.folder(), approves: autoApprove)
    }

    private func asks(_ home: Home, _ configuration: Configuration) throws -> HookLine.Asks {
        if configuration.mode == .protected {
            guard passport == nil, passportKey == nil else {
                throw CommandFailure(
                    .usage,
                    "in mode protected the user that the harness runs as is the agent (protected/users): leave out "
                        + "--passport and --passport-key")
            }
            return .door(try AnswerDoor.of(home, configuration))
        }
        let key = passportKey ?? (passport == nil ? PassportChoice.configuredKey(home, configuration) : nil)
        guard let passport = try passport ?? PassportChoice.path(home, configuration) else {
            throw CommandFailure(
                .usage, "there is no passport in \(home.passports); make one with `writ passport issue`")
        }
        return .installation(
            home: home.path, passport: try FullPath.of(passport, "the passport"),
            passportKey: try key.map { try FullPath.of($0, "the passport's key") })
    }
}

/// Whose settings are meant.
struct HarnessPlace: ParsableArguments {
    @Option(
        defaultAsFlag: ".", parsing: .next,
        help: "The settings of this project, instead of your own; without a folder, of the one you are in.")
    var project: String?
    @Option(help: "The home folder that has the settings. [default: yours, by the user data base]") var userHome:
        String?

    func user() throws -> String {
        guard let userHome else { return try UserAccount.homeFolder() }
        return try FullPath.of(userHome, "--user-home")
    }

    func folder() throws -> String? { try project.map { try FullPath.of($0, "--project") } }

    func settings(_ harness: Harness) throws -> HarnessSettings {
        if let folder = try folder() { return HarnessSettings(harness, base: folder, isOfProject: true) }
        return HarnessSettings(harness, base: try user(), isOfProject: false)
    }

    static func harness(_ name: String) throws -> Harness {
        guard let harness = Harness(rawValue: name) else {
            let names = Harness.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandFailure(.usage, "there is no harness \(name); there are \(names)")
        }
        return harness
    }
}

/// Paths for settings: absolute, links followed, and there.
enum FullPath {
    static func of(_ path: String, _ what: String) throws -> String {
        guard let real = realpath(try WorkingDirectory.absolute(path), nil) else {
            throw CommandFailure(.usage, "\(what), \(path): \(String(cString: strerror(errno)))")
        }
        defer { free(real) }
        return String(cString: real)
    }
}

/// What is left to do for a person.
enum AfterInstall {
    static func lines(_ harness: Harness, options: String) -> [String] {
        let next: String
        switch harness {
        case .claudeCode: next = "Sessions that run already have their old hooks: start new ones."
        case .codex: next = "Codex runs no hook before you trust it: start codex, open /hooks, and trust Writ's two."
        case .cursor: next = "Restart Cursor; its settings list the hooks."
        case .gemini: next = "Start a new session; `/hooks` lists the hooks, and they must be enabled."
        case .copilot: next = "Start a new session. The cloud agent takes the hook from .github/hooks alone."
        case .openclaw: next = "Enable it with `openclaw plugins enable writ`, then restart the gateway."
        }
        return [next, "Then:  writ doctor \(harness.rawValue)\(options)"]
    }
}
