// SPDX-License-Identifier: Apache-2.0

/// Inputs behind one reference: they are a large value, and whoever judges passes them on.
final class SharedInputs: Sendable {
    let inputs: DecisionInputs

    init(_ inputs: DecisionInputs) { self.inputs = inputs }
}
