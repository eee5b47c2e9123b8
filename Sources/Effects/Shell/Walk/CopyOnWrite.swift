// SPDX-License-Identifier: Apache-2.0

/// A value behind one reference, copied when one of several holders changes it.
struct CopyOnWrite<Value: Sendable & Hashable>: Sendable, Hashable {
    /// Of one element: an array is what the language copies on write.
    private var values: [Value]

    init(_ value: Value) { values = [value] }

    var value: Value {
        get { values[0] }
        _modify { yield &values[0] }
    }
}
