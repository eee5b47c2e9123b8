// SPDX-License-Identifier: Apache-2.0

import Passports
public import StrictJSON
import WireTypes

/// OAP's policy packs, enforced from a passport's capabilities and limits.
///
/// Pure: the same call, passport and moment give the same verdict. Limits come from the passport alone; nothing that a
/// call says widens them.
public enum PackRules {
    /// The packs that are enforced, sorted.
    public static let packs: [UTF8String] = PackRows.packs.keys.sorted()

    /// The rule that a call breaks which is not as the pack needs it.
    static let contextRule: UTF8String = "required_context"
    static let invalidContext: UTF8String = "oap.invalid_context"
    static let invalidLimit: UTF8String = "oap.invalid_limit"
    static let unsupportedLimit: UTF8String = "oap.unsupported_limit"

    /// Every code that a refusal can have, sorted.
    public static let codes: [UTF8String] = {
        let rows = PackRows.packs.values.flatMap { $0.rules.map(\.code) + $0.members.compactMap(\.code) }
        return Set(rows + [invalidContext, invalidLimit, unsupportedLimit, "oap.policy_error"]).sorted()
    }()

    /// Why a call does not bring what the pack needs, or `nil`: OAP's `required_context`, which comes before every rule.
    public static func malformation(pack: UTF8String, tool: UTF8String, arguments: JSONObject) -> PackRefusal? {
        guard let definition = PackRows.pack(pack) else { return unknown }
        do throws(PackRefusal) {
            let values = try CallValues(pack: pack, tool: tool, arguments: arguments, definition.members)
            let members = definition.members.lazy.filter { !CallValues.leavesOut($0, tool) }
            return members.compactMap { $0.refusal(values) }.first
        } catch {
            return error
        }
    }

    /// Where a call under a pack takes effect, if the pack has it say so.
    public static func region(pack: UTF8String, arguments: JSONObject) -> UTF8String? {
        guard PackRows.pack(pack)?.members.contains(where: { $0.names == ["region"] }) ?? false else { return nil }
        return arguments["region"]?.string
    }

    /// Whether a passport has limits of a pack: under the pack's own names, or one that its rules look at.
    public static func hasLimits(_ limits: JSONObject, of pack: UTF8String) -> Bool {
        guard !limits.members.isEmpty else { return false }
        guard let definition = PackRows.pack(pack) else { return true }
        let limits = PassportLimits(limits, definition.scopes)
        return limits.records.contains { !$0.members.isEmpty }
            || definition.knownLimits.union(["approval_required"]).contains { limits.value($0) != nil }
    }

    /// What the pack's rules say.
    public static func judge(_ call: PackCall) -> PackVerdict {
        var verdict = PackVerdict()
        guard let definition = PackRows.pack(call.pack) else {
            verdict.refusals = [unknown]
            return verdict
        }
        let values: CallValues
        do throws(PackRefusal) {
            values = try CallValues(
                pack: call.pack, tool: call.tool, arguments: call.arguments, definition.members)
        } catch {
            verdict.refusals = [error]
            return verdict
        }
        let members = definition.members.filter { !CallValues.leavesOut($0, call.tool) }
        verdict.refusals = members.compactMap { $0.refusal(values) }
        guard verdict.refusals.isEmpty else { return verdict }
        let limits = PassportLimits(call.identity.limits, definition.scopes)
        let known = definition.knownLimits.union(["approval_required"])
        if let name = limits.unknown(besides: known, hasKeys: definition.hasKeys).first {
            verdict.refusals.append(
                PackRefusal(
                    "limits", unsupportedLimit, "the passport has a limit that is not enforced here: \(said(name))"))
        }
        let judging = RuleJudging(definition: definition, call: call, values: values, limits: limits)
        for rule in definition.rules {
            switch judging.judge(rule) {
            case .passed: break
            case .refused(let refusal): verdict.refusals.append(refusal)
            case .takes(let reservation): verdict.reservations.append(reservation)
            }
        }
        switch limits.value("approval_required") {
        case nil, .bool(false)?: break
        case .bool(true)?: verdict.needsApproval = true
        default: verdict.refusals.append(judging.invalid("approval_required", "limits"))
        }
        if !verdict.refusals.isEmpty { verdict.reservations = [] }
        return verdict
    }

    private static let unknown = PackRefusal("pack", "oap.policy_error", "nobody here knows the pack")

    /// A limit's name is the issuer's; a long or strange one is not repeated.
    private static func said(_ name: UTF8String) -> String {
        name.byteCount <= 64 && name.bytes.allSatisfy { $0.isNameByte } ? name.string : "(a name)"
    }
}
