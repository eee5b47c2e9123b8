// SPDX-License-Identifier: Apache-2.0

/// Every bound this module puts on what comes from outside, each with its reason.
public enum CedarLimits {
    /// Bytes of one policy file: 4 MiB. Far above policies that people write, and a bound on the tokens held in memory.
    public static let policyFileBytesMax = 4 << 20

    /// Policies and templates in one set: 20,000. Every decision evaluates each policy once, so the set's size is a
    /// decision's cost.
    public static let policiesMax = 20_000

    /// Parentheses, brackets, braces, arguments and `if` branches inside each other in one policy: 250. The parser
    /// recurses per level, and a thread's stack must outlast it.
    public static let syntaxNestingMax = 250

    /// Levels of one expression's tree: 200. Evaluation, printing, equality and destruction recurse per level. Below
    /// `syntaxNestingMax`, because a printed expression has at most one pair of parentheses per level.
    public static let expressionHeightMax = 200

    /// Syntax errors reported for one file before the parser gives up: 100. More help nobody.
    public static let errorsPerFileMax = 100

    /// Sets and records inside each other in a value read from JSON: 128. Equality and hashing recurse per level.
    public static let valueDepthMax = 128

    /// Bytes of an entity document or of a context: 16 MiB, and with them the memory one decision takes.
    public static let documentBytesMax = 16 << 20

    /// JSON values in an entity document or a context: 1,000,000, so that small values cannot take a hundred times
    /// their bytes.
    public static let documentNodesMax = 1_000_000

    /// Pairs of an entity and one of its ancestors in one store: 2,000,000. A chain of n entities has n²/2 of them.
    public static let ancestorPairsMax = 2_000_000

    /// Bytes of the text given to `ip(…)`: 43, as Cedar has it; the longest IPv6 network's text.
    public static let ipTextBytesMax = 43

    /// Digits after a decimal's point: 4, as Cedar has it.
    public static let decimalFractionDigitsMax = 4

    /// `!` or `-` in a row: 4, as Cedar's grammar has it.
    public static let unaryOperatorsMax = 4

    /// Policies that one explanation holds: 1,000. An explanation may be kept with a decision; more than a thousand
    /// near misses nobody reads.
    public static let explainedPoliciesMax = 1_000

    /// Policies that an explanation's text shows unless told otherwise: 20, a few screens.
    public static let explainedPoliciesShown = 20

    /// Values that one clause's explanation tells: 16. A clause may have thousands of operands.
    public static let explainedValuesMax = 16

    /// Scalars of a clause or an expression quoted in an explanation: 400, a few lines.
    public static let explainedClauseScalarsMax = 400

    /// Scalars of a value told in an explanation: 200. A value may be as large as a document.
    public static let explainedValueScalarsMax = 200

    /// Elements or attributes of a value told in an explanation: 8, in as many as fit `explainedValueScalarsMax`.
    public static let explainedElementsMax = 8

    /// Sets and records inside each other that an explanation shows: 3.
    public static let explainedValueDepthMax = 3

    /// Nodes of a known value that stands in a residual policy: 64. Larger ones stay as the path that reads them, so
    /// that residuals are for people too.
    public static let residualValueNodesMax = 64
}
