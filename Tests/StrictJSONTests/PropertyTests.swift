// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@Suite struct PropertyTests {
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `what is written reads back the same`(seed: UInt64) throws {
        var random = SeededRandom(seed)
        for _ in 0..<400 {
            let tree = random.tree()
            #expect(try JSON(parsing: tree.serialized()) == tree)
            #expect(try JSON(parsing: tree.pretty()) == tree)
        }
    }

    @Test(arguments: [11, 12] as [UInt64])
    func `the canonical form is a fixed point that forgets the order`(seed: UInt64) throws {
        var random = SeededRandom(seed)
        var compared = 0
        for _ in 0..<300 {
            let tree = random.tree()
            do throws(JSONError) {
                let canonical = try tree.canonical()
                #expect(try JSON(parsing: canonical).canonical() == canonical)
                #expect(try tree.shuffled(using: &random).canonical() == canonical)
                compared += 1
            } catch {
                #expect(error.code == .unrepresentableNumber)
            }
        }
        #expect(compared > 100)
    }

    @Test(arguments: [21, 22, 23] as [UInt64])
    func `a changed document is refused or reads back as what it says`(seed: UInt64) throws {
        var random = SeededRandom(seed)
        var refused = 0
        var read = 0
        for _ in 0..<2000 {
            var bytes = random.tree().serialized()
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: 0...bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes.insert(.random(in: 0...255, using: &random), at: place)
                case 1: bytes.insert(Array("[]{}\",:\\u-e.0 ".utf8).randomElement(using: &random) ?? 0x20, at: place)
                case 2 where place < bytes.count: bytes.remove(at: place)
                case 3 where place < bytes.count: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                default: bytes = Array(bytes.prefix(place))
                }
            }
            do throws(JSONError) {
                let json = try JSON(parsing: bytes)
                let again = try JSON(parsing: json.serialized())
                #expect(again == json)
                read += 1
            } catch {
                #expect(error.offset <= bytes.count && error.line >= 1 && error.column >= 1)
                refused += 1
            }
        }
        #expect(refused > 100 && read > 20)
    }
}

extension JSON {
    /// The same document with the members of every object in another order.
    fileprivate func shuffled(using random: inout SeededRandom) -> JSON {
        switch self {
        case .array(let elements): return .array(elements.map { $0.shuffled(using: &random) })
        case .object(let object):
            var other = JSONObject()
            for member in object.members.shuffled(using: &random) {
                other[member.key] = member.value.shuffled(using: &random)
            }
            return .object(other)
        default: return self
        }
    }
}
