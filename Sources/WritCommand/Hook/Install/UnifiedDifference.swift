// SPDX-License-Identifier: Apache-2.0

/// What changes in a text file, as `diff -u` prints it.
struct UnifiedDifference {
    private static let context = 3

    private struct Line {
        var mark: Character
        var text: String
        /// Lines of the old text before this one.
        var old: Int
        /// Lines of the new text before this one.
        var new: Int
    }

    private let lines: [Line]
    private let names: (String, String)

    /// - Parameter old: `nil` where there is no file yet.
    init(_ path: String, _ old: String?, _ new: String?) {
        names = (old == nil ? "/dev/null" : path, new == nil ? "/dev/null" : path)
        let before = Self.split(old ?? "")
        let after = Self.split(new ?? "")
        var removed = Set<Int>()
        var inserted = Set<Int>()
        for change in after.difference(from: before) {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): inserted.insert(offset)
            }
        }
        var lines: [Line] = []
        var i = 0
        var j = 0
        while i < before.count || j < after.count {
            if i < before.count, removed.contains(i) {
                lines.append(Line(mark: "-", text: before[i], old: i, new: j))
                i += 1
            } else if j < after.count, inserted.contains(j) {
                lines.append(Line(mark: "+", text: after[j], old: i, new: j))
                j += 1
            } else {
                lines.append(Line(mark: " ", text: before[i], old: i, new: j))
                i += 1
                j += 1
            }
        }
        self.lines = lines
    }

    /// The lines; one without an end says so, as its own line would.
    private static func split(_ text: String) -> [String] {
        guard !text.isEmpty else { return [] }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" {
            lines.removeLast()
        } else {
            lines[lines.count - 1] += "\n\\ No newline at end of file"
        }
        return lines
    }

    /// Nothing where nothing changes.
    var text: String {
        let changed = lines.indices.filter { lines[$0].mark != " " }
        guard !changed.isEmpty else { return "" }
        var hunks: [ClosedRange<Int>] = []
        for place in changed {
            let range = max(0, place - Self.context)...min(lines.count - 1, place + Self.context)
            if let last = hunks.last, range.lowerBound <= last.upperBound + 1 {
                hunks[hunks.count - 1] = last.lowerBound...range.upperBound
            } else {
                hunks.append(range)
            }
        }
        var text = "--- \(names.0)\n+++ \(names.1)\n"
        for hunk in hunks {
            let part = lines[hunk]
            let old = part.filter { $0.mark != "+" }.count
            let new = part.filter { $0.mark != "-" }.count
            text += "@@ -\(Self.place(part.first?.old, old)) +\(Self.place(part.first?.new, new)) @@\n"
            for line in part { text += "\(line.mark)\(line.text)\n" }
        }
        return text
    }

    private static func place(_ before: Int?, _ count: Int) -> String {
        "\((before ?? 0) + (count == 0 ? 0 : 1)),\(count)"
    }
}
