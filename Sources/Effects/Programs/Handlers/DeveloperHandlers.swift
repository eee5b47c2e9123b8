// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ProgramHandlers {
    /// Of what developers install.
    static let developers: [UTF8String: Handler] = [:]
}
