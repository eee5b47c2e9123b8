// SPDX-License-Identifier: Apache-2.0

package import StrictJSON

/// Finds the name that was probably meant.
package enum Suggestion {
    /// Names longer than this are not compared: nobody misspells them by a letter, and the comparison takes the
    /// product of the lengths.
    private static let lengthMax = 64

    /// The candidate with the smallest edit distance (insert, delete, replace or swap neighbours; letter case counts
    /// half) to `name`, if that is at most a third of the name's length or letter case is all that differs. Among equals the bytewise first, so that the
    /// answer does not depend on the candidates' order.
    ///
    /// - Parameter candidates: of more than `CedarLimits.suggestionCandidatesMax` none is suggested.
    package static func closest(to name: UTF8String, among candidates: some Collection<UTF8String>) -> UTF8String? {
        guard name.byteCount <= lengthMax, candidates.count <= CedarLimits.suggestionCandidatesMax else { return nil }
        let wanted = name.bytes
        // Distances count half steps, so that a letter's case can be one. Any two names of a letter are a step apart.
        let limit = wanted.count < 3 ? 1 : wanted.count * 2 / 3
        var best: (distance: Int, name: UTF8String)?
        for candidate in candidates where candidate != name {
            guard abs(candidate.byteCount - wanted.count) * 2 <= limit, candidate.byteCount <= lengthMax else {
                continue
            }
            let distance = isSameButForCase(wanted, candidate.bytes) ? 1 : distance(wanted, candidate.bytes)
            guard distance <= limit else { continue }
            if let best, (best.distance, best.name) <= (distance, candidate) { continue }
            best = (distance, candidate)
        }
        return best?.name
    }

    /// Twice the optimal string alignment distance, where a change of case alone is one half step.
    static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        guard !left.isEmpty, !right.isEmpty else { return 2 * (left.count + right.count) }
        var beforeLast: [Int] = []
        var last = Array(0...right.count).map { $0 * 2 }
        for (row, byte) in left.enumerated() {
            var current = [2 * (row + 1)]
            current.reserveCapacity(right.count + 1)
            for (column, other) in right.enumerated() {
                var cost = min(last[column] + replacing(byte, by: other), last[column + 1] + 2, current[column] + 2)
                if row > 0, column > 0, byte == right[column - 1], left[row - 1] == other {
                    cost = min(cost, beforeLast[column - 1] + 2)
                }
                current.append(cost)
            }
            beforeLast = last
            last = current
        }
        return last[right.count]
    }

    private static func isSameButForCase(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && zip(left, right).allSatisfy { replacing($0, by: $1) < 2 }
    }

    private static func replacing(_ byte: UInt8, by other: UInt8) -> Int {
        if byte == other { return 0 }
        let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        return isLetter && byte | 0x20 == other | 0x20 ? 1 : 2
    }
}
