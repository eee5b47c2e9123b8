// SPDX-License-Identifier: Apache-2.0

/// The port's own bounds, as every implementation has them.
enum Limits {
    /// Bytes of an entry: the receipt format's limit.
    static let entryBytes = 60 << 10
}
