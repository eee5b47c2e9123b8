// SPDX-License-Identifier: Apache-2.0

import Decisions
import PortTesting
import Receipts
import StrictJSON
import Testing
import TransparencyLog
import WireTypes

/// `/v1/approvals`, without HTTP.
struct ApprovalDeskTests {
    private static func desk(_ world: World, matches: Bool = true) -> ApprovalDesk {
        ApprovalDesk(world.ports) { _ in
            ApprovalDesk.Shown(evidence: ["shown": true], requesters: [Agents.id, "org_1"], isWhatIsBound: matches)
        }
    }

    private static func view(
        _ world: World, _ name: String, _ id: UTF8String? = nil, signed key: String? = nil, of other: UTF8String? = nil
    ) throws -> JSON {
        let pair = try Approvers.key(key ?? name)
        let at = world.clock.now()
        let message = ApprovalDesk.viewMessage(
            log: World.origin, approver: UTF8String(name), at: at, id: other ?? id)
        return [
            "act": "view", "approver": .text(name), "at": .text(at.text), "kid": .text(pair.kid.base64URL),
            "signature": .text(Base64URL.encode(try pair.sign(message))),
        ]
    }

    private static func body(_ event: Event, _ act: String, _ name: String) throws -> JSON {
        let signature = try #require(event.actorSignature)
        return [
            "act": .text(act), "approver": .text(name), "assurance": "separate-user", "at": .text(event.at.text),
            "kid": .text(signature.kid.base64URL), "signature": .text(Base64URL.encode(signature.signature)),
        ]
    }

    @Test func `an approver sees what waits, approves it, and the call runs once`() async throws {
        let world = try World.withApprovers()
        _ = await world.pipeline.answer(try Calls.call())
        let desk = Self.desk(world)
        let record = try world.asked()
        let id = UTF8String(record.id.text)
        let list = await desk.answer(nil, try Self.view(world, "alice"))
        #expect(list.status == 200 && list.body["approvals"]?.array?.first?["id"]?.string == id)
        let shown = await desk.answer(id, try Self.view(world, "alice", id))
        #expect(shown.status == 200 && shown.body["evidence"] == ["shown": true] && shown.body["matches"] == true)
        #expect(shown.body["binding"]?.string?.string == record.binding.base64URL)
        let granted = await desk.answer(
            id, try Self.body(world.act(.grant, of: "alice", on: record), "grant", "alice"))
        #expect(granted.status == 200 && granted.body["state"] == "granted", "\(granted)")
        let call = try Calls.call()
        #expect(await world.pipeline.answer(call).isAllowed)
        let over = await desk.answer(id, try Self.body(world.act(.grant, of: "bob", on: record), "grant", "bob"))
        #expect(over.status == 409)
    }

    @Test func `who is no approver of the group hears and does nothing`() async throws {
        let world = try World.withApprovers()
        _ = await world.pipeline.answer(try Calls.call())
        let desk = Self.desk(world)
        let record = try world.asked()
        let id = UTF8String(record.id.text)
        let other = UTF8String("0199a6c2-7d3e-7b1a-9c3e-5d2f8a4b6c10")
        let body1 = try Self.view(world, "alice", signed: "carol")
        #expect(await desk.answer(nil, body1).status == 403)
        let body2 = try Self.view(world, "alice", id, of: other)
        #expect(await desk.answer(id, body2).status == 403)
        let carols = await desk.answer(nil, try Self.view(world, "carol"))
        #expect(carols.status == 200 && carols.body["approvals"] == [])
        let body3 = try Self.view(world, "carol", id)
        #expect(await desk.answer(id, body3).status == 404)
        let asked = try Self.view(world, "alice")
        world.clock.set(World.day.adding(milliseconds: 300_001))
        #expect(await desk.answer(nil, asked).status == 403, "an old request")
        world.clock.set(World.day)
        let act = try world.act(.grant, of: "carol", on: record)
        for name in ["carol", "alice", "client"] {
            let body4 = try Self.body(act, "grant", name)
            #expect(await desk.answer(id, body4).status == 403)
        }
        for body in [[:], ["act": "grant"], .null, []] as [JSON] {
            #expect(await desk.answer(id, body).status == 400)
        }
        // A yes is no signature for a no, nor the other way round.
        let yes = try world.act(.grant, of: "alice", on: record)
        let body5 = try Self.body(yes, "deny", "alice")
        #expect(await desk.answer(id, body5).status == 403)
        let call = try Calls.call()
        #expect(await !world.pipeline.answer(call).isAllowed)
    }

    @Test func `what cannot be shown as it is bound is not approved`() async throws {
        let world = try World.withApprovers()
        _ = await world.pipeline.answer(try Calls.call())
        let record = try world.asked()
        let body = try Self.body(world.act(.grant, of: "alice", on: record), "grant", "alice")
        #expect(
            await Self.desk(world, matches: false).answer(UTF8String(record.id.text), body).status == 409)
        let call = try Calls.call()
        #expect(await !world.pipeline.answer(call).isAllowed)
    }
}
