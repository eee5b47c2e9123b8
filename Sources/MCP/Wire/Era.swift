// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// Which protocol a request is written in. Eras are per request: one connection may carry both.
public enum Era: Sendable, Equatable {
    /// The handshake revisions, 2024-11-05 to 2025-11-25.
    case legacy
    /// The stateless revision 2026-07-28, whose requests name their version in `_meta`.
    case modern

    /// The revisions that `initialize` may settle on.
    public static let legacyVersions: [UTF8String] = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"]
    /// The newest of them.
    public static let latestLegacyVersion: UTF8String = "2025-11-25"
    /// The revisions that a request may name in `_meta`.
    public static let modernVersions: [UTF8String] = ["2026-07-28"]
}
