// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// Finds a limit in the shapes in which OAP passports write them.
///
/// OAP's schema has `limits["data.export"].max_rows`, its text also `limits.data.export.max_rows`, and older passports
/// `limits.max_rows`. The first of these that is there counts, in this order, and for a capability with aliases each of
/// its names is tried before the flat form.
public struct LimitResolver: Sendable {
    private let limits: JSONObject
    private let aliases: CapabilityAliases

    /// A resolver over a passport's `limits`.
    public init(_ limits: JSONObject, aliases: CapabilityAliases = .standard) {
        self.limits = limits
        self.aliases = aliases
    }

    /// The value of a limit, or `nil` where the passport has none.
    ///
    /// - Parameters:
    ///   - name: the limit, dotted where it is nested: `max_rows`, `currency_limits.USD.daily_cap`.
    ///   - capability: a capability's id, or a pack's without its version.
    public func value(of name: UTF8String, for capability: UTF8String) -> JSON? {
        if limits.members.isEmpty { return nil }
        let parts = Self.parts(name)
        for id in aliases.names(of: capability) {
            if let value = Self.find(Self.parts(id) + parts, in: limits) { return value }
        }
        return Self.find(parts, in: limits)
    }

    /// The value of a limit that may stand under several names: of a pack, of its capabilities. Each name is tried before
    /// the flat form.
    public func value(of name: UTF8String, forAnyOf names: [UTF8String]) -> JSON? {
        let parts = Self.parts(name)
        for id in names.flatMap(aliases.names) {
            if let value = Self.find(Self.parts(id) + parts, in: limits) { return value }
        }
        return Self.find(parts, in: limits)
    }

    /// The object that holds a capability's limits, or a pack's, by its own name or another; `nil` where they are flat or
    /// not there.
    public func record(of name: UTF8String) -> JSONObject? {
        for id in aliases.names(of: name) {
            if let record = Self.find(Self.parts(id), in: limits)?.object { return record }
        }
        return nil
    }

    /// The longest key first: `a.b.c`, then `a.b` and in it `c`, then `a` and in it `b.c`.
    private static func find(_ parts: [UTF8String], in object: JSONObject) -> JSON? {
        // Every key that is tried begins with the first part; most objects have none that does.
        guard let first = parts.first, parts.count <= 2 * PassportLimits.limitPartsMax,
            object.members.contains(where: { $0.key.hasPrefix(first) })
        else { return nil }
        for count in stride(from: parts.count, to: 0, by: -1) {
            let key = UTF8String(parts.prefix(count).map(\.string).joined(separator: "."))
            guard let value = object[key] else { continue }
            if count == parts.count { return value }
            // Each step goes down one level of the document, whose depth is bounded.
            if let inner = value.object, let found = find(Array(parts.dropFirst(count)), in: inner) { return found }
        }
        return nil
    }

    private static func parts(_ name: UTF8String) -> [UTF8String] {
        name.string.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            .map { UTF8String(String(Substring($0))) }
    }
}
