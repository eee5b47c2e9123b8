// SPDX-License-Identifier: Apache-2.0

import Effects
import StrictJSON

/// Patterns of paths in a passport. One without wildcards is a folder or a file, and stands for all below it. What comes
/// before the first wildcard is canonical like the paths it is compared with: `~`, `..` and links mean the same in both.
struct PathPatterns {
    private var globs: [Glob] = []
    private var folders: [UTF8String] = []
    private let isEverything: Bool
    private let ignoresCase: Bool
    private let failure: PackRefusal

    init(
        _ patterns: [UTF8String], _ environment: EffectEnvironment, _ judging: RuleJudging, _ rule: PackRule,
        _ limit: String, ignoringCase: Bool = false
    ) throws(PackRefusal) {
        ignoresCase = ignoringCase
        isEverything = patterns.contains("*") || patterns.contains("**")
        failure = judging.invalid(limit, rule.name)
        guard !isEverything else { return }
        for pattern in patterns {
            let wildcard = pattern.bytes.firstIndex { "*?".utf8.contains($0) }
            let fixed = wildcard.map { pattern.bytes[..<$0] } ?? pattern.bytes[...]
            // Up to the last slash before the wildcard is a folder, and the rest a pattern of names in it.
            let slash = wildcard == nil ? fixed.endIndex : (fixed.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0)
            var folder = UTF8String(validating: fixed[..<slash]) ?? ""
            let rest = UTF8String(validating: pattern.bytes[slash...]) ?? ""
            // A pattern that begins with a wildcard fits wherever it is.
            if folder.isEmpty, wildcard == 0 {
                try add(UTF8String("*\(rest)"))
                continue
            }
            if folder.isEmpty { folder = "." }
            guard let path = CanonicalPath(folder, in: environment) else { throw failure }
            for reading in path.readings {
                if wildcard == nil {
                    folders.append(ignoringCase ? reading.lowered : reading)
                } else {
                    try add(UTF8String(reading == "/" ? "/\(rest)" : "\(reading)/\(rest)"))
                }
            }
        }
    }

    private mutating func add(_ pattern: UTF8String) throws(PackRefusal) {
        guard let glob = Glob(pattern, ignoringCase: ignoresCase) else { throw failure }
        globs.append(glob)
    }

    func fit(_ path: UTF8String) throws(PackRefusal) -> Bool {
        if isEverything { return true }
        let compared = ignoresCase ? path.lowered : path
        if folders.contains(where: { $0 == "/" || $0 == compared || compared.hasPrefix(UTF8String("\($0)/")) }) {
            return true
        }
        for glob in globs {
            guard let fits = glob.matches(path) else { throw failure }
            if fits { return true }
        }
        return false
    }
}

/// Patterns of what is blocked, in texts: without wildcards they block what they are somewhere in; letter case never
/// matters.
enum TextPatterns {
    static func block(
        _ text: UTF8String, _ patterns: [UTF8String], _ judging: RuleJudging, _ rule: PackRule, _ limit: String
    ) throws(PackRefusal) -> Bool {
        let lowered = text.lowered
        for pattern in patterns where !pattern.isEmpty {
            if Glob.isPattern(pattern) {
                if try judging.fits(text, [pattern], ignoringCase: true, rule, limit) { return true }
            } else {
                guard pattern.byteCount <= Limits.patternBytesMax else { throw judging.invalid(limit, rule.name) }
                if lowered.contains(pattern.lowered) { return true }
            }
        }
        return false
    }
}
