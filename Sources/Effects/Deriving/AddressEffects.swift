// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

extension EffectDeriver {
    /// What reading a server's resource would touch: `file:` names a file, `http:` and `https:` a URL; other schemes are
    /// the server's own names and touch nothing that is known here. A text without a scheme is taken for a path, as a
    /// server might take it.
    ///
    /// - Throws: `EffectError.tooManyEffects`; the caller denies.
    public static func effects(
        reading uri: UTF8String, environment: EffectEnvironment
    ) throws(EffectError) -> [Effect] {
        var walk = ArgumentWalk(environment: environment, arguments: .null)
        try walk.uri(uri)
        return walk.effects.sorted
    }

    /// What sending a person to a URL would touch. What is no text, or no URL that is understood, is an opaque host.
    ///
    /// - Throws: `EffectError.tooManyEffects`; the caller denies.
    public static func effects(visiting url: JSON?, environment: EffectEnvironment) throws(EffectError) -> [Effect] {
        var walk = ArgumentWalk(environment: environment, arguments: .null)
        if let text = url?.string {
            let address = Address(text)
            if address.scheme == "file" { try walk.path(address.text) } else { try walk.page(address.text) }
        } else {
            try walk.effects.insert(opaque: .host)
        }
        return walk.effects.sorted
    }
}

/// A URI as whoever resolves it may read it: without the spaces and control characters around it, and without the line
/// breaks and tabs in it, which URL parsers drop.
struct Address {
    let text: UTF8String
    /// In lower case; `nil` where there is none, or one of a single letter, which is a drive.
    let scheme: UTF8String?

    init(_ uri: UTF8String) {
        let trimmed = uri.bytes.drop { $0 <= 0x20 }.reversed().drop { $0 <= 0x20 }.reversed()
        let bytes = trimmed.filter { ![0x09, 0x0a, 0x0d].contains($0) }
        text = UTF8String(validating: bytes) ?? uri
        let name = bytes.prefix { $0 != UInt8(ascii: ":") }
        let isScheme =
            name.count < bytes.count && name.count > 1 && (name.first?.isLetter ?? false)
            && name.allSatisfy { $0.isAlphanumeric || "+-.".utf8.contains($0) }
        scheme = isScheme ? UTF8String(validating: name.map(\.lowercased)) : nil
    }
}

extension ArgumentWalk {
    fileprivate mutating func path(_ text: UTF8String) throws(EffectError) {
        _ = try path(text, [.read], .path, from: [])
    }

    fileprivate mutating func page(_ text: UTF8String) throws(EffectError) {
        try CommandEffects.add(url: text, to: &effects)
    }
}
