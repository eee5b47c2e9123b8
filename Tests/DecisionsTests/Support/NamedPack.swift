// SPDX-License-Identifier: Apache-2.0

import Decisions
import Packs
import StrictJSON

extension ToolCall {
    /// The one pack that the call is said to come under; `nil` leaves it to the rulebook.
    var pack: UTF8String? {
        get { packs?.first?.pack }
        set { packs = newValue.map { [PackBinding(pack: $0, tool: tool)] } }
    }
}
