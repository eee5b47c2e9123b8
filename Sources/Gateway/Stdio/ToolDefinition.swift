// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import WireTypes

import struct Crypto.SHA256

/// A tool's definition as a server lists it.
enum ToolDefinition {
    /// SHA-256 of the definition's canonical form; `nil` for one with a number that has none.
    static func digest(_ tool: JSON) -> Digest? {
        do throws(JSONError) { return Digest(SHA256.hash(data: try tool.canonical())) } catch { return nil }
    }
}
