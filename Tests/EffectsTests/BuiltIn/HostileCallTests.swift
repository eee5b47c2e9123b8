// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite struct HostileCallTests {
    @Test(arguments: MappedCall.namingSearches)
    func `a search whose pattern names a secret reads it`(call: MappedCall) throws {
        let found = try call.effects()
        #expect(found == call.expected)
    }

    @Test(arguments: MappedCall.ordinarySearches)
    func `a search names nothing of what it passes by`(call: MappedCall) throws {
        let found = try call.effects()
        #expect(found == call.expected)
    }

    @Test(arguments: MappedCall.ordinaryCalls)
    func `an ordinary call is no more than it looks like`(call: MappedCall) throws {
        let found = try call.effects()
        #expect(found == call.expected)
    }

    @Test(arguments: MappedCall.hostileCalls)
    func `a call is judged by what it does, whatever it looks like`(call: MappedCall) throws {
        let found = try call.effects()
        #expect(found == call.expected)
    }
}
