// SPDX-License-Identifier: Apache-2.0

public import StrictJSON
import WireTypes

extension Configuration {
    /// Whether an administrator may be called so.
    public static func isAdministratorsName(_ name: UTF8String) -> Bool { isName(name) }

    /// `administration: {needed: 2, keys: {NAME: KEY, …}}`.
    static func administration(_ members: inout Members, _ path: String) throws(HomeError) -> Administration? {
        guard let value = members.take("administration") else { return nil }
        var administration = try Members(value, at: "administration", of: path)
        let needed = try administration.count("needed", in: 1...Int64(Limits.administrators)) ?? 1
        var keys: [UTF8String: Ed25519PublicKey] = [:]
        for (name, value) in try administration.table("keys") {
            guard isName(name) else {
                throw administration.wrong(
                    "keys/\(name)", "an administrator's name: 1 to 64 letters, digits, `.`, `_` and hyphens")
            }
            guard
                let key = value.string.flatMap({ Base64URL.decode($0.string) }).flatMap({ Ed25519PublicKey(bytes: $0) })
            else {
                throw administration.wrong(
                    "keys/\(name)", "an Ed25519 public key: 32 bytes as base64url, as `writ custody key` prints it")
            }
            keys[name] = key
        }
        try administration.finish()
        guard let rules = Administration(needed: Int(needed), keys: keys) else {
            throw administration.wrong(
                "keys",
                "a key of their own for each of 1 to \(Limits.administrators) people, of whom `needed` must sign")
        }
        return rules
    }

    /// `protected: {socket: PATH, users: {USER: AGENT, …}}`.
    static func protection(_ members: inout Members, _ path: String) throws(HomeError) -> Protection {
        guard let value = members.take("protected") else { return .none }
        var protection = try Members(value, at: "protected", of: path)
        let socket = try protection.text("socket")?.string
        var users: [Protection.User] = []
        for (name, value) in try protection.table("users") {
            guard let agent = value.string, !agent.isEmpty else {
                throw protection.wrong("users/\(name)", "the id of the agent that runs as this user")
            }
            guard name != "0", name != "root" else {
                throw protection.wrong("users/\(name)", "another user than root: from root nothing can be kept")
            }
            users.append(Protection.User(name: name.string, agent: agent))
        }
        try protection.finish()
        if let socket, !socket.hasPrefix("/") { throw protection.wrong("socket", "an absolute path") }
        guard users.count <= Limits.protectedUsers else {
            throw protection.wrong("users", "at most \(Limits.protectedUsers) users")
        }
        return Protection(socket: socket, users: users)
    }

    /// A mode that cannot be kept is not taken.
    func checkMode(_ members: Members) throws(HomeError) {
        guard mode == .protected else { return }
        guard administration != nil else {
            throw members.wrong("administration", "keys that sign what is in force, since the mode is protected")
        }
        guard !protection.users.isEmpty else {
            throw members.wrong(
                "protected/users", "the users of this machine that agents run as, since the mode is protected")
        }
    }
}
