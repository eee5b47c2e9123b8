// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite struct HostileCallTests {
    @Test(arguments: MappedCall.hostileCalls)
    func `a call is judged by what it does, whatever it looks like`(call: MappedCall) throws {
        let found = try call.effects()
        #expect(found == call.expected)
    }
}
