// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// How much of what comes from outside is looked at. What is over a bound is refused, never cut off and let through.
enum Limits {
    /// Patterns and names of one list in a passport; a passport has at most 8,192 values altogether.
    static let listMax = 1024
    /// Bytes of one pattern: more than any path or domain that means something.
    static let patternBytesMax = 4096
    /// Steps of matching one pattern with one text: the product of both lengths, for the longest that are useful.
    static let patternStepsMax = 1 << 20
    /// Values that one member of a call stands for (`items.-.category`).
    static let valuesMax = 4096
    /// Places in a call that one member of a pack may be in: the spellings of a few versions of a tool.
    static let memberPlacesMax = 8
    /// Bytes of output that are searched for blocked patterns, as OAP's pack bounds `output_content`.
    static let scanBytesMax = 10 << 20
    /// Digits of a number that is compared.
    static let digitsMax = 64
    /// How far a time that a call states may be ahead of the clock, in seconds: what two clocks differ by.
    static let clockSkewSeconds: Int64 = 300
    /// Rules of a pack file that is translated, bytes of one condition (OAP: 1,000 characters), and its words, which bound
    /// how high a chain of operators becomes.
    static let importedRulesMax = 256
    static let conditionBytesMax = 4096
    static let conditionWordsMax = 512
    /// Levels of a condition's expression.
    static let expressionDepthMax = 32
    /// A pack file; the published ones have under 20 KiB.
    static let packFile = JSONLimits(bytesMax: 1 << 20, depthMax: 32)
}
