// SPDX-License-Identifier: Apache-2.0

/// Finds all ancestors of all members of a hierarchy that may have cycles.
enum Hierarchy {
    /// More steps than `CedarLimits` allows.
    struct TooLarge: Error {}

    /// The ancestors of each node. A node is its own ancestor exactly where it is on a cycle.
    ///
    /// - Parameter parents: the direct parents of each node; only nodes.
    static func ancestors<Node: Hashable>(_ parents: [Node: Set<Node>]) throws(TooLarge) -> [Node: Set<Node>] {
        let nodes = Array(parents.keys)
        let numbers = Dictionary(uniqueKeysWithValues: nodes.enumerated().map { ($1, $0) })
        let edges = nodes.map { node in (parents[node] ?? []).compactMap { numbers[$0] } }
        // The search that last came by, so that nothing needs to be cleared between searches.
        var visitor = [Int](repeating: -1, count: nodes.count)
        var steps = 0
        var ancestors: [[Int]] = []
        ancestors.reserveCapacity(nodes.count)
        for start in nodes.indices {
            var found: [Int] = []
            var next = 0
            var node = start
            while true {
                steps += edges[node].count
                for parent in edges[node] where visitor[parent] != start {
                    visitor[parent] = start
                    found.append(parent)
                }
                guard steps <= CedarLimits.hierarchyStepsMax else { throw TooLarge() }
                guard next < found.count else { break }
                node = found[next]
                next += 1
            }
            ancestors.append(found)
        }
        return Dictionary(uniqueKeysWithValues: zip(nodes, ancestors.map { Set($0.map { nodes[$0] }) }))
    }
}
