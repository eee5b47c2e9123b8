// SPDX-License-Identifier: Apache-2.0

/// A value behind one reference, copied when one of several holders changes it.
struct CopyOnWrite<Value: Sendable & Hashable>: Sendable, Hashable {
    private final class Box: @unchecked Sendable {
        // Changed only where nobody else holds the box.
        var value: Value

        init(_ value: Value) { self.value = value }
    }

    private var box: Box

    init(_ value: Value) { box = Box(value) }

    var value: Value {
        get { box.value }
        _modify {
            if !isKnownUniquelyReferenced(&box) { box = Box(box.value) }
            yield &box.value
        }
    }

    static func == (left: Self, right: Self) -> Bool { left.box === right.box || left.box.value == right.box.value }

    func hash(into hasher: inout Hasher) { hasher.combine(box.value) }
}
