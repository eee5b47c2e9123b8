// SPDX-License-Identifier: Apache-2.0

import Glibc
import HomeFolder
import StrictJSON

/// How an installation is kept: what mode `protected` asks for, and in which ways it is weaker than it could be.
struct CustodyExamination {
    /// One thing that was looked at.
    struct Finding {
        var level: DoctorReport.Level
        /// A word for programs.
        var check: String
        var text: String
    }

    private let home: Home
    private let configuration: Configuration
    /// Whose the folder is: the user that Writ is.
    private let keeper: uid_t
    private let isThere: Bool

    init(_ home: Home, _ configuration: Configuration) {
        self.home = home
        self.configuration = configuration
        var status = stat()
        isThere = stat(home.path, &status) == 0
        keeper = isThere ? status.st_uid : geteuid()
    }

    // MARK: what protected mode asks for

    /// Each thing that mode `protected` asks for: `fine` where it is so, `problem` where it is not.
    ///
    /// - Parameter isService: whether it is this process that is to be kept apart.
    func conditions(isService: Bool) -> [Finding] {
        var findings: [Finding] = []
        func expect(_ problems: [String], _ check: String, _ good: String) {
            findings += problems.map { Finding(level: .problem, check: check, text: $0) }
            if problems.isEmpty { findings.append(Finding(level: .fine, check: check, text: good)) }
        }
        expect(users(isService), "users", "\(name(keeper)) keeps it, and no agent runs as \(name(keeper))")
        expect(folder(), "folder", "nobody else can enter \(home.path)")
        expect(files(), "files", "nobody else can write to what is in it")
        expect(program(), "program", "nobody else can change the program")
        expect(
            socket(), "socket",
            configuration.protection.socket == nil ? "no socket for agents" : "the socket's folder is kept")
        return findings
    }

    private func users(_ isService: Bool) -> [String] {
        var problems: [String] = []
        if isService, geteuid() != keeper {
            problems.append("this runs as \(name(geteuid())), and \(home.path) is \(name(keeper))'s")
        }
        if isService, getuid() != geteuid() {
            problems.append("its real user is \(name(getuid())), its effective user \(name(geteuid()))")
        }
        for user in configuration.protection.users {
            guard let number = SystemUser.number(user.name) else {
                problems.append("protected/users: there is no user \(user.name)")
                continue
            }
            if number == keeper || number == 0 {
                problems.append("the agent \(user.agent) runs as \(name(number)), who keeps this installation")
            }
        }
        return problems
    }

    private func folder() -> [String] {
        guard isThere else { return ["\(home.path) is not there"] }
        return kept(home.path, isPrivate: true) + parents(of: home.path)
    }

    /// Everything in the folder, and what the configuration names elsewhere.
    private func files() -> [String] {
        var problems: [String] = []
        var looked = 0
        func look(_ folder: String, _ depth: Int) {
            guard let stream = opendir(folder) else {
                problems.append("\(folder) cannot be looked into: \(String(cString: strerror(errno)))")
                return
            }
            defer { closedir(stream) }
            while let entry = readdir(stream), looked < CustodyLimits.files {
                let name = withUnsafePointer(to: entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                guard name != ".", name != ".." else { continue }
                looked += 1
                let path = "\(folder)/\(name)"
                var status = stat()
                guard lstat(path, &status) == 0 else {
                    // What has gone meanwhile is nothing; anything else is not known to be kept.
                    if errno != ENOENT { problems.append("\(path) cannot be looked at") }
                    continue
                }
                if status.st_mode & S_IFMT == S_IFLNK {
                    problems.append("\(path) is a link: what it leads to can be changed elsewhere")
                    continue
                }
                // A socket's mode is for who may ask; its own check says whom it answers.
                if status.st_mode & S_IFMT != S_IFSOCK { problems += kept(path) }
                guard status.st_mode & S_IFMT == S_IFDIR else { continue }
                if depth < CustodyLimits.depth {
                    look(path, depth + 1)
                } else {
                    problems.append("\(path) is deeper than is looked at")
                }
            }
        }
        look(home.path, 0)
        if looked >= CustodyLimits.files { problems.append("\(home.path) has more files than are looked at") }
        let ledger = Installation.ledgerPath(home, configuration)
        // SQLite's files beside it are made when they are needed: nobody else may make them before.
        if !ledger.hasPrefix(home.path + "/"), let folder = Self.parent(ledger) { problems += kept(folder) }
        let elsewhere =
            [ledger]
            + configuration.servers.compactMap(\.tools).map { $0.hasPrefix("/") ? $0 : "\(home.path)/\($0)" }
        for path in elsewhere where !path.hasPrefix(home.path + "/") { problems += kept(path) + parents(of: path) }
        return problems
    }

    private func program() -> [String] {
        guard let path = Self.ownProgram() else { return ["cannot tell where this program is"] }
        return kept(path) + parents(of: path)
    }

    private func socket() -> [String] {
        guard let path = configuration.protection.socket else { return [] }
        guard let folder = Self.parent(path) else { return ["\(path) is no path of a socket"] }
        return kept(folder) + parents(of: folder)
    }

    /// Whether a file or folder is the keeper's or root's, and nobody else may change it.
    private func kept(_ path: String, isPrivate: Bool = false) -> [String] {
        var status = stat()
        guard stat(path, &status) == 0 else {
            return ["\(path) cannot be looked at: \(String(cString: strerror(errno)))"]
        }
        guard status.st_uid == keeper || status.st_uid == 0 else {
            return ["\(path) is \(name(status.st_uid))'s; give it to \(name(keeper)) or root"]
        }
        if isPrivate, status.st_mode & 0o077 != 0 {
            return ["\(path) may be entered by others; run: chmod 700 \(ShellQuoting.quoted(path))"]
        }
        return Self.mayOthersWrite(status)
            ? ["others may write to \(path); run: chmod go-w \(ShellQuoting.quoted(path))"] : []
    }

    /// The folders above: whoever can rename one of them can put another in its place. In a sticky one only the owner can.
    private func parents(of path: String) -> [String] {
        var problems: [String] = []
        var folder = Self.parent(path)
        while let path = folder {
            var status = stat()
            if stat(path, &status) != 0 {
                problems.append("\(path) cannot be looked at: \(String(cString: strerror(errno)))")
            } else if status.st_uid != keeper, status.st_uid != 0 {
                problems.append("\(path), a folder above, is \(name(status.st_uid))'s")
            } else if Self.mayOthersWrite(status), status.st_mode & S_ISVTX == 0 {
                problems.append("others may write to \(path), a folder above")
            }
            folder = path == "/" ? nil : Self.parent(path)
        }
        return problems
    }

    /// Whether nobody but root can change a file or put another in its place.
    static func isRoots(_ path: String) -> Bool {
        var path: String? = path
        while let here = path {
            var status = stat()
            guard stat(here, &status) == 0, status.st_uid == 0, !mayOthersWrite(status) else { return false }
            path = here == "/" ? nil : parent(here)
        }
        return true
    }

    /// Root's own group is root.
    private static func mayOthersWrite(_ status: stat) -> Bool {
        status.st_mode & 0o002 != 0 || (status.st_mode & 0o020 != 0 && status.st_gid != 0)
    }

    // MARK: what could be better

    /// Ways in which it is weaker than it could be, in whichever mode.
    func weaknesses() -> [Finding] {
        var findings: [Finding] = []
        func note(_ check: String, _ text: String) {
            findings.append(Finding(level: .warning, check: check, text: text))
        }
        switch configuration.mode {
        case .cooperative:
            note(
                "mode",
                "Writ runs as \(name(keeper)), and what else runs as \(name(keeper)), the agent included, can change policies "
                    + "and sign with the keys")
            for problem in folder() + files() + program() { note("files", problem) }
        case .protected:
            if keeper == 0 { note("root", "Writ runs as root; a user of its own would need less") }
            let servers = configuration.servers.filter { if case .program = $0.endpoint { true } else { false } }
            if !servers.isEmpty {
                let names = servers.map(\.alias.string).joined(separator: ", ")
                note("servers", "servers that Writ starts run as \(name(keeper)) and could read the keys: \(names)")
            }
        }
        administration(note)
        note(
            "witness",
            "nobody outside has signed the log's checkpoints: who has the log's key can write another history")
        let scope = Self.number("/proc/sys/kernel/yama/ptrace_scope")
        if scope ?? 0 < 1 {
            note("ptrace", "a process may look into others of its user (kernel.yama.ptrace_scope is \(scope ?? 0))")
        }
        var core = rlimit()
        if configuration.mode == .cooperative, getrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &core) == 0,
            core.rlim_cur > 0
        {
            note("core", "a fault could write keys into a core dump (`ulimit -c` is not 0)")
        }
        return findings
    }

    private func administration(_ note: (String, String) -> Void) {
        guard let administration = configuration.administration else {
            if configuration.mode == .cooperative {
                note("seal", "policies and configuration are not sealed: a changed file is in force at once")
            }
            return
        }
        if administration.needed < 2 {
            note("one", "one administrator alone can change everything (administration/needed is 1)")
        }
        for (key, file) in [home.path, home.keys, home.secrets].flatMap({ KeyStore.privateKeys(in: $0) }) {
            guard let administrator = administration.name(of: key) else { continue }
            note(
                "key",
                "the key of the administrator \(administrator) lies in \(file): keep it where \(name(keeper)) cannot read it"
            )
        }
    }

    // MARK: helpers

    private func name(_ user: uid_t) -> String { SystemUser.name(user) }

    static func ownProgram() -> String? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
        let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
        guard count > 0 else { return nil }
        return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func parent(_ path: String) -> String? {
        guard path.hasPrefix("/"), path != "/" else { return nil }
        return "/" + path.split(separator: "/").dropLast().joined(separator: "/")
    }

    private static func number(_ path: String) -> Int? {
        do throws(HomeError) {
            let bytes = try FileAccess.read(path, limit: 64)
            return Int(String(decoding: bytes.prefix { $0 != 0x0a }, as: UTF8.self))
        } catch { return nil }
    }
}

/// What bounds the looking.
enum CustodyLimits {
    /// Files in the folder that are looked at: thousands of passports, and more.
    static let files = 20_000
    /// How deep folders in it are.
    static let depth = 8
}

/// Users of this machine.
enum SystemUser {
    /// The number of a user that was named by name or number.
    static func number(_ text: String) -> uid_t? {
        if let number = uid_t(text) { return number }
        guard let entry = getpwnam(text) else { return nil }
        return entry.pointee.pw_uid
    }

    static func name(_ number: uid_t) -> String {
        guard let entry = getpwuid(number), let name = entry.pointee.pw_name else { return "user \(number)" }
        return String(cString: name)
    }

    /// The home folder; `nil` where there is none.
    static func home(_ number: uid_t) -> String? {
        guard let entry = getpwuid(number), let folder = entry.pointee.pw_dir else { return nil }
        return String(cString: folder)
    }
}
