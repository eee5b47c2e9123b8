// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import HomeFolder

/// An installation's folder of a test's own, with what the test puts into it.
struct TemporaryHome {
    let home: Home

    init() throws {
        home = Home(NSTemporaryDirectory() + "home-" + UUID().uuidString)
        for folder in [home.path, home.keys, home.policies, home.passports] {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        }
    }

    /// Runs a test in a folder, and removes it.
    static func with<Result>(_ body: (TemporaryHome) throws -> Result) throws -> Result {
        let temporary = try TemporaryHome()
        defer {
            do { try FileManager.default.removeItem(atPath: temporary.home.path) } catch {
                // A folder left behind spoils no other test.
            }
        }
        return try body(temporary)
    }

    func write(_ name: String, _ text: String, mode: mode_t = 0o600) throws {
        let path = "\(home.path)/\(name)"
        try Data(text.utf8).write(to: URL(filePath: path))
        guard chmod(path, mode) == 0 else { throw CocoaError(.fileWriteNoPermission) }
    }

    func configure(_ text: String) throws { try write("writ.yaml", text) }

    /// What the configuration says.
    static func configuration(_ text: String) throws -> Configuration {
        try with { temporary in
            try temporary.configure(text)
            return try Configuration.read(temporary.home)
        }
    }

    /// Why a configuration is refused; without the path before it.
    static func refusal(_ text: String) throws -> String? {
        try with { temporary in
            try temporary.configure(text)
            do {
                _ = try Configuration.read(temporary.home)
                return nil
            } catch {
                let message = "\(error)"
                let path = temporary.home.configuration
                return message.hasPrefix(path) ? String(message.dropFirst(path.count)) : message
            }
        }
    }
}
