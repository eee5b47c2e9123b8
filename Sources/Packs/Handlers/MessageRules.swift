// SPDX-License-Identifier: Apache-2.0

import Effects
import StrictJSON

/// Rules about messages: every recipient that the call's effects name, copies too.
struct MessageRules {
    private let judging: RuleJudging
    private let rule: PackRule
    private let receivers: [UTF8String]

    init(_ judging: RuleJudging, _ rule: PackRule) {
        self.judging = judging
        self.rule = rule
        receivers = judging.call.effects.filter { $0.verb == .send }.map(\.resource.name.id)
    }

    func recipients() throws(PackRefusal) -> String? {
        if let limit = judging.limits.value("max_recipients") {
            guard let most = ExactDecimal(limit) else { throw judging.invalid("max_recipients", rule.name) }
            if ExactDecimal(receivers.count) > most {
                return "there are more recipients than the passport's max_recipients"
            }
        }
        let people = try judging.list(["allowed_recipients"], rule)
        let channels = try judging.list(["allowed_channels", "channels_allowlist"], rule)
        guard people != nil || channels != nil else { return nil }
        let list = (people ?? []) + (channels ?? [])
        if list.contains("*") { return nil }
        guard !receivers.isEmpty, !judging.call.effects.contains(.opaque(.arguments)) else {
            return "who would receive it is not known"
        }
        let entries = list.map(Self.canonical)
        for receiver in receivers where try !judging.fits(receiver, entries, rule, "allowed_recipients") {
            return "a recipient is not in the passport's allowed_recipients"
        }
        return nil
    }

    /// An address as effects write it.
    private static func canonical(_ entry: UTF8String) -> UTF8String {
        guard let at = entry.string.utf8.lastIndex(of: UInt8(ascii: "@")), at != entry.string.utf8.startIndex,
            !entry.hasPrefix("mailto:")
        else { return entry }
        let domain = UTF8String(String(entry.string[at...])).lowered
        return UTF8String("mailto:\(entry.string[..<at])\(domain)")
    }

    func mentions() throws(PackRefusal) -> String? {
        guard let policy = judging.limits.value("mention_policy") else { return nil }
        let named = judging.values.value("mentions")?.array?.compactMap(\.string) ?? []
        let text = (judging.values.text("message") ?? "").lowered
        let everyone: [UTF8String] = ["@everyone", "@here", "@channel", "@all", "<!"]
        let isToAll =
            everyone.contains { text.contains($0) }
            || named.contains { name in ["everyone", "here", "channel", "all"].contains(name.lowered.withoutSigil) }
        switch policy {
        case "all": return nil
        case "limited": return isToAll ? "the passport's mention_policy is limited" : nil
        case "none": return isToAll || !named.isEmpty ? "the passport's mention_policy is none" : nil
        default: throw judging.invalid("mention_policy", rule.name)
        }
    }
}

extension UTF8String {
    fileprivate var withoutSigil: UTF8String { hasPrefix("@") ? UTF8String(String(string.dropFirst())) : self }
}
