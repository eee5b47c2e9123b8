// SPDX-License-Identifier: Apache-2.0

import Glibc
import HomeFolder
import Hooks
import StrictJSON
import WireTypes

/// One harness's settings, looked at.
struct Examination {
    let settings: HarnessSettings
    let home: Home
    /// The user's home folder, with the harness's other settings.
    let user: String
    let project: String?

    private var harness: Harness { settings.harness }

    func report() -> DoctorReport {
        var report = DoctorReport(harness, path: settings.path)
        if harness == .openclaw {
            plugin(&report)
        } else if let text = text(settings.path, &report) {
            let lines = hooks(text.json, &report)
            for line in lines { examine(line, &report) }
            let all = allSettings(&report)
            switches(all, &report)
            others(all, &report)
        }
        writable(&report)
        approvers(&report)
        return report
    }

    /// Policies that ask for an approval that nobody can give.
    private func approvers(_ report: inout DoctorReport) {
        do {
            let configuration = try Configuration.read(home)
            let book = try PolicySources.book(home, configuration, .none)
            for line in PolicyCheckCommand.withoutApprovers(book, configuration.approvals) {
                report.find(.warning, "approvers", line)
            }
        } catch {
            report.find(.warning, "approvers", "the configuration or a policy cannot be read; see `writ policy check`")
        }
    }

    private func text(_ path: String, _ report: inout DoctorReport) -> SettingsText? {
        do throws(HomeError) {
            return try SettingsText(FileAccess.read(path, limit: 16 << 20), path: path)
        } catch {
            report.find(.problem, "settings", "\(error.message); `writ install \(harness.rawValue)` writes it")
            return nil
        }
    }

    // MARK: the hook

    /// The distinct command lines of Writ's hook.
    private func hooks(_ json: JSON, _ report: inout DoctorReport) -> [FoundLine] {
        let ours = settings.handlers(json).compactMap { handler -> (HarnessSettings.Handler, FoundLine)? in
            guard let line = FoundLine(handler.json, of: harness), line.isWrit(for: harness) else { return nil }
            return (handler, line)
        }
        let missing = settings.events.filter { event in !ours.contains { $0.0.event == event } }
        report.expect(
            missing.isEmpty, "present", "the hook is there for \(Self.list(settings.events))",
            else: "the hook is missing for \(Self.list(missing)); run: writ install \(harness.rawValue)")
        let narrow = ours.filter { !["", "*", ".*"].contains($0.0.matcher ?? "") || $0.1.isConditional }
        report.expect(
            narrow.isEmpty, "matcher", "it is asked for every tool",
            else: "it is asked for some tools only (`matcher` or `if` of \(Self.list(narrow.map(\.0.event))))")
        let late = ours.filter(\.1.isAsynchronous)
        if !late.isEmpty {
            report.find(
                .problem, "waits",
                "the harness does not wait for its answer (`async` of \(Self.list(late.map(\.0.event))))")
        }
        for (handler, line) in ours {
            for fault in line.faults { report.find(.problem, "form", "\(handler.event): \(fault)") }
        }
        if harness == .codex { trust(ours.map(\.0), &report) }
        var seen: Set<UTF8String> = []
        let twice = ours.map(\.0.event).filter { !seen.insert($0).inserted }
        if !twice.isEmpty {
            report.find(.warning, "twice", "it is there more than once for \(Self.list(twice)): one call, asked twice")
        }
        return ours.map(\.1).reduce(into: []) { lines, line in if !lines.contains(line) { lines.append(line) } }
    }

    private static func list(_ names: [UTF8String]) -> String { names.map(\.string).joined(separator: ", ") }

    private func examine(_ line: FoundLine, _ report: inout DoctorReport) {
        guard let program = line.program else { return }
        report.expect(
            program.hasPrefix("/"), "absolute", "its path is absolute: \(program)",
            else: "its path is not absolute, so that whoever sets PATH chooses the program: \(program)")
        executable(program, &report)
        options(line, &report)
        timeout(line, &report)
        closed(line, &report)
        guard line.option("--socket") == nil else {
            return report.find(
                .warning, "canary",
                "what it answers is seen by the agent's user alone; as that user, run it with an event that must be refused"
            )
        }
        let fault = CanaryCall(harness: harness, line: line, home: home).fault()
        report.expect(
            fault == nil, "canary", "a call that must be refused was refused, and is in the log",
            else: "canary: \(fault ?? "")")
    }

    private func executable(_ program: String, _ report: inout DoctorReport) {
        var found = stat()
        guard stat(program, &found) == 0, found.st_mode & S_IFMT == S_IFREG, access(program, X_OK) == 0 else {
            let why = String(cString: strerror(errno == 0 ? EACCES : errno))
            return report.find(.problem, "executable", "\(program) cannot be executed: \(why)")
        }
        report.find(.fine, "executable", "it can be executed")
        var own = stat()
        let isOwn = stat("/proc/self/exe", &own) == 0 && own.st_dev == found.st_dev && own.st_ino == found.st_ino
        report.expect(
            isOwn, "binary", "it is this writ",
            else: "it is another file than this writ; run `writ install \(harness.rawValue)` with the one you mean")
        if found.st_mode & 0o022 != 0 { report.find(.problem, "binary", "others may write to \(program)") }
        if !FileOwner.isTrusted(found.st_uid) {
            report.find(.problem, "binary", "\(program) belongs to another user (\(found.st_uid)), who may change it")
        }
    }

    /// What a hook needs that asks at the protected socket.
    private func door(_ line: FoundLine, _ report: inout DoctorReport) {
        do {
            let found = try AnswerDoor.named(
                line.option("--socket"), line.option("--socket-user"), line.option("--socket-key"))
            let configuration = try Configuration.read(home)
            let key = try KeyStore.publicKey(at: KeyStore(home).publicPath(.answers))
            let keeper = try FileOwner.of(home.path)
            report.expect(
                found?.socket == configuration.protection.socket && found?.key == key && found?.user == keeper,
                "socket",
                "it asks at this installation's socket, and believes its key alone",
                else: "it asks at another socket, user or key than this installation's; `writ custody door` prints them"
            )
        } catch {
            report.find(.problem, "socket", "whom it asks cannot be told: \(HookFailure.sentence(error))")
        }
    }

    private func options(_ line: FoundLine, _ report: inout DoctorReport) {
        if line.arguments.contains("--auto-approve") {
            report.find(.warning, "approval", "allowed calls run without anybody being asked (--auto-approve)")
        }
        if let project = line.option("--project"), Self.isRoot(project) {
            report.find(.problem, "project", "the whole machine is the project (--project \(project))")
        }
        if line.option("--socket") != nil { return door(line, &report) }
        if isProtected {
            report.find(
                .problem, "socket",
                "the mode is protected, and it would decide by itself, which it may not: `writ custody door` prints the "
                    + "options that it needs")
        }
        let folder = line.option("--home")
        report.expect(
            folder == home.path, "home", "it uses this installation: \(home.path)",
            else: "it uses another installation than \(home.path): \(folder ?? "none is named")")
        let passport = line.option("--passport") ?? ""
        report.expect(
            passport.hasPrefix("/") && access(passport, R_OK) == 0, "passport", "its passport can be read: \(passport)",
            else: "its passport is not named by an absolute path that can be read: \(passport)")
        if let key = line.option("--passport-key") {
            report.expect(
                key.hasPrefix("/") && access(key, R_OK) == 0, "passport", "its passport's key can be read: \(key)",
                else: "its passport's key is not named by an absolute path that can be read: \(key)")
        }
    }

    private static func isRoot(_ path: String) -> Bool {
        do { return try FullPath.of(path, "--project") == "/" } catch { return false }
    }

    private var isProtected: Bool {
        do throws(HomeError) { return try Configuration.read(home).mode == .protected } catch { return false }
    }

    private func timeout(_ line: FoundLine, _ report: inout DoctorReport) {
        let usual = HookLimits.deadlineMilliseconds
        let deadline = line.option("--deadline").flatMap { Int64($0) } ?? usual
        guard let given = line.timeout else {
            return report.expect(
                deadline <= 5 * usual, "timeout", "the harness waits as long as it does by default",
                else:
                    "Writ may take \(deadline) ms (--deadline), and how long the harness waits is not said (`timeout`)")
        }
        let milliseconds = harness == .gemini ? given : given * 1000
        report.expect(
            milliseconds >= Double(2 * deadline), "timeout",
            "the harness waits \(milliseconds / 1000) s, Writ refuses after \(Double(deadline) / 1000) s",
            else: "the harness waits only \(milliseconds / 1000) s; Writ may take \(Double(deadline) / 1000) s")
    }

    private func closed(_ line: FoundLine, _ report: inout DoctorReport) {
        if case .shell = line.form, !line.refusesWhatFails {
            report.find(
                .problem, "closed",
                "a hook that fails may let the call through: the command is not the one that `writ install` writes, with "
                    + "`|| exit 2` after it and nothing else")
        }
        if harness == .cursor {
            report.expect(
                line.failsClosed == true, "closed", "a hook that fails refuses (failClosed)",
                else: "a hook that fails lets the call through: `failClosed` is not true")
            return
        }
        switch line.form {
        case .shell: if line.refusesWhatFails { report.find(.fine, "closed", "a hook that fails refuses") }
        case .program where harness == .copilot: report.find(.fine, "closed", "a hook that fails refuses")
        case .program:
            report.find(
                .warning, "closed",
                "\(harness.title) lets calls through while this program is missing or cannot be executed")
        }
    }

    // MARK: around it

    /// All settings that could have hooks, or switch them off. One that cannot be read could do either: the harness may be
    /// less strict.
    private func allSettings(_ report: inout DoctorReport) -> [(path: String, json: JSON)] {
        var paths = HarnessSettings.others(harness, user: user, project: project)
        if !paths.contains(settings.path) { paths.append(settings.path) }
        var found: [(path: String, json: JSON)] = []
        for path in paths where FileAccess.exists(path) {
            do throws(HomeError) {
                let bytes = try FileAccess.read(path, limit: 16 << 20)
                found.append(
                    (
                        path,
                        path.hasSuffix(".toml")
                            ? try TOMLSwitch.read(bytes, path: path) : try SettingsText(bytes, path: path).json
                    ))
            } catch {
                report.find(
                    .problem, "enabled", "whether these settings switch hooks off is not known: \(error.message)")
            }
        }
        return found
    }

    /// What turns hooks off altogether.
    private func switches(_ all: [(path: String, json: JSON)], _ report: inout DoctorReport) {
        for (path, json) in all {
            for name: UTF8String in ["disableAllHooks", "allowManagedHooksOnly"] where json[name]?.bool == true {
                report.find(.problem, "enabled", "`\(name)` is on in \(path)")
            }
            if harness == .gemini {
                let isOff = json["hooksConfig"]?["enabled"]?.bool == false || json["hooks"]?["enabled"]?.bool == false
                let disabled = (json["hooksConfig"]?["disabled"] ?? json["hooks"]?["disabled"])?.array ?? []
                let ours = settings.handlers(json).filter {
                    FoundLine($0.json, of: harness)?.isWrit(for: harness) == true
                }
                let names = ours.compactMap { $0.json["name"] } + ours.compactMap { $0.json["command"] } + ["writ"]
                if isOff || json["tools"]?["enableHooks"]?.bool == false
                    || disabled.contains(where: { names.contains($0) })
                {
                    report.find(.problem, "enabled", "hooks, or this one, are switched off in \(path)")
                }
            }
        }
        guard harness == .codex else { return }
        for (path, json) in all where path.hasSuffix(".toml") && path != codexPath {
            for name: UTF8String in ["hooks", "codex_hooks"] where json["features"]?[name].map({ $0 != true }) ?? false
            {
                report.find(.problem, "enabled", "hooks are switched off in \(path) (`\(name)` under [features])")
            }
        }
        guard let table = codexConfiguration(&report) else { return }
        report.expect(
            (table["features"]?["hooks"] ?? table["features"]?["codex_hooks"])?.bool == true, "enabled",
            "hooks are switched on in \(codexPath)",
            else: "hooks are not switched on in \(codexPath); they need `hooks = true` under [features]")
    }

    private var codexPath: String { "\(user)/.codex/config.toml" }

    private func codexConfiguration(_ report: inout DoctorReport) -> JSON? {
        do throws(HomeError) {
            return try TOMLSwitch.read(FileAccess.read(codexPath, limit: 16 << 20), path: codexPath)
        } catch {
            report.find(.problem, "enabled", "\(error.message); hooks need `hooks = true` under [features]")
            return nil
        }
    }

    /// Codex runs what it has been told to trust, by the place of each hook in the file, and has not been told to leave.
    private func trust(_ ours: [HarnessSettings.Handler], _ report: inout DoctorReport) {
        guard !ours.isEmpty else { return }
        let state = codexConfiguration(&report)?["hooks"]?["state"] ?? .null
        let words: [UTF8String: String] = ["PreToolUse": "pre_tool_use", "PostToolUse": "post_tool_use"]
        let untrusted = ours.filter { handler in
            let place = "\(words[handler.event] ?? ""):\(handler.index):\(handler.inner ?? 0)"
            let entry = state[UTF8String("\(settings.path):\(place)")]
            return entry?["trusted_hash"]?.string == nil || entry?["enabled"]?.bool == false
        }
        report.expect(
            untrusted.isEmpty, "trusted", "Codex has been told to trust it",
            else:
                "Codex skips hooks that are not trusted, or are switched off, and \(codexPath) does not say otherwise of "
                + "\(Self.list(untrusted.map(\.event))): in codex, /hooks")
    }

    /// Hooks beside Writ's that could change a call after Writ has seen it.
    private func others(_ all: [(path: String, json: JSON)], _ report: inout DoctorReport) {
        for (path, json) in all {
            for handler in settings.handlersBefore(json) {
                if let line = FoundLine(handler.json, of: harness), line.isWrit(for: harness) { continue }
                let what =
                    FoundLine(handler.json, of: harness)?.text ?? handler.json["url"]?.string?.string
                    ?? "a handler without a command"
                report.find(.warning, "others", "another hook could rewrite calls (\(handler.event), \(path)): \(what)")
            }
        }
    }

    private func writable(_ report: inout DoctorReport) {
        guard FileAccess.exists(settings.path) else { return }
        var status = stat()
        if stat(settings.path, &status) == 0, status.st_mode & 0o022 != 0 || !FileOwner.isTrusted(status.st_uid) {
            report.find(.problem, "custody", "other users may write to \(settings.path)")
        }
        if isProtected {
            let path = settings.path
            let isKept = CustodyExamination.isRoots(path)
            return report.find(
                isKept ? .fine : .warning, "custody",
                isKept
                    ? "only root can write to \(path)"
                    : "others than root can write to \(path), or to a folder above, and take the hook out: put it into "
                        + "settings that root manages")
        }
        let canWrite = access(settings.path, W_OK) == 0
        report.find(
            canWrite ? .warning : .fine, "custody",
            canWrite
                ? "mode cooperative: what runs as you, the agent included, can write to \(settings.path)"
                : "what runs as you cannot write to \(settings.path)")
    }

    // MARK: OpenClaw

    private func plugin(_ report: inout DoctorReport) {
        let path = "\(settings.path)/index.mjs"
        let text: String
        do throws(HomeError) {
            text = String(decoding: try FileAccess.read(path, limit: 1 << 20), as: UTF8.self)
        } catch {
            return report.find(.problem, "settings", "\(error.message); `writ install openclaw` writes it")
        }
        guard let program = Self.constant("PROGRAM", text)?.string?.string,
            let arguments = Self.constant("ARGUMENTS", text)?.array?.compactMap({ $0.string?.string })
        else { return report.find(.problem, "present", "\(path) is not what `writ install openclaw` writes") }
        let isWhole = OpenClawPlugin.files.allSatisfy { name, made in
            do throws(HomeError) {
                return try FileAccess.read("\(settings.path)/\(name)", limit: 1 << 20)
                    == Array(made(program, arguments).utf8)
            } catch { return false }
        }
        report.expect(
            isWhole, "present", "the plugin is there, as this version writes it",
            else: "the plugin is not as this version writes it; run: writ install openclaw")
        var handler = JSONObject()
        handler["exec"] = .text(program)
        handler["args"] = .array(arguments.map { .text($0) })
        if let line = FoundLine(.object(handler), of: harness) {
            executable(program, &report)
            options(line, &report)
            let fault = CanaryCall(harness: harness, line: line, home: home).fault()
            report.expect(
                fault == nil, "canary", "a call that must be refused was refused, and is in the log",
                else: "canary: \(fault ?? "")")
        }
        report.find(
            .warning, "enabled", "whether OpenClaw has the plugin enabled is not seen from here: openclaw plugins list")
    }

    private static func constant(_ name: String, _ text: String) -> JSON? {
        let start = "const \(name) = "
        guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix(start) }), line.hasSuffix(";") else {
            return nil
        }
        do throws(JSONError) {
            return try JSON(parsing: UTF8String(String(line.dropFirst(start.count).dropLast())))
        } catch { return nil }
    }
}
