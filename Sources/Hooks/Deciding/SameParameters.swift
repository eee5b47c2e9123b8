// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Whether two tellings are of one call. Members' order and the spelling of numbers do not count, all else does.
enum SameParameters {
    static func areEqual(_ decided: JSON?, _ other: JSON) -> Bool { decided.map { form($0) == form(other) } ?? false }

    /// Whether a call ran as it was decided. Harnesses fill in what an agent left out, so members that are added and say
    /// nothing (`null`, `false`) change nothing; any other does, but for those that the harness is known to fill in.
    static func fits(_ decided: JSON?, ran call: HookCall) -> Bool {
        let ran = call.parameters
        let filled = FilledIn.members(of: call)
        guard let decided = decided?.object else { return false }
        return decided.members.allSatisfy { member in ran[member.key].map { form($0) == form(member.value) } ?? false }
            && ran.members.allSatisfy { member in
                member.value.isNull || member.value == .bool(false) || decided[member.key] != nil
                    || filled.contains(member.key)
            }
    }

    /// Whether a call has all these members, for events that tell a part of what another told.
    static func contains(_ decided: JSON?, _ part: JSONObject) -> Bool {
        guard let decided = decided?.object else { return false }
        return part.members.allSatisfy { member in decided[member.key].map { form($0) == form(member.value) } ?? false }
    }

    /// RFC 8785; as it is written where a number has no such form, which then must be the same text.
    private static func form(_ json: JSON) -> [UInt8] {
        do throws(JSONError) { return try json.canonical() } catch { return json.serialized() }
    }
}
