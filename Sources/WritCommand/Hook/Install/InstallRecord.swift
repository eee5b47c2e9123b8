// SPDX-License-Identifier: Apache-2.0

import HomeFolder
import StrictJSON
import WireTypes

import struct Crypto.SHA256

/// What a file was before Writ's hook was put into it, so that it can be put back byte for byte.
struct InstallRecord {
    /// The file's bytes before; `nil` where it was not there.
    var before: [UInt8]?
    /// SHA-256 of its bytes afterwards.
    var after: Digest

    private static func path(_ home: Home, of file: String) -> String {
        "\(home.path)/installed/\(Hex.encode(Array(SHA256.hash(data: Array(file.utf8)).prefix(16)))).json"
    }

    static func digest(_ bytes: [UInt8]) -> Digest? { Digest(bytes: Array(SHA256.hash(data: bytes))) }

    static func exists(_ home: Home, of file: String) -> Bool { FileAccess.exists(path(home, of: file)) }

    static func read(_ home: Home, of file: String) throws -> InstallRecord? {
        let path = path(home, of: file)
        guard FileAccess.exists(path) else { return nil }
        let json: JSON
        do {
            json = try JSON(
                parsing: FileAccess.read(path, limit: 64 << 20), limits: JSONLimits(bytesMax: 64 << 20))
        } catch let error as JSONError {
            throw CommandFailure(.configuration, "\(path) cannot be read: \(error); remove it")
        }
        let before = json["before"]?.string.flatMap { Base64URL.decode($0.string) }
        // A text that cannot be read is not one that was not there, whose file would go.
        guard let after = json["after"]?.string.flatMap({ Digest(base64URL: $0.string) }),
            before != nil || json["before"] == nil
        else { throw CommandFailure(.configuration, "\(path) cannot be read; remove it") }
        return InstallRecord(before: before, after: after)
    }

    func write(_ home: Home, of file: String) throws {
        try FileAccess.makeFolder("\(home.path)/installed")
        var json = JSONObject()
        json["file"] = .text(file)
        json["before"] = before.map { .text(Base64URL.encode($0)) }
        json["after"] = .text(after.base64URL)
        try FileAccess.replace(Self.path(home, of: file), JSON.object(json).pretty(), mode: 0o600)
    }

    static func remove(_ home: Home, of file: String) { RemovedFile.remove(path(home, of: file)) }
}
