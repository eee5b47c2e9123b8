// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// What entries of the table cannot say, by the name that they ask for.
enum ProgramHandlers {
    typealias Handler = @Sendable (inout ProgramRun) -> Void

    static let all: [UTF8String: Handler] = systems.merging(developers) { first, _ in first }

    /// Of what every system has.
    static let systems: [UTF8String: Handler] = [
        "copy": copy
    ]
}
