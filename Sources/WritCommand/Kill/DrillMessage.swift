// SPDX-License-Identifier: Apache-2.0

import Decisions
import HomeFolder
import StrictJSON

/// What a drill sends to each process: which event it has logged, and where the answer goes.
struct DrillMessage: Sendable {
    let asker: EnforcerName
    /// The event's place in the log.
    let index: Int64
    let scope: KillScope

    init(asker: EnforcerName, index: Int64, scope: KillScope) {
        self.asker = asker
        self.index = index
        self.scope = scope
    }

    /// `nil` where it is none.
    init?(_ bytes: [UInt8]) {
        guard let json = Self.json(bytes), let asker = json["asker"]?.string.flatMap({ EnforcerName($0.string) }),
            asker.kind == EnforcerName.drill, let index = json["index"]?.int64, index >= 0,
            let kind = json["scope"]?.string,
            let scope = KillScope(kind: kind.string, target: json["target"]?.string)
        else { return nil }
        self.init(asker: asker, index: index, scope: scope)
    }

    var bytes: [UInt8] {
        var object = JSONObject()
        object["asker"] = .text(asker.text)
        object["index"] = .integer(index)
        object["scope"] = .text(scope.kind)
        object["target"] = scope.target.map(JSON.string)
        return JSON.object(object).serialized()
    }

    fileprivate static func json(_ bytes: [UInt8]) -> JSON? {
        guard !bytes.isEmpty else { return nil }
        do throws(JSONError) { return try JSON(parsing: bytes, limits: KillLimits.message) } catch { return nil }
    }
}

/// What a process answers to a drill.
struct DrillAnswer: Sendable {
    let name: EnforcerName
    let index: Int64
    /// When it had seen the event and done what would be done, in nanoseconds of the machine's monotonic clock.
    let seenAt: Int64
    /// What it has under way that could be stopped.
    let open: Int
    /// What of it a switch of the drill's scope would have stopped.
    let covered: Int

    init(name: EnforcerName, index: Int64, seenAt: Int64, open: Int, covered: Int) {
        self.name = name
        self.index = index
        self.seenAt = seenAt
        self.open = open
        self.covered = covered
    }

    /// `nil` where it is none.
    init?(_ bytes: [UInt8]) {
        guard let json = DrillMessage.json(bytes), let name = json["name"]?.string.flatMap({ EnforcerName($0.string) }),
            let index = json["index"]?.int64, let seenAt = json["seen_at"]?.int64,
            let open = json["open"]?.int64.flatMap({ Int(exactly: $0) }),
            let covered = json["covered"]?.int64.flatMap({ Int(exactly: $0) })
        else { return nil }
        self.init(name: name, index: index, seenAt: seenAt, open: open, covered: covered)
    }

    var bytes: [UInt8] {
        let json: JSON = [
            "name": .text(name.text), "index": .integer(index), "seen_at": .integer(seenAt), "open": .integer(open),
            "covered": .integer(covered),
        ]
        return json.serialized()
    }
}
