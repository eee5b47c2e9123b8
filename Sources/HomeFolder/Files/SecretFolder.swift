// SPDX-License-Identifier: Apache-2.0

/// The secrets of an installation's servers: `secrets/<alias>.<name>`, for their owner alone.
public struct SecretFolder: Sendable {
    private let home: Home
    private var planned: [String: String] = [:]

    /// The secrets of a folder.
    public init(_ home: Home) { self.home = home }

    /// Where a text will be kept: under its name, or a numbered one where another text has that.
    ///
    /// - Throws: `HomeError` where what is there cannot be read.
    public mutating func place(_ text: String, named name: String) throws(HomeError) -> String {
        let plain = String(
            decoding: name.utf8.map { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                    byte
                default: UInt8(ascii: "-")
                }
            }.prefix(200), as: UTF8.self)
        var number = 1
        while true {
            let path = "\(home.secrets)/\(plain)\(number == 1 ? "" : "-\(number)")"
            if let other = planned[path] {
                if other == text { return path }
            } else if try Self.holds(path, text) ?? true {
                planned[path] = text
                return path
            }
            number += 1
        }
    }

    /// Whether a file has a text; `nil` where there is none.
    private static func holds(_ path: String, _ text: String) throws(HomeError) -> Bool? {
        do throws(HomeError) {
            return try FileAccess.read(path, limit: Limits.secretBytes, privacy: .ownerOnly) == Array(text.utf8) + [
                0x0a
            ]
        } catch {
            guard error.code == .missing else { throw error }
            return nil
        }
    }

    /// Writes what has been placed, durably.
    ///
    /// - Throws: `HomeError`.
    public func write() throws(HomeError) {
        guard !planned.isEmpty else { return }
        try FileAccess.makeFolder(home.secrets)
        for (path, text) in planned.sorted(by: { $0.key < $1.key }) {
            guard try Self.holds(path, text) == nil else { continue }
            try FileAccess.createWhole(path, Array(text.utf8) + [0x0a], mode: 0o600)
        }
    }
}
