// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// Which protocol a request is written in. Eras are per request: one connection may carry both.
public enum Era: Sendable, Hashable {
    /// The handshake revisions, 2024-11-05 to 2025-11-25.
    case legacy
    /// The stateless revision 2026-07-28, whose requests name their version in `_meta`.
    case modern

    /// The revisions that `initialize` may settle on.
    public static let legacyVersions = Revision.all(.legacy).map(\.text)
    /// The newest of them.
    public static let latestLegacyVersion = Revision.latestLegacy.text
    /// The revisions that a request may name in `_meta`.
    public static let modernVersions = Revision.all(.modern).map(\.text)

    /// The era that a client's request is written in: the stateless one where `_meta` names a version, whichever it is, or
    /// where only that era has the method.
    public init(ofRequest method: UTF8String, _ params: JSONObject?) {
        let isNamed = params?["_meta"]?.object?[Meta.versionKey] != nil
        let isOnlyModern = MethodTable.rule(method, from: .client)?.revisions.lowerBound.era == .modern
        self = isNamed || isOnlyModern ? .modern : .legacy
    }
}
