// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HomeFolder
import Hooks
import StrictJSON

/// `writ doctor`.
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Show that Writ's hook is in a coding agent's way, and what could still go past it.",
        discussion: """
            Each harness that has the hook, or should have it since it was installed, is looked at, or the one that is \
            named. The configured command line is run, with a call that must be refused; its receipt is in the log, in a \
            session that begins with `canary-`. Before that it says in which mode of custody the installation is, and each \
            way in which that is weaker than it could be (docs/custody.md).
            Exit status: 0 no problem was found, 1 one was, or there is no hook at all.
            """)

    @Argument(
        help: "claude-code, codex, cursor, gemini, copilot or openclaw. [default: all that have the hook, or should]")
    var harness: String?
    @OptionGroup var home: HomeOption
    @OptionGroup var place: HarnessPlace
    @Flag(help: "Print JSON.") var json = false

    func run() throws {
        let home = Home(try FullPath.of(try home.resolve().path, "the installation's folder"))
        _ = try Configuration.read(home)
        let custody = Self.custody(home)
        let reports = try examinations(home).map { $0.report() }
        let isWell = !reports.isEmpty && reports.allSatisfy(\.isWell) && custody.isWell
        if json {
            Output.json(
                ["ok": .bool(isWell), "custody": custody.json, "harnesses": .array(reports.map(\.json))],
                pretty: Output.isTerminal)
        } else {
            for line in custody.lines { Output.line(line) }
            Output.line()
            for report in reports {
                for line in report.lines { Output.line(line) }
                Output.line()
            }
            Output.line(
                reports.isEmpty
                    ? "No harness has Writ's hook. Put it in with: writ install HARNESS"
                    : isWell ? "The lock is on." : "There are problems: the lock may be off.")
        }
        if !isWell { throw ExitStatus.denied.exitCode }
    }

    /// How the installation is kept, or why that cannot be told: then it is not well.
    private static func custody(_ home: Home) -> (isWell: Bool, json: JSON, lines: [String]) {
        do {
            let report = try CustodyReport(home)
            return (report.isWell, report.json, report.lines)
        } catch {
            let why = "how it is kept cannot be told: \(HookFailure.sentence(error))"
            return (false, ["ok": false, "why": .text(why)], ["PROBLEM   \(Output.escaped(UTF8String(why)))"])
        }
    }

    private func examinations(_ home: Home) throws -> [Examination] {
        let named = try harness.map { try HarnessPlace.harness($0) }
        return try (named.map { [$0] } ?? Harness.allCases).compactMap { harness in
            let settings = try place.settings(harness)
            guard named != nil || Self.hasHook(settings) || Self.hasHadHook(settings, home) else { return nil }
            return Examination(
                settings: settings, home: home, user: try place.user(), project: try place.folder() ?? Self.here())
        }
    }

    /// The project that one stands in: its settings count too, for a session that is started here.
    private static func here() throws -> String? {
        guard WorkingDirectory.exists else { return nil }
        return ProjectFolder.containing(try WorkingDirectory.current(), named: nil)?.string
    }

    /// Whether `writ install` has put it there and nobody has taken it out with `--remove`: then it should be there.
    private static func hasHadHook(_ settings: HarnessSettings, _ home: Home) -> Bool {
        let path = settings.harness == .openclaw ? "\(settings.path)/index.mjs" : settings.path
        do {
            if try InstallRecord.read(home, of: path) != nil { return true }
            return FileAccess.exists(path) ? try InstallRecord.read(home, of: FullPath.of(path, "")) != nil : false
        } catch { return true }
    }

    private static func hasHook(_ settings: HarnessSettings) -> Bool {
        guard settings.harness != .openclaw else { return FileAccess.exists("\(settings.path)/index.mjs") }
        do throws(HomeError) {
            let text = try SettingsText(FileAccess.read(settings.path, limit: 16 << 20), path: settings.path)
            return settings.handlers(text.json).contains {
                FoundLine($0.json, of: settings.harness)?.isWrit(for: settings.harness) == true
            }
        } catch { return false }
    }
}
