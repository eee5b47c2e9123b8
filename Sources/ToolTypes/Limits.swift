// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// Every bound on tool definitions, which come from servers that nobody has reason to trust, each with its reason.
public enum ToolTypesLimits {
    /// A document of definitions: 16 MiB, 128 levels, 1,000,000 values. Lists of hundreds of tools have a few MiB, and
    /// a schema takes two levels of JSON for each of its own.
    public static let document = JSONLimits(bytesMax: 16 << 20, depthMax: 128, nodesMax: 1_000_000)

    /// Tools of all servers together: 4,096. Each becomes an action, and policies are checked against each.
    public static let toolsMax = 4096

    /// Bytes of a tool's name: 256, above which no call of it is judged.
    public static let nameBytesMax = 256

    /// Bytes of a server's alias or a target's name: 128.
    public static let aliasBytesMax = 128

    /// Schemas inside each other in one tool, references and combinations counted: 32. Real ones have less than ten,
    /// and the reader recurses per level.
    public static let schemaDepthMax = 32

    /// Schemas looked at for one tool, a referenced one each time: 10,000. Twenty definitions that each refer twice to
    /// the one before stand for a million.
    public static let schemaVisitsMax = 10_000

    /// Schemas looked at for all tools: 200,000, some seconds' work at most.
    public static let schemaVisitsOfAllMax = 200_000

    /// Types of parameters in the schema of all tools: 40,000. Effects carry the parameters of all tools too, each of
    /// the ten verbs.
    public static let typesMax = 40_000

    /// Branches of one `anyOf` or `oneOf`: 64.
    public static let alternativesMax = 64

    /// Allowed values kept of one parameter: 1,000. Of longer lists none are, since a part of one would mislead.
    public static let allowedValuesMax = 1000

    /// Pairs of a policy and a kind of request that are looked at again to see why a finding is there: 200,000. Beyond,
    /// findings are said as Cedar's validation has them.
    public static let reviewStepsMax = 200_000

    /// Diagnostics kept: 1,000. More help nobody.
    public static let diagnosticsMax = 1000
}
