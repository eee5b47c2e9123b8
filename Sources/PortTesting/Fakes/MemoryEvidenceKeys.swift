// SPDX-License-Identifier: Apache-2.0

public import Decisions
public import StrictJSON
import Synchronization
import WireTypes

/// Evidence keys in memory.
public final class MemoryEvidenceKeys: EvidenceKeys {
    private struct Month: Hashable {
        let agent: UTF8String
        let month: UTF8String
    }

    private struct Keys {
        var names: [Month: UTF8String] = [:]
        var keys: [UTF8String: [UInt8]] = [:]
    }

    private let keys = Mutex(Keys())

    /// An empty store.
    public init() {}

    /// The key of an agent and a month, made where there is none.
    public func wrappingKey(
        agent: UTF8String, month: String, random: any RandomSource
    ) throws(LedgerError) -> (name: UTF8String, key: [UInt8]) {
        keys.withLock { keys in
            let place = Month(agent: agent, month: UTF8String(month))
            if let name = keys.names[place], let key = keys.keys[name] { return (name, key) }
            let name = UTF8String("\(month)/\(Hex.encode(random.bytes(16)))")
            let key = random.bytes(32)
            keys.names[place] = name
            keys.keys[name] = key
            return (name, key)
        }
    }

    /// The key of a name, or `nil`.
    public func wrappingKey(named name: UTF8String) throws(LedgerError) -> [UInt8]? { keys.withLock { $0.keys[name] } }

    /// Forgets a key.
    public func erase(named name: UTF8String) {
        keys.withLock { keys in
            keys.keys[name] = nil
            keys.names = keys.names.filter { $0.value != name }
        }
    }
}
