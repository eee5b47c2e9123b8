// SPDX-License-Identifier: Apache-2.0

/// Every bound this module puts on what comes from outside, each with its reason.
public enum CedarLimits {
    /// Bytes of one policy file: 4 MiB. Far above policies that people write, and a bound on the tokens held in memory.
    public static let policyFileBytesMax = 4 << 20

    /// Policies and templates in one set: 20,000. Every decision evaluates each policy once, so the set's size is a
    /// decision's cost.
    public static let policiesMax = 20_000

    /// Parentheses, brackets, braces, arguments and `if` branches inside each other in one policy: 100. The parser
    /// recurses per level, some fourteen calls each, and must not outgrow a stack of 512 KiB, which a task may have, even
    /// unoptimised (4.3 KiB a level).
    public static let syntaxNestingMax = 100

    /// Levels of one expression's tree: 80. Evaluation, printing, equality and destruction recurse per level, and partial
    /// evaluation takes 5 KiB of stack for each. Below `syntaxNestingMax`, because a printed expression has at most one
    /// pair of parentheses per level.
    public static let expressionHeightMax = 80

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

    /// Bytes of policies in JSON: 32 MiB. JSON takes about eight times the bytes of the text.
    public static let policyJSONBytesMax = 32 << 20

    /// Arrays and objects inside each other in policies in JSON: 256. Their readers recurse per level. Each operator
    /// takes two levels, and so does each operand of a chain, so this is what bounds chains of `&&` in JSON: to some 120.
    /// Cedar 4.12 writes more and reads half of it.
    public static let policyJSONDepthMax = 256

    /// JSON values in policies in JSON: 2,000,000. The JSON of `a has b.c.d` repeats `a` for each name, so a small text
    /// could stand for more than any memory holds.
    public static let policyJSONNodesMax = 2_000_000

    /// Columns of a formatter's lines: 1,000. Whether a part fits on a line takes steps in proportion.
    public static let formatterLineWidthMax = 1000

    /// Columns per level of a formatter's indentation: 16. More helps nobody, and output grows with it.
    public static let formatterIndentWidthMax = 16

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

    /// Bytes of one schema file in the human syntax: 4 MiB, as for policies. In JSON it may be of `documentBytesMax`,
    /// since that form takes several times the bytes.
    public static let schemaFileBytesMax = 4 << 20

    /// Tokens of one schema file where a declaration counts once for each name it declares: 4 Mi, which a file with
    /// one name in each declaration cannot exceed. Otherwise 4 MiB could declare 100,000 types of 100,000 attributes.
    public static let schemaTokensMax = 4 << 20

    /// Sets and records inside each other in one type as written: 100. The parser recurses per level.
    public static let schemaNestingMax = 100

    /// Sets and records inside each other in one type after common types are replaced: 128. No value is deeper
    /// (`valueDepthMax`), and what looks at types recurses per level.
    public static let typeDepthMax = 128

    /// Types inside all types of a schema after common types are replaced: 1,000,000. Twenty lines of common types
    /// that each use the one before twice stand for a million.
    public static let schemaNodesMax = 1_000_000

    /// Steps from a type of entities, or an action, to a parent that finding all ancestors of all may take:
    /// 4,000,000, which 2,000 types need that are all below each other. Each pair of a type and an ancestor takes one.
    public static let hierarchyStepsMax = 4_000_000

    /// Names that a misspelt one is compared with: 10,000, so that a thousand mistakes cost no more than seconds.
    public static let suggestionCandidatesMax = 10_000

    /// Kinds of requests (action, type of principal, type of resource) that a schema may allow for validation: 100,000.
    /// Every policy is checked in each that its scope admits.
    public static let requestEnvironmentsMax = 100_000

    /// Expressions typed, over all environments, for one report: 100,000,000, about a minute.
    public static let validationStepsMax = 100_000_000

    /// Findings about one policy: 100. More help nobody.
    public static let findingsPerPolicyMax = 100

    /// Findings in one report: 10,000, and with them its memory.
    public static let findingsPerReportMax = 10_000

    /// Misspelt names for which one report looks for the name that was meant: 1,000; each is compared with many.
    public static let suggestionsPerReportMax = 1_000

    /// Bytes of a type shown in a message: 200. A type may be as large as a schema.
    public static let shownTypeBytesMax = 200

    /// Errors shown for one entity, one request or one store that does not conform to its schema: 100.
    public static let conformanceErrorsMax = 100

    /// Comparisons of expressions in search of one that follows from another, in one comparison of policy sets:
    /// 1,000,000, a second or so. Beyond these it says less.
    public static let implicationStepsMax = 1_000_000

    /// Tests of a policy from which one test of another is looked for: 100. Equal ones are found among all.
    public static let comparedTestsMax = 100

    /// Pairs of policies, or of a policy and a scope, that one comparison of policy sets looks at: 200,000, a few
    /// seconds. Beyond these it says less.
    public static let comparedPoliciesMax = 200_000
}
