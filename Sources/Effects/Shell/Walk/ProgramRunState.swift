// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// What one run of a program comes to.
struct ProgramRunState {
    var after: ShellState
    var output: ShellValue?
    var passesInput = false
    var passesOutput = false
    var hasNested = false
    var hasUnknownPath = false
    /// Whether what it writes may come from a network, or be computed from what nobody knows.
    var isForeign = false
    var read: [UTF8String] = []
    var written: [UTF8String] = []
    var deleted: [UTF8String] = []
    var placed: Set<UTF8String> = []

    init(after: ShellState) { self.after = after }

    func origin(_ invocation: Invocation) -> ShellStream.Origin {
        if isForeign { return .computed }
        switch invocation.input {
        case .inherited, .files: return .local
        case .text(let text): return text.pieces.isEmpty ? .local : .computed
        case .unknown: return .computed
        }
    }
}
