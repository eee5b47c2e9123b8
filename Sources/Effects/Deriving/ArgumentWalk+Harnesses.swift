// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// What the arguments of coding agents' own tools are beyond paths and commands.
extension ArgumentWalk {
    /// The files that a pattern names, below where the search begins.
    ///
    /// - Parameter isGlob: whether what it spells out has been seen already.
    mutating func filter(_ text: UTF8String, _ pointers: [JSONPointer], isGlob: Bool = false) throws(EffectError) {
        let bases = bases(pointers)
        let root = environment.root ?? environment.workingDirectory
        let isOutside = bases.contains { base in
            guard let place = base ?? environment.workingDirectory, let root else { return true }
            return place != root && !place.hasPrefix(root == "/" ? "/" : UTF8String("\(root)/"))
        }
        guard let names = SecretPattern.names(in: text, isOutside: isOutside || bases.isEmpty) else {
            try effects.insert(opaque: .pathRead)
            return
        }
        for name in names where !isGlob || name != text || Self.hasWildcards(text) {
            _ = try path(name, [.read], .path, from: pointers)
        }
    }

    /// A path or URI that OpenClaw loads: it drops `MEDIA:` before it, in any case and with blanks around.
    mutating func media(_ text: UTF8String) throws(EffectError) {
        var rest = text
        for _ in 0..<Limits.pathComponentsMax {
            let trimmed = rest.withoutEdgeControls
            let word = trimmed.bytes.prefix { $0.isLetter }
            let colon = trimmed.bytes.dropFirst(word.count).withoutLeadingBlanks
            guard word.map(\.lowercased).elementsEqual("media".utf8), colon.first == UInt8(ascii: ":"),
                let next = UTF8String(validating: colon.dropFirst())
            else { break }
            rest = next
        }
        try uri(rest)
    }

    /// Attachments: each text is a path or URI, and in objects each that is called so. What else an object has is not
    /// opened.
    mutating func items(_ value: JSON) throws(EffectError) {
        var waiting = [value]
        var seen = 0
        while let item = waiting.popLast() {
            seen += 1
            guard seen <= Limits.elementsMax else { throw .tooManyEffects }
            switch item {
            case .string(let text): try uri(text)
            case .array(let elements): waiting += elements
            case .object(let object):
                for member in object.members {
                    if Self.pathNames.contains(member.key.asciiLowercased) {
                        waiting.append(member.value)
                    } else if member.value.object != nil || member.value.array != nil {
                        waiting += member.value.object.map { [.object($0)] } ?? Self.objects(member.value)
                    }
                }
            default: break
            }
        }
    }

    private static func objects(_ value: JSON) -> [JSON] { value.array?.filter { $0.object != nil } ?? [] }

    private static let pathNames: Set<UTF8String> = [
        "path", "paths", "file", "files", "file_path", "filepath", "filename", "uri",
    ]

    /// A revision, in which `HEAD:.env` is a file: what `git show` would read in a command. One that begins with a dash is
    /// an option.
    mutating func revision(_ text: UTF8String, _ pointers: [JSONPointer]) throws(EffectError) {
        guard !text.withoutEdgeControls.hasPrefix("-") else {
            try effects.insert(opaque: .arguments)
            return
        }
        for base in bases(pointers) {
            var moved = environment
            moved.root = environment.root ?? environment.workingDirectory
            moved.workingDirectory = base ?? environment.workingDirectory
            var shown = EffectSet()
            try CommandEffects.add(words: ["git", "show", text], moved, to: &shown)
            // That git is run is the tool's own doing.
            for effect in shown.sorted where effect.verb == .read || effect == .opaque(.pathRead) {
                try effects.insert(effect)
            }
        }
    }

    /// A file that is run: the project's own is its code, any other one a program that somebody put there.
    mutating func script(_ text: UTF8String, _ pointers: [JSONPointer]) throws(EffectError) {
        _ = try path(text, [.read], .path, from: pointers)
        let root = environment.root ?? environment.workingDirectory
        let paths = bases(pointers).map { CanonicalPath(text, in: environment, base: $0) }
        let isOwn = paths.allSatisfy { path in
            guard let path, let root, root != "/" else { return false }
            return path.readings.allSatisfy { $0.hasPrefix(UTF8String("\(root)/")) }
        }
        try effects.insert(opaque: isOwn && !paths.isEmpty ? .projectCode : .program)
    }

    /// Where something is delivered: a URL is called, anything else is a recipient.
    mutating func destination(_ text: UTF8String) throws(EffectError) {
        let address = Address(text.withoutEdgeControls)
        if let scheme = address.scheme, scheme != "mailto", address.text.string.contains("://") {
            return try CommandEffects.add(url: address.text, to: &effects)
        }
        let resources = PlainNames.recipient(text)
        if resources.isEmpty { try effects.insert(opaque: .arguments) }
        for resource in resources { try effects.insert(Effect(.send, resource)) }
    }
}
