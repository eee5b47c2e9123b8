// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import StrictJSON
import Testing

/// An installation with administrators, and users of the machine beside it.
struct CustodyShell {
    let shell: Shell
    /// The administrators' public keys by name; the private ones are in `NAME.jwk` beside the installation.
    let keys: [String: String]

    /// Users that need no entry in the system's data base: Writ's own, an agent's, and somebody's.
    static let (keeper, agent, somebody): (uid_t, uid_t, uid_t) = (61_001, 61_002, 61_003)

    /// - Parameters:
    ///   - needed: how many of alice, bob and carol must sign.
    ///   - mode: of the configuration.
    init(needed: Int = 1, mode: String = "protected") throws {
        shell = try Shell.initialized()
        var keys: [String: String] = [:]
        for name in ["alice", "bob", "carol", "eve"] {
            let made = try shell.run([Shell.program(), "custody", "key", "\(shell.folder)/\(name).jwk"])
            try #require(made.status == 0, "\(made)")
            keys[name] = try #require(made.lines.last?.split(separator: " ").last.map(String.init))
        }
        self.keys = keys
        try FileManager.default.createDirectory(
            atPath: shell.folder + "/run", withIntermediateDirectories: false, attributes: [.posixPermissions: 0o755])
        try shell.edit(shell.home + "/writ.yaml", "mode: cooperative", "mode: \(mode)")
        try shell.write(
            shell.home + "/writ.yaml",
            try shell.text(shell.home + "/writ.yaml") + """

                administration:
                  needed: \(needed)
                  keys: {alice: \(keys["alice"] ?? ""), bob: \(keys["bob"] ?? ""), carol: \(keys["carol"] ?? "")}
                protected:
                  socket: \(Self.real(shell.folder))/run/writ.sock
                  users: {"\(Self.agent)": agent-passport:local}

                """)
    }

    static func real(_ path: String) -> String { HookShell.real(path) }

    func key(_ name: String) -> String { "\(shell.folder)/\(name).jwk" }

    /// `writ policy apply --yes` with some administrators' keys.
    func apply(_ names: String..., more: [String] = []) throws -> Run {
        try shell.run(
            [Shell.program(), "policy", "apply", "--yes", "--home", shell.home] + names.flatMap { ["--key", key($0)] }
                + more)
    }

    /// An `exec.run` that the starter policy permits, decided by a process of the moment.
    func ask() throws -> Run { try shell.writ("check", "exec.run", #"{"command":"ls"}"#) }

    func status() throws -> JSON { try shell.writ("custody", "status", "--json").json() }

    /// A program as another user of the machine.
    static func user(_ number: uid_t, _ words: [String]) -> [String] {
        ["setpriv", "--reuid", "\(number)", "--regid", "\(number)", "--clear-groups"] + words
    }

    /// Gives the installation, and the folder of its socket, to Writ's own user.
    func giveToKeeper() throws {
        let run = try shell.run([
            "chown", "-R", "\(Self.keeper):\(Self.keeper)", shell.home, shell.folder + "/run",
        ])
        try #require(run.status == 0, "\(run)")
        chmod(shell.folder, 0o755)
    }

    /// The options that an agent's hooks and checks have.
    func door() throws -> [String] {
        let run = try shell.run(
            Self.user(Self.keeper, [try Shell.program(), "custody", "door", "--home", shell.home]))
        try #require(run.status == 0, "\(run)")
        return try #require(run.lines.first).split(separator: " ").dropFirst().map(String.init)
    }

    /// `writ check` of an allowed call, as a user, at the door.
    func check(as user: uid_t, _ door: [String], _ command: String = "ls") throws -> Run {
        try shell.run(
            Self.user(
                user, [try Shell.program(), "check", "exec.run", #"{"command":"\#(command)"}"#, "--cwd", "/"] + door))
    }
}
