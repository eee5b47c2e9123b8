// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Names of tools, which servers choose.
enum ToolName {
    /// Whether a name may stand in an entry in clear, and be pinned: one that an entry can hold, and that reads neither as
    /// a commitment nor as an operation of the protocol.
    static func isPresentable(_ name: UTF8String) -> Bool {
        (1...Limits.toolNameBytes).contains(name.byteCount) && !name.hasPrefix("sd:") && !readsAsOperation(name)
            && name.string.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f }
    }

    /// Whether a name begins like an operation's, in whatever case.
    static func readsAsOperation(_ name: UTF8String) -> Bool {
        name.bytes.prefix(Operation.prefix.byteCount).map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
            .elementsEqual(Operation.prefix.bytes)
    }
}
