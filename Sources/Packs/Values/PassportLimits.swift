// SPDX-License-Identifier: Apache-2.0

import Passports
import StrictJSON

/// A passport's limits as one pack sees them.
struct PassportLimits {
    private let resolver: LimitResolver
    private let scopes: [UTF8String]

    init(_ limits: JSONObject, _ scopes: [UTF8String]) {
        resolver = LimitResolver(limits)
        self.scopes = scopes
    }

    /// A limit by the first of its names that is there. `null` is as if it were not.
    func value(_ names: [UTF8String]) -> JSON? {
        for name in names {
            if let value = resolver.value(of: name, forAnyOf: scopes), !value.isNull { return value }
        }
        return nil
    }

    func value(_ name: UTF8String) -> JSON? { value([name]) }

    /// The first alternative of a path that is there, with keys taken from the call.
    func value(_ path: LimitPath, key: (UTF8String) -> UTF8String?) -> JSON? {
        for place in path.places {
            guard let name = place.key else {
                if let name = place.name, let value = value(name) { return value }
                continue
            }
            guard let key = key(name) else { continue }
            var value = place.name.map { self.value($0)?.object?[key] } ?? records.lazy.compactMap { $0[key] }.first
            if let rest = place.rest { value = value?.object?[rest] }
            if let value, !value.isNull { return value }
        }
        return nil
    }

    /// What the passport has under the pack's names.
    var records: [JSONObject] { scopes.compactMap { resolver.record(of: $0) } }

    /// Names in the pack's own records that nobody knows and that say something.
    ///
    /// - Parameter hasKeys: whether a record has records under keys that calls name; those are none of these.
    func unknown(besides known: Set<UTF8String>, hasKeys: Bool) -> [UTF8String] {
        records.flatMap(\.members).filter { member in
            guard !known.contains(member.key), !(hasKeys && member.value.object != nil) else { return false }
            return !(member.value.isNull || member.value == false)
        }.map(\.key)
    }

    /// The texts of a list: an array of texts or of objects with an `id`, an object's keys, or texts with commas
    /// between. `nil` where it is none of these.
    static func texts(_ value: JSON) -> [UTF8String]? {
        switch value {
        case .array(let elements):
            guard elements.count <= Limits.listMax else { return nil }
            let texts = elements.compactMap { $0.string ?? $0["id"]?.string }
            return texts.count == elements.count ? texts : nil
        case .object(let object): return object.keys.count <= Limits.listMax ? object.keys : nil
        case .string(let text):
            let parts = text.string.split(separator: ",").map { part in
                UTF8String(
                    String(
                        decoding: part.utf8.drop { $0.isBlank }.reversed().drop { $0.isBlank }.reversed(), as: UTF8.self
                    ))
            }
            return parts.count <= Limits.listMax ? parts : nil
        default: return nil
        }
    }
}
