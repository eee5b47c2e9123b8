// SPDX-License-Identifier: Apache-2.0

/// Secrets, of which no eight bytes in a row may be found anywhere.
struct Needles: Sendable {
    private var windows: [UInt64: String] = [:]

    /// Bytes of a secret, under a name for the failure.
    mutating func add(_ name: String, _ secret: some Collection<UInt8>) {
        for window in Self.windows(Array(secret)) where windows[window] == nil { windows[window] = name }
    }

    mutating func add(_ name: String, _ secret: String) { add(name, Array(secret.utf8)) }

    /// What of them is in some bytes.
    func found(in data: [UInt8]) -> Set<String> {
        var names: Set<String> = []
        for window in Self.windows(data) { if let name = windows[window] { names.insert(name) } }
        return names
    }

    private static func windows(_ bytes: [UInt8]) -> [UInt64] {
        guard bytes.count >= 8 else { return [] }
        var windows: [UInt64] = []
        windows.reserveCapacity(bytes.count - 7)
        var window: UInt64 = 0
        for (index, byte) in bytes.enumerated() {
            window = window << 8 | UInt64(byte)
            if index >= 7 { windows.append(window) }
        }
        return windows
    }
}
