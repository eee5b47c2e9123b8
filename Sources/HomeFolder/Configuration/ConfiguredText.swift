// SPDX-License-Identifier: Apache-2.0

import Glibc
public import StrictJSON
import WireTypes

import struct Crypto.SHA256

/// A text of the configuration that may be a secret: a variable's value, a header's, an argument. It is given itself, or
/// by where it is: `{env: NAME}` or `{file: /absolute/path}`, either with a `prefix`.
///
/// What it stands for is only ever handed to the server. Its description says where it is, never what it is.
public struct ConfiguredText: Sendable, Hashable, CustomStringConvertible {
    /// Where the text is.
    public enum Source: Sendable, Hashable {
        /// Here.
        case literal(String)
        /// In a variable of Writ's own environment.
        case variable(String)
        /// In a file, without the line's end.
        case file(String)
        /// Nobody knows any more: an archived configuration has the digest.
        case withheld(String)
    }

    /// Where the text is.
    public let source: Source
    /// What stands before it, as `Bearer ` does.
    public let prefix: String

    /// A text.
    public init(_ source: Source, prefix: String = "") {
        self.source = source
        self.prefix = prefix
    }

    struct Refusal: Error {
        let expected: String
    }

    init(_ value: JSON) throws(Refusal) {
        if let text = value.string {
            guard !text.bytes.contains(0) else { throw Refusal(expected: "a text without a zero byte") }
            self.init(.literal(text.string))
            return
        }
        guard var rest = value.object else { throw Refusal(expected: "a text") }
        let prefix = rest["prefix"]
        rest["prefix"] = nil
        guard prefix == nil || prefix?.string != nil, rest.count == 1, let member = rest.members.first,
            let place = member.value.string?.string, !place.isEmpty, !place.utf8.contains(0)
        else { throw Refusal(expected: "a text, {env: NAME} or {file: /absolute/path}") }
        let before = prefix?.string?.string ?? ""
        switch member.key {
        case "env": self.init(.variable(place), prefix: before)
        case "file":
            guard place.hasPrefix("/") else { throw Refusal(expected: "an absolute path after `file:`") }
            self.init(.file(place), prefix: before)
        case "sha256": self.init(.withheld(place), prefix: before)
        default: throw Refusal(expected: "a text, {env: NAME} or {file: /absolute/path}")
        }
    }

    /// Whether the text stands in the configuration itself.
    public var isLiteral: Bool { if case .literal = source { true } else { false } }

    /// What it stands for.
    ///
    /// - Throws: `HomeError`: the variable is not set, the file is missing, exposed to others, too large or no text. It
    ///   names where the text was looked for, and quotes nothing of it.
    public func value() throws(HomeError) -> String {
        switch source {
        case .literal(let text): return prefix + text
        case .variable(let name):
            guard let value = getenv(name) else {
                throw HomeError(.missing, "the environment variable \(name) is not set")
            }
            return prefix + String(cString: value)
        case .file(let path):
            var bytes = try FileAccess.read(path, limit: Limits.secretBytes, privacy: .ownerOnly)
            if bytes.last == 0x0a { bytes.removeLast() }
            if bytes.last == 0x0d { bytes.removeLast() }
            guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
                throw HomeError(.malformed, "\(path) is not UTF-8 text")
            }
            return prefix + text
        case .withheld: throw HomeError(.missing, "an archived configuration has no secrets")
        }
    }

    /// For the record: a reference as it is, of a text its digest.
    ///
    /// - Parameter name: whose value it is; part of the digest, so that equal values of two names do not look equal.
    func archived(as name: String) -> JSON {
        var object = JSONObject()
        switch source {
        case .literal(let text):
            let bytes = Array("writ.setting/1\n\(name)\n\(text)".utf8)
            object["sha256"] = .text(Digest(SHA256.hash(data: bytes)).base64URL)
        case .variable(let name): object["env"] = .text(name)
        case .file(let path): object["file"] = .text(path)
        case .withheld(let digest): object["sha256"] = .text(digest)
        }
        if !prefix.isEmpty { object["prefix"] = .text(prefix) }
        return .object(object)
    }

    /// As the configuration has it.
    public var json: JSON {
        guard case .literal(let text) = source else { return archived(as: "") }
        return .text(text)
    }

    /// Where it is.
    public var description: String {
        switch source {
        case .literal: "a text of the configuration"
        case .variable(let name): "the environment variable \(name)"
        case .file(let path): path
        case .withheld: "withheld"
        }
    }
}
