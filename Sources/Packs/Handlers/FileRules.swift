// SPDX-License-Identifier: Apache-2.0

import Effects
import StrictJSON

/// Rules about paths. What is judged is what the call would touch, canonical and with links followed, and not the text
/// of an argument.
struct FileRules {
    private let judging: RuleJudging
    private let rule: PackRule
    /// All that is read, written or deleted.
    private let paths: [UTF8String]
    /// Whether the call touches paths that nobody knows, or none that anybody knows.
    private let isUnclear: Bool

    init(_ judging: RuleJudging, _ rule: PackRule) {
        self.judging = judging
        self.rule = rule
        let effects = judging.call.effects
        paths = effects.filter { [.read, .write, .delete].contains($0.verb) }.map(\.resource.name)
            .filter { $0.type == .file || $0.type == .directory }.map(\.id)
        isUnclear =
            paths.isEmpty
            || [OpaquePosition.pathRead, .pathWrite].contains { effects.contains(.opaque($0)) }
    }

    private static let unclear = "what the call would touch is not known"

    func allowed() throws(PackRefusal) -> String? {
        guard let list = try judging.list(["allowed_paths"], rule), !list.contains("*") else { return nil }
        guard !isUnclear else { return Self.unclear }
        let patterns = try PathPatterns(list, judging.call.environment, judging, rule, "allowed_paths")
        for path in paths where try !patterns.fit(path) { return "a path is not in the passport's allowed_paths" }
        return nil
    }

    func blocked() throws(PackRefusal) -> String? {
        guard let list = try judging.list(["blocked_paths"], rule), !list.isEmpty else { return nil }
        guard !isUnclear else { return Self.unclear }
        let patterns = try PathPatterns(
            list, judging.call.environment, judging, rule, "blocked_paths", ignoringCase: true)
        for path in paths where try patterns.fit(path) { return "a path is in the passport's blocked_paths" }
        return nil
    }

    /// A pattern without wildcards blocks every path that it is somewhere in.
    func patterns() throws(PackRefusal) -> String? {
        guard let list = try judging.list(["blocked_patterns"], rule), !list.isEmpty else { return nil }
        guard !isUnclear else { return Self.unclear }
        for path in paths where try TextPatterns.block(path, list, judging, rule, "blocked_patterns") {
            return "a path fits the passport's blocked_patterns"
        }
        return nil
    }

    func extensions() throws(PackRefusal) -> String? {
        let allowed = try judging.list(["allowed_extensions"], rule)?.map(Self.bareExtension)
        let blocked = try judging.list(["blocked_extensions"], rule)?.map(Self.bareExtension) ?? []
        guard allowed != nil || !blocked.isEmpty else { return nil }
        if allowed?.contains("*") ?? false, blocked.isEmpty { return nil }
        guard !isUnclear else { return Self.unclear }
        for path in paths {
            let ending = Self.fileExtension(path)
            if let allowed, !allowed.contains(ending), !allowed.contains("*") {
                return "a file's extension is not in the passport's allowed_extensions"
            }
            if blocked.contains(ending) { return "a file's extension is in the passport's blocked_extensions" }
        }
        return nil
    }

    func sensitive(_ patterns: [UTF8String]) throws(PackRefusal) -> String? {
        for path in paths where try judging.fits(path, patterns, ignoringCase: true, rule, "blocked_patterns") {
            return "a path is of those that no agent touches (docs/oap.md)"
        }
        return nil
    }

    static let sizes: [UTF8String: Int64] = [
        "max_file_size": 1, "max_file_size_bytes": 1, "max_size_bytes": 1, "max_file_size_mb": 1 << 20,
        "max_size_mb": 1 << 20,
    ]

    /// The content's bytes, where the call has it whole; the claimed number counts beside it, and not instead of it.
    func contentSize() throws(PackRefusal) -> String? {
        for (name, unit) in Self.sizes.sorted(by: { $0.key < $1.key }) {
            guard let limit = judging.limits.value(name) else { continue }
            guard let bound = ExactDecimal(limit) else { throw judging.invalid(name.string, rule.name) }
            var sizes: [Int64] = []
            if let content = judging.values.text("content") { sizes.append(Int64(content.byteCount)) }
            if let claimed = judging.values.value("content_length")?.int64 { sizes.append(claimed) }
            // What an edit leaves behind is known to nobody who has not read the file.
            guard let size = sizes.max() else { return "the call does not say how large the file becomes" }
            let whole = Int(clamping: size.quotientRoundedUp(by: unit))
            if ExactDecimal(whole) > bound { return "the file would be larger than the passport's \(name)" }
        }
        return nil
    }

    private static func bareExtension(_ text: UTF8String) -> UTF8String {
        let lowered = text.lowered
        return lowered.hasPrefix(".") ? UTF8String(String(lowered.string.dropFirst())) : lowered
    }

    /// What is after the last dot of the name, in lower case; of `.env` and `Makefile` there is none.
    static func fileExtension(_ path: UTF8String) -> UTF8String {
        let name = path.bytes.split(separator: UInt8(ascii: "/")).last ?? []
        guard let dot = name.lastIndex(of: UInt8(ascii: ".")), dot > name.startIndex else { return "" }
        return UTF8String(validating: name[(dot + 1)...].map(\.lowercased)) ?? ""
    }
}

extension Int64 {
    fileprivate func quotientRoundedUp(by divisor: Int64) -> Int64 {
        self / divisor + (self % divisor > 0 ? 1 : 0)
    }
}
